"""Housekeeping: asking for heads after a start, checkpoints and cosignatures, what is missing, what is too old."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Blob, Envelope, Link, Partner, Told, UsedRequest
from ..outside import keyring
from ..outside.calling import NoAnswer
from ..queries.partners import is_ready_for, link_of, partners
from ..rules.limits import DOCUMENT_READ, INCLUSION_CHECKED, OUTCOME_EXPECTED, is_due
from .alarms import ring
from .blobs import clear_unnamed
from .checkpoints import ask_witness
from .delivering import only_courier
from .inclusion import check_inclusion
from .pairing import refresh_document
from .repairing import ask_heads
from .speaking import speak

SEALING_WARNED = timedelta(days=30)


def tend() -> int:
    """Does for every partner what is due; returns how many partners were reached. A partner out of reach stops nothing."""
    at = now()
    UsedRequest.objects.filter(until__lt=at).delete()
    reached = sum(_tend_partner(partner) for partner in partners() if partner.state == "paired")
    _keep_house(at)
    return reached


def _tend_partner(partner: Partner) -> int:
    link = link_of(partner)
    if not is_due(link.next_try_at, now()):
        return 0
    try:
        with only_courier(partner.node) as alone:
            if alone and not is_ready_for(partner):
                ask_heads(partner)
        if is_ready_for(partner):
            if link.document_at is None or link.document_at < now() - DOCUMENT_READ:
                refresh_document(partner, actor=machine(settings.RAHDARI_NODE, "timetable"), at=now())
            ask_witness(partner)
            check_inclusion(partner)
            _put_missing(partner)
    except NoAnswer as silence:
        Link.objects.filter(partner=partner).update(tried_at=now(), problem=str(silence)[:300])
        return 0
    return 1


def _put_missing(partner: Partner) -> None:
    """Asks once in a while which files the partner lacks, and sends those again."""
    reply = speak(partner, "GET", "/exchange/v1/blobs/missing")
    told = reply.json() if reply.status == 200 else {}
    missing = told.get("missing") if isinstance(told, dict) else None
    if isinstance(missing, list) and missing:
        rows = Blob.objects.filter(sender=settings.RAHDARI_NODE, receiver=partner.node, sealed__in=missing[:1000])
        with unit_of_work("exchange.tend", actor=machine(settings.RAHDARI_NODE, "timetable"), at=now()) as unit:
            rows.update(told_partner=False)
            unit.about(partner, missing=len(missing))


def _keep_house(at: datetime) -> None:
    """Rings for what is overdue; ends old files and sealing keys that nothing waits for. Writes only when there is something."""
    late = Told.objects.filter(sender=settings.RAHDARI_NODE, state="delivered", at__lt=at - OUTCOME_EXPECTED).exclude(type="")
    unproven = Envelope.objects.filter(
        sender=settings.RAHDARI_NODE, checked=False, stored_at__lt=at - INCLUSION_CHECKED, void=False, journaled=True
    )
    old = Blob.objects.filter(receiver=settings.RAHDARI_NODE, named=False, here=True, at__lt=at - timedelta(hours=24))
    expired = [key for key in keyring.own_keys() if _may_be_destroyed(key, at)]
    found = [
        bool(old[:1]),
        bool(expired),
        *(bool(rows[:1]) for rows in (late.exclude(type__startswith="exchange.outcome"), unproven)),
    ]
    if not any(found):
        return
    with unit_of_work("exchange.tend", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
        unit.permit(PERMITS["tend"])
        for node in set(late.exclude(type__startswith="exchange.outcome").values_list("receiver", flat=True)):
            ring(unit, "no_outcome", node)
        for node in set(unproven.values_list("receiver", flat=True)):
            ring(unit, "receipt_not_in_journal", node)
        gone = clear_unnamed(unit)
        for key in expired:
            keyring.destroy(key.public.kid)
        subject = Partner.objects.first() or machine
        if isinstance(subject, Partner):
            unit.about(subject, files_removed=gone, keys_destroyed=[key.public.kid for key in expired])


def _may_be_destroyed(key: keyring.OwnKey, at: datetime) -> bool:
    """A sealing key is destroyed after its time, when no partner's statement still waits to be read."""
    if key.public.role != "sealing" or not key.pem or key.public.exp > at.timestamp():
        return False
    return not Told.objects.filter(receiver=settings.RAHDARI_NODE, state="waiting")[:1].exists()
