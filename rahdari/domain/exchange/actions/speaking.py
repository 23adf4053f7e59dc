"""Speaking to a partner: one signed request, and the note that it answered.

Clocks that differ by less than the protocol grants an envelope (five minutes) ring and stop nothing: a partner that does not
let us in says its time, and from then on requests to it bear that.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work

from ..models import Link, Partner
from ..outside.calling import NoAnswer, Reply, call
from ..rules.limits import AHEAD, CLOCKS_APART
from .alarms import ring
from .signing import own_signer

_ahead: dict[str, int] = {}  # seconds by which a partner's clock is ahead of ours, as it said when it did not let us in


def speak(partner: Partner, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
    """One request to a partner, signed; notes that it answered. Raises `NoAnswer` for silence and for every 5xx and 429."""
    at = now()
    reply = _call(partner, at, method, path, body, kind)
    if reply.status == 401 and _follows_clock(partner, reply, at):
        reply = _call(partner, at, method, path, body, kind)
    if reply.passing or reply.status == 401:
        raise NoAnswer(said(reply))
    Link.objects.filter(partner=partner).update(seen_at=at, tried_at=at, next_try_at=None, tries=0, problem="")
    return reply


def _call(partner: Partner, at: datetime, method: str, path: str, body: bytes, kind: str) -> Reply:
    return call(
        partner.url, partner.tls, me=settings.RAHDARI_NODE, partner=partner.node, key=own_signer("gateway", partner, at),
        method=method, path=path, body=body, kind=kind, ahead=_ahead.get(partner.node, 0),
    )  # fmt: skip


def _follows_clock(partner: Partner, reply: Reply, at: datetime) -> bool:
    """A partner that does not let us in may only have another time: its answer bears the date. True when we follow it anew."""
    try:
        theirs = parsedate_to_datetime(reply.headers.get("Date", ""))
    except ValueError:
        return False
    if theirs.tzinfo is None:
        return False
    apart = theirs - at
    if abs(apart) > CLOCKS_APART:
        ring_clock(partner, at, seconds=int(apart.total_seconds()))
    followed = int(apart.total_seconds()) if CLOCKS_APART < abs(apart) < AHEAD else 0
    anew = followed != _ahead.get(partner.node, 0)
    _ahead[partner.node] = followed
    return anew


def ring_clock(partner: Partner, at: datetime, **facts: int) -> None:
    """Rings because the clocks of the two nodes differ."""
    with unit_of_work("exchange.tend", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
        ring(unit, "clock", partner.node, "", **facts)
        unit.about(partner, clock=True)


def said(reply: Reply) -> str:
    """A status and the beginning of what came with it, for the operator."""
    return f"{reply.status} {reply.body[:200].decode('utf-8', 'replace')}"
