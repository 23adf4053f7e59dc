"""Figures for operators' programs: counters and gauges per partner, of the journal and of keys.

Names and meanings: docs/guides/operator.md. Nothing of any statement but how many there are and how old the oldest is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Min

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry

from ..models import Alarm, Envelope, Told
from ..rules.statements import OUTCOME
from .overview import held_back, must_see, own_key_seen
from .status import ExchangeState, exchange_state

COUNTER, GAUGE = "counter", "gauge"
Sample = tuple[Mapping[str, str], float]


@dataclass(slots=True)
class Metric:
    """One figure with its samples: labels and value."""

    name: str
    kind: str
    help: str
    samples: list[Sample] = field(default_factory=list)

    def add(self, value: float, **labels: str) -> None:
        """One sample."""
        self.samples.append((labels, value))


def metrics_for(actor: Actor, at: dt.datetime) -> list[Metric]:
    """Every figure at this moment, for an operator or a program at the machine itself."""
    must_see(actor, "take_metrics")
    state = exchange_state()
    return [*_traffic(state), *_waiting(state, at), *_links(state, at), *_journal(state, at), _keys(state, at), _alarms()]


def _traffic(state: ExchangeState) -> list[Metric]:
    delivered = Metric("rahdari_exchange_delivered_total", COUNTER, "Envelopes to the partner for which it gave receipts.")
    stored = Metric("rahdari_exchange_stored_total", COUNTER, "Envelopes of the partner that are stored here.")
    refused = Metric("rahdari_exchange_refused_total", COUNTER, "Statements refused after they were stored, by whom.")
    stopped = Metric("rahdari_exchange_stopped", GAUGE, "1 while a stream to or from the partner is stopped by a fork.")
    counts = Told.objects.filter(state="refused").values("sender", "receiver").annotate(n=Count("pk"))
    by = {(row["sender"], row["receiver"]): row["n"] for row in counts}
    me = settings.RAHDARI_NODE
    for one in state.partners:
        node = one.partner.node
        delivered.add(one.delivered, partner=node)
        stored.add(one.theirs["seq"], partner=node)
        refused.add(by.get((me, node), 0), partner=node, by="partner")
        refused.add(by.get((node, me), 0), partner=node, by="here")
        stopped.add(one.stopped, partner=node)
    return [delivered, stored, refused, stopped]


def _waiting(state: ExchangeState, at: dt.datetime) -> list[Metric]:
    waiting = Metric("rahdari_exchange_waiting", GAUGE, "What waits: for a place, a receipt, to be taken up here, an outcome.")
    oldest = Metric("rahdari_exchange_oldest_waiting_seconds", GAUGE, "Age of the oldest that waits; 0 when nothing does.")
    held = Metric("rahdari_exchange_notices_held", GAUGE, "Notices held back because the partner's witness refused.")
    me = settings.RAHDARI_NODE
    entries = OutboxEntry.objects.filter(kind="statement", taken_at=None)
    sent = Envelope.objects.filter(sender=me, receipt="", void=False)
    ends = Told.objects.filter(sender=me, state="delivered").exclude(type=OUTCOME)
    oldest_of = {
        "place": _oldest(entries, "to", "at"),
        "receipt": _oldest_sent(sent, state),
        "taking_up": _oldest(Told.objects.filter(receiver=me, state="waiting"), "sender", "at"),
        "outcome": _oldest(ends, "receiver", "at"),
    }
    notices = held_back()
    for one in state.partners:
        node, link = one.partner.node, one.link
        under_way = one.ours["seq"] - one.delivered
        counts = {"place": one.unsigned, "receipt": under_way, "taking_up": one.to_take_up, "outcome": one.without_outcome}
        for what, count in counts.items():
            begun = oldest_of[what].get(node)
            waiting.add(count, partner=node, what=what)
            oldest.add(_age(begun, at) if count and begun else 0, partner=node, what=what)
        refused = link is not None and link.witness_refused_at is not None
        held.add(notices.get(node, 0) if refused else 0, partner=node)
    return [waiting, oldest, held]


def _oldest(rows: Any, by: str, moment: str) -> dict[str, dt.datetime]:
    return {row[by]: row["oldest"] for row in rows.values(by).annotate(oldest=Min(moment))}


def _oldest_sent(rows: Any, state: ExchangeState) -> dict[str, dt.datetime]:
    """When the first envelope without a receipt was signed: the one behind the last delivered, for each partner."""
    next_places = {one.partner.node: one.delivered + 1 for one in state.partners}
    found = rows.filter(receiver__in=next_places, seq__in=set(next_places.values())).values_list("receiver", "seq", "sent_at")
    return {receiver: sent_at for receiver, seq, sent_at in found if next_places.get(receiver) == seq}


def _links(state: ExchangeState, at: dt.datetime) -> list[Metric]:
    seen = Metric("rahdari_exchange_link_last_seen_seconds", GAUGE, "Seconds since the partner last answered; none if never.")
    tries = Metric("rahdari_exchange_link_tries", GAUGE, "Tries without an answer since it last answered.")
    paired = Metric("rahdari_exchange_paired", GAUGE, "1 while the partner is paired, 0 while paused or removed.")
    for one in state.partners:
        node = one.partner.node
        paired.add(one.partner.state == "paired", partner=node)
        if one.link is not None:
            tries.add(one.link.tries, partner=node)
            if one.link.seen_at is not None:
                seen.add(_age(one.link.seen_at, at), partner=node)
    return [paired, seen, tries]


def _journal(state: ExchangeState, at: dt.datetime) -> list[Metric]:
    size = Metric("rahdari_journal_size", GAUGE, "Leaves of the journal in force.")
    cosigned = Metric("rahdari_journal_cosigned_size", GAUGE, "Leaves that the partner's witness cosigned last.")
    age = Metric("rahdari_journal_cosigned_seconds", GAUGE, "Seconds since the partner's witness last cosigned; none if never.")
    refuses = Metric("rahdari_journal_witness_refuses", GAUGE, "1 while the partner's witness refuses the journal.")
    if state.journal is not None:
        size.add(state.journal.size, origin=state.journal.origin)
    for one in state.partners:
        if one.link is None:
            continue
        here = state.journal is not None and one.link.cosigned_origin == state.journal.origin
        cosigned.add(one.link.cosigned_size if here else 0, partner=one.partner.node)
        refuses.add(one.link.witness_refused_at is not None, partner=one.partner.node)
        if one.link.cosigned_at is not None:
            age.add(_age(one.link.cosigned_at, at), partner=one.partner.node)
    return [size, cosigned, age, refuses]


def _keys(state: ExchangeState, at: dt.datetime) -> Metric:
    left = Metric("rahdari_key_days_left", GAUGE, "Whole days left of each key that signs or opens something new.")
    for key in state.keys:
        seen = own_key_seen(key, at)
        if seen.left is not None and seen.until > at:
            left.add(seen.left, node=settings.RAHDARI_NODE, role=seen.role, kid=seen.kid)
    for one in state.partners:
        for row in one.keys:
            if row.retired_at is None and not row.compromised and row.exp > at.timestamp():
                days = int((row.exp - at.timestamp()) // 86400)
                left.add(days, node=one.partner.node, role=row.role, kid=row.kid)
    return left


def _alarms() -> Metric:
    alarms = Metric("rahdari_exchange_alarms", GAUGE, "Open alarms by kind and partner.")
    rows = Alarm.objects.filter(settled_at=None).values("code", "node").annotate(n=Count("pk")).order_by("code", "node")
    for row in rows:
        alarms.add(row["n"], partner=row["node"], code=row["code"])
    return alarms


def _age(begun: dt.datetime, at: dt.datetime) -> float:
    return max((at - begun).total_seconds(), 0.0)


def as_text(found: Iterable[Metric]) -> str:
    """The figures in Prometheus' text format, version 0.0.4; one without samples still says what it would be."""
    lines: list[str] = []
    for metric in found:
        lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} {metric.kind}"]
        lines += [f"{metric.name}{_labels(labels)} {_number(value)}" for labels, value in metric.samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.3f}"
