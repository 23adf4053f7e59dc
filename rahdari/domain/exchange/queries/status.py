"""How the exchange stands, for operators: partners, links, streams, what waits, alarms, keys."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Min

from rahdari.base.models import OutboxEntry
from rahdari.seals.tokens import seed

from ..models import Alarm, Checkpoint, Journal, Link, Partner, PartnerKey, Stream, Told
from ..outside import keyring
from .journals import current_journal


@dataclass(slots=True)
class PartnerState:
    """One partner as the desk and the command show it."""

    partner: Partner
    link: Link | None
    ours: dict[str, Any]
    theirs: dict[str, Any]
    delivered: int
    stopped: bool
    unsigned: int  # approved, not yet in the stream
    to_take_up: int
    without_outcome: int
    oldest_waiting: dt.datetime | None
    keys: list[PartnerKey] = field(default_factory=list)


@dataclass(slots=True)
class ExchangeState:
    """The whole of it."""

    partners: list[PartnerState]
    alarms: list[Alarm]
    keys: list[keyring.OwnKey]
    journal: Journal | None
    checkpoint: Checkpoint | None


def exchange_state() -> ExchangeState:
    """Everything at this moment; a number of queries that does not grow with what was exchanged."""
    journal = current_journal()
    streams = {(row.sender, row.receiver): row for row in Stream.objects.all()}
    waiting = _counts(Told.objects.filter(receiver=settings.RAHDARI_NODE, state="waiting"), "sender")
    open_ = _counts(
        Told.objects.filter(sender=settings.RAHDARI_NODE, state="delivered").exclude(type="exchange.outcome/1"), "receiver"
    )
    unsigned = _counts(OutboxEntry.objects.filter(kind="statement", taken_at=None), "to")
    links = {link.partner_id: link for link in Link.objects.all()}
    keys: dict[Any, list[PartnerKey]] = {}
    for key in PartnerKey.objects.order_by("role", "nbf"):
        keys.setdefault(key.partner_id, []).append(key)
    found = [
        _state(partner, links.get(partner.pk), streams, unsigned, waiting, open_, keys.get(partner.pk, []))
        for partner in Partner.objects.order_by("node")
    ]
    checkpoint = Checkpoint.objects.filter(journal=journal).order_by("-size").first() if journal else None
    alarms = list(Alarm.objects.filter(settled_at=None).order_by("-raised_at")[:50])
    return ExchangeState(found, alarms, list(keyring.own_keys()), journal, checkpoint)


def _counts(rows: Any, by: str) -> dict[str, tuple[int, Any]]:
    return {row[by]: (row["n"], row["oldest"]) for row in rows.values(by).annotate(n=Count("pk"), oldest=Min("at"))}


def _state(
    partner: Partner,
    link: Link | None,
    streams: dict[Any, Stream],
    unsigned: Any,
    waiting: Any,
    open_: Any,
    keys: list[PartnerKey],
) -> PartnerState:
    me = settings.RAHDARI_NODE
    ours, theirs = streams.get((me, partner.node)), streams.get((partner.node, me))
    return PartnerState(
        partner=partner,
        link=link,
        ours={"seq": ours.seq, "hash": ours.head} if ours else {"seq": 0, "hash": seed(me, partner.node)},
        theirs={"seq": theirs.seq, "hash": theirs.head} if theirs else {"seq": 0, "hash": seed(partner.node, me)},
        delivered=ours.delivered if ours else 0,
        stopped=any(stream is not None and stream.state == "stopped" for stream in (ours, theirs)),
        unsigned=unsigned.get(partner.node, (0, None))[0],
        to_take_up=waiting.get(partner.node, (0, None))[0],
        without_outcome=open_.get(partner.node, (0, None))[0],
        oldest_waiting=unsigned.get(partner.node, (0, None))[1],
        keys=keys,
    )
