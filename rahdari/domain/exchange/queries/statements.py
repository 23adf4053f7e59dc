"""The list of statements: what went either way, what waits and why, what was refused. Never what a statement says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry
from rahdari.web.words import shelf

from ..models import Link, Partner, RefusedToken, Stream, Told
from ..rules.attending import why_not_taken_up, why_undelivered, why_unsigned
from ..rules.statements import HELD_BACK, OUTCOME
from ..wording import CODES
from .overview import must_see
from .partners import boot

ROWS = 50
SHOWS = ("all", "waiting", "refused", "outcomes")
MOST_REFUSED = 20  # tokens refused finally, the newest
PATH = re.compile(r"(?:/[A-Za-z0-9_.~-]{1,60}){1,8}", re.ASCII)
UNREAD = _("A statement that could not be read")
COLUMNS = ("id", "sender", "receiver", "type", "seq", "state", "fault", "reasons", "at", "ended_at", "missing_blobs", "tries")


@dataclass(frozen=True, slots=True)
class ReasonSeen:
    """Why something was refused, as far as it may be shown: a name of the protocol, where, and the code of a refusal.

    The sentence that came with it is not shown: it may repeat what the statement says.
    """

    word: str  # a code with words
    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """One statement in the list; `told` or `entry` leads to its story."""

    told: int | None
    entry: UUID | None
    type: str
    sent: bool
    partner: str
    seq: int | None
    state: str
    since: dt.datetime
    why: str
    reasons: tuple[ReasonSeen, ...]

    @property
    def kind(self) -> str:
        """Its type in words."""
        return type_in_words(self.type)


@dataclass(frozen=True, slots=True)
class RefusedSeen:
    """A token of a partner that was refused finally and never stored."""

    place: str
    reason: str  # a code with words
    hash: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `newer` and `older` are the cursors of its neighbours, None where there is none."""

    show: str
    lines: list[Line]
    unsigned: list[Line]
    refused: list[RefusedSeen]
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class _Way:
    """How the way to a partner is."""

    state: str
    ready: bool
    stopped: bool
    silent: bool
    held_back: bool


def type_in_words(type: str) -> str:
    """What a type of statement is called; the type itself where it has no words here."""
    return str(shelf("STATEMENTS").get(type, type)) or str(UNREAD)


def statements_for(actor: Actor, show: str = "all", *, before: int | None = None, after: int | None = None) -> Page:
    """A page of statements, the newest first; `before` and `after` are cursors that a page gave."""
    must_see(actor, "see_story")
    show = show if show in SHOWS else "all"
    rows, newer, older = _cut(_shown(show), before, after)
    ways = _ways()
    first = newer is None
    return Page(
        show,
        [_line(row, ways) for row in rows],
        [_unsigned(entry, ways) for entry in _entries()] if first and show in ("all", "waiting") else [],
        _refused() if first and show == "refused" else [],
        newer,
        older,
    )


def _shown(show: str) -> QuerySet[Told]:
    if show == "outcomes":
        return Told.objects.filter(type=OUTCOME)
    if show == "refused":
        return Told.objects.filter(state="refused")
    if show == "waiting":
        return Told.objects.filter(Q(state__in=("signed", "waiting")) | Q(state="delivered") & ~Q(type=OUTCOME))
    return Told.objects.exclude(type=OUTCOME)


def _cut(rows: QuerySet[Told], before: int | None, after: int | None) -> tuple[list[dict[str, Any]], int | None, int | None]:
    """The rows of a page, with the cursors to what is newer and older."""
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk").values(*COLUMNS)[: ROWS + 1])
        more, found = len(found) > ROWS, found[:ROWS][::-1]
        return found, found[0]["id"] if more else None, found[-1]["id"] if found else after + 1
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk").values(*COLUMNS)[: ROWS + 1])
    more, found = len(found) > ROWS, found[:ROWS]
    newer = None if before is None else found[0]["id"] if found else before - 1
    return found, newer, found[-1]["id"] if more else None


def _refused() -> list[RefusedSeen]:
    rows = RefusedToken.objects.order_by("-at")[:MOST_REFUSED]
    return [RefusedSeen(f"{row.sender} {row.receiver} {row.seq}", _word(_name(row.problem)), row.hash, row.at) for row in rows]


