"""The exchange as its desk shows it: partners with link, streams, what waits, keys; alarms, forks, the journal.

Numbers, names, hashes and moments only: nothing that a statement says is read here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.seals.forms import digest

from ..access import PERMITS
from ..models import Alarm, Checkpoint, Fork, Journal
from ..rules.attending import why_undelivered, why_unsigned
from ..rules.statements import HELD_BACK
from .partners import boot
from .status import PartnerState, exchange_state

DAY = dt.timedelta(days=1)
SOON, VERY_SOON = 14, 3  # days left of a key
# A status, or a kind of error of the line: what the partner's server wrote behind it may be anything.
PROBLEM = re.compile(r"[1-5][0-9]{2}\b|[A-Z][A-Za-z]{2,30}(?:Error|Timeout|Protocol)(?=: )", re.ASCII)
TOLD_OF_ALARMS = ("type", "status", "fault", "name")  # facts of an alarm that hold no words of a statement


@dataclass(frozen=True, slots=True)
class KeySeen:
    """A key with what is left of it; `left` is None for one that signs or opens nothing new."""

    role: str
    kid: str
    until: dt.datetime
    left: int | None
    state: str  # key_in_force, key_to_come, key_retired, key_unconfirmed, key_compromised

    @property
    def tone(self) -> str:
        """How the page marks it."""
        if self.state != "key_in_force" or self.left is None:
            return "bad" if self.state in ("key_compromised", "key_unconfirmed") else "plain"
        return "bad" if self.left <= VERY_SOON else "due" if self.left <= SOON else "ok"


@dataclass(frozen=True, slots=True)
class ForkSeen:
    """A stopped place: both hashes, of which an operator keeps one by a command."""

    sender: str
    receiver: str
    seq: int
    held: str
    other: str
    found_at: dt.datetime

    @property
    def commands(self) -> tuple[str, str]:
        """What the operator types at the machine to keep the one held here, or the other one."""
        held, other = (f"rahdari exchange resume --from {self.sender} --keep {one}" for one in (self.held, self.other))
        return held, other


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """An open alarm; `told` are the facts that may be shown."""

    alarm: Alarm
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """One partner: its state as the command shows it too, and what the desk adds."""

    state: PartnerState
    ready: bool
    undelivered: int
    held_back: int
    why_unsigned: str
    why_undelivered: str
    keys: list[KeySeen] = field(default_factory=list)
    forks: list[ForkSeen] = field(default_factory=list)

    @property
    def node(self) -> str:
        """Its two letters."""
        return self.state.partner.node

    @property
    def problem(self) -> str:
        """Why it was not reached: the kind of the error or the status, without what the partner's server wrote behind it."""
        found = PROBLEM.match(self.state.link.problem if self.state.link else "")
        return found[0] if found else ""

    @property
    def silent(self) -> bool:
        """Whether something was wrong when the partner was tried last."""
        return self.state.link is not None and bool(self.state.link.problem)


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole desk."""

    partners: list[PartnerSeen]
    alarms: list[AlarmSeen]
    keys: list[KeySeen]
    journal: Journal | None
    checkpoint: Checkpoint | None


def must_see(actor: Actor, use_case: str = "see_exchange") -> None:
    """Refuses an actor who may not look here."""
    refusals = PERMITS[use_case].why_not(actor)
    if refusals:
        raise Refused(refusals)


def overview_for(actor: Actor, at: dt.datetime) -> Overview:
    """How the exchange stands; a number of queries that does not grow with what was exchanged, nor with partners."""
    must_see(actor)
    state, here = exchange_state(), boot()
    held = held_back()
    forks: dict[str, list[ForkSeen]] = {}
    for fork in Fork.objects.filter(settled_at=None).order_by("found_at"):
        forks.setdefault(fork.receiver if fork.sender == settings.RAHDARI_NODE else fork.sender, []).append(_fork(fork))
    partners = [
        _partner(one, at, here=here, held=held.get(one.partner.node, 0), forks=forks.get(one.partner.node, []))
        for one in state.partners
    ]
    keys = [own_key_seen(key, at) for key in state.keys]
    return Overview(
        partners,
        [AlarmSeen(alarm, told_of(alarm)) for alarm in state.alarms],
        [key for key in keys if key.until > at],
        state.journal,
        state.checkpoint,
    )


def held_back() -> dict[str, int]:
    """How many notices wait for each partner, because its witness refuses our journal or not."""
    families = Q()
    for family in HELD_BACK:
        families |= Q(type__startswith=family)
    rows = OutboxEntry.objects.filter(families, kind="statement", taken_at=None).values("to").annotate(n=Count("pk"))
    return {row["to"]: row["n"] for row in rows}


def told_of(alarm: Alarm) -> tuple[str, ...]:
    """The facts of an alarm that may be shown: names and numbers of the protocol."""
    return tuple(str(alarm.facts[name])[:80] for name in TOLD_OF_ALARMS if name in alarm.facts)


def _fork(fork: Fork) -> ForkSeen:
    return ForkSeen(fork.sender, fork.receiver, fork.seq, digest(fork.held), digest(fork.other), fork.found_at)


def _partner(one: PartnerState, at: dt.datetime, *, here: str, held: int, forks: list[ForkSeen]) -> PartnerSeen:
    link = one.link
    refused = link is not None and link.witness_refused_at is not None
    ready = link is not None and link.asked_boot == here
    silent = link is not None and link.tries > 0
    stopped = any(fork.sender == settings.RAHDARI_NODE for fork in forks)  # a fork of the partner's does not stop ours
    held = held if refused else 0
    return PartnerSeen(
        state=one,
        ready=ready,
        undelivered=one.ours["seq"] - one.delivered,
        held_back=held,
        why_unsigned=why_unsigned(partner=one.partner.state, ready=ready, silent=silent, held_back=0 < one.unsigned == held),
        why_undelivered=why_undelivered(partner=one.partner.state, stopped=stopped, silent=silent),
        keys=[seen for key in one.keys if (seen := _partner_key(key, at)).until > at],
        forks=forks,
    )


def _partner_key(key: Any, at: dt.datetime) -> KeySeen:
    state = ""
    if key.compromised:
        state = "key_compromised"
    elif not key.confirmed:
        state = "key_unconfirmed"
    return _key(key.role, key.kid, key.nbf, key.exp, at, retired=key.retired_at, state=state)


def own_key_seen(key: Any, at: dt.datetime) -> KeySeen:
    """One of this node's own keys."""
    public = key.public
    retired = dt.datetime.fromtimestamp(key.retired_at, dt.UTC) if key.retired_at is not None else None
    return _key(public.role, public.kid, public.nbf, public.exp, at, retired=retired)


def _key(role: str, kid: str, nbf: int, exp: int, at: dt.datetime, *, retired: dt.datetime | None, state: str = "") -> KeySeen:
    until = dt.datetime.fromtimestamp(exp, dt.UTC)
    if not state:
        state = "key_to_come" if nbf > at.timestamp() else "key_in_force"
    if retired is not None and retired <= at and state == "key_in_force":
        state = "key_retired"
    left = max((until - at) // DAY, 0) if state in ("key_in_force", "key_to_come") else None
    return KeySeen(role, kid, until, left, state)


def alarm_for(actor: Actor, alarm_id: UUID) -> AlarmSeen:
    """One alarm, settled or not; `Missing` when there is none."""
    must_see(actor)
    alarm = Alarm.objects.filter(pk=alarm_id).first()
    if alarm is None:
        raise Missing(f"Alarm {alarm_id}")
    return AlarmSeen(alarm, told_of(alarm))


def partner_for(actor: Actor, node: str, at: dt.datetime) -> PartnerSeen:
    """One partner; `Missing` when there is none."""
    found = next((one for one in overview_for(actor, at).partners if one.node == node), None)
    if found is None:
        raise Missing(f"Partner {node}")
    return found
