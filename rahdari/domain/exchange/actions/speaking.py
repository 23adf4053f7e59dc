"""Speaking to a partner: one signed request, and the note that it answered."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work

from ..models import Link, Partner
from ..outside.calling import NoAnswer, Reply, call
from ..rules.limits import CLOCKS_APART
from .alarms import ring
from .signing import own_signer


def speak(partner: Partner, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
    """One request to a partner, signed; notes that it answered. Raises `NoAnswer` for silence and for every 5xx and 429."""
    at = now()
    reply = call(
        partner.url, partner.tls, me=settings.RAHDARI_NODE, partner=partner.node,
        key=own_signer("gateway", partner, at), method=method, path=path, body=body, kind=kind,
    )  # fmt: skip
    if reply.passing:
        raise NoAnswer(said(reply))
    if reply.status == 401:
        _compare_clocks(partner, reply, at)
        raise NoAnswer(said(reply))
    Link.objects.filter(partner=partner).update(seen_at=at, tried_at=at, next_try_at=None, tries=0, problem="")
    return reply


def _compare_clocks(partner: Partner, reply: Reply, at: datetime) -> None:
    """A partner that does not let us in may only have another time: its answer bears the date."""
    try:
        theirs = parsedate_to_datetime(reply.headers.get("Date", ""))
    except ValueError:
        return
    if abs(theirs - at) > CLOCKS_APART:
        ring_clock(partner, at, seconds=int((theirs - at).total_seconds()))


def ring_clock(partner: Partner, at: datetime, **facts: int) -> None:
    """Rings because the clocks of the two nodes differ."""
    with unit_of_work("exchange.tend", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
        ring(unit, "clock", partner.node, "", **facts)
        unit.about(partner, clock=True)


def said(reply: Reply) -> str:
    """A status and the beginning of what came with it, for the operator."""
    return f"{reply.status} {reply.body[:200].decode('utf-8', 'replace')}"