def _name(problem: Mapping[str, Any]) -> str:
    return str(problem.get("type", "")).rpartition("/")[2]


def _word(name: object) -> str:
    word = f"reason_{name}"
    return word if word in CODES else "reason_other"


def _entries() -> Iterable[OutboxEntry]:
    rows = OutboxEntry.objects.filter(kind="statement", taken_at=None).exclude(type=OUTCOME)
    return rows.only("id", "type", "to", "at").order_by("-id")[:ROWS]


def _ways() -> dict[str, _Way]:
    me, here = settings.RAHDARI_NODE, boot()
    stopped = {row.receiver for row in Stream.objects.filter(sender=me, state="stopped")}
    links = {link.partner_id: link for link in Link.objects.all()}
    ways = {}
    for partner in Partner.objects.all():
        link = links.get(partner.pk) or Link(partner=partner)
        ways[partner.node] = _Way(
            partner.state,
            link.asked_boot == here,
            partner.node in stopped,
            link.tries > 0,
            link.witness_refused_at is not None,
        )
    return ways


def _way(ways: Mapping[str, _Way], partner: str) -> _Way:
    return ways.get(partner) or _Way("unpaired", ready=False, stopped=False, silent=False, held_back=False)


def _unsigned(entry: OutboxEntry, ways: Mapping[str, _Way]) -> Line:
    return Line(None, entry.pk, entry.type, True, entry.to, None, "approved", entry.at, why_of_entry(entry, ways), ())


def why_of_entry(entry: OutboxEntry, ways: Mapping[str, _Way] | None = None) -> str:
    """Why an approved statement has no place in its stream yet."""
    way = _way(_ways() if ways is None else ways, entry.to)
    held = way.held_back and entry.type.startswith(HELD_BACK)
    return why_unsigned(partner=way.state, ready=way.ready, silent=way.silent, held_back=held)


def _line(row: Mapping[str, Any], ways: Mapping[str, _Way]) -> Line:
    sent = row["sender"] == settings.RAHDARI_NODE
    partner = row["receiver"] if sent else row["sender"]
    return Line(
        told=row["id"],
        entry=None,
        type=row["type"],
        sent=sent,
        partner=partner,
        seq=row["seq"],
        state=state_seen(row["state"], row["type"]),
        since=row["ended_at"] or row["at"],
        why=_why(row, _way(ways, partner)),
        reasons=reasons_seen(row["fault"], row["reasons"]),
    )


def why_waits(told: Told) -> str:
    """Why a statement still waits, as a code; empty when it does not."""
    row = {name: getattr(told, name) for name in ("sender", "type", "state", "missing_blobs", "tries")}
    partner = told.receiver if told.sender == settings.RAHDARI_NODE else told.sender
    return _why(row, _way(_ways(), partner))


def _why(row: Mapping[str, Any], way: _Way) -> str:
    if row["state"] == "signed":
        return why_undelivered(partner=way.state, stopped=way.stopped, silent=way.silent)
    if row["state"] == "waiting":
        return why_not_taken_up(blobs=row["missing_blobs"], tries=row["tries"])
    return "waits_outcome" if row["state"] == "delivered" and row["type"] != OUTCOME else ""


def state_seen(state: str, type: str) -> str:
    """The state as it is said; an outcome has no outcome, so a delivered one waits for nothing."""
    return "outcome_delivered" if (state, type) == ("delivered", OUTCOME) else state


def reasons_seen(fault: str, reasons: Iterable[Any]) -> tuple[ReasonSeen, ...]:
    """The reasons of a refusal without their sentences."""
    told = [one for one in reasons if isinstance(one, Mapping)]
    if fault and not told:
        told = [{"code": fault}]
    return tuple(dict.fromkeys(_reason(one) for one in told[:20]))


def _reason(told: Mapping[str, Any]) -> ReasonSeen:
    path, detail = str(told.get("path", "")), str(told.get("detail", ""))
    code = detail.partition(":")[0]
    return ReasonSeen(
        _word(told.get("code")),
        path if PATH.fullmatch(path) else "",
        code if told.get("code") == "rule" and code in shelf("REFUSALS") else "",
    )
