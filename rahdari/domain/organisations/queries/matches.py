"""Matches as they are decided: the list, two organisations beside each other with what ties them, what is known already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.models import Waiting
from rahdari.base.work import Missing
from rahdari.names import Comparison, compare
from rahdari.web.words import Fact

from ..access import PERMITS
from ..models import Match, Organisation
from ..rules.matching import PERSONAL, SAME_PHONE, STATE_OF_MATCH, Tie, likest_names
from ..rules.names import FIRM
from ..rules.standing import LICENSED, Standing
from .comparing import ties_of, with_parts
from .desk import facts_of, persons_open
from .finding import Found, named_like
from .standing import standing_of

STATES = ("to_decide", "unsure", "same_one", "another", "untied")
OPEN = ("to_decide", "unsure")
TYPED, MOST_LIKELY = 6, 5  # names looked at while somebody types, and organisations shown for each


@dataclass(frozen=True, slots=True)
class SideSeen:
    """One of the two organisations of a match."""

    row: Organisation
    names: Sequence[str]
    standing: Standing
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class ReasonSeen:
    """One tie in the words of both sides; both are empty where it rests on people who are not open to the reader."""

    code: str
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class MatchSeen:
    """A match for who decides it: both sides, the reasons, the names word by word, and what the reader may do."""

    row: Match
    sides: tuple[SideSeen, SideSeen]
    reasons: Sequence[ReasonSeen]
    names: Comparison
    compared: tuple[str, str]
    next: Sequence[str]
    taken: bool


@dataclass(frozen=True, slots=True)
class KnownMatch:
    """A match as one of its two organisations sees it: the other one, how that stands, and whether it is a known namesake."""

    row: Match
    other: Organisation
    name: str
    standing: Standing

    @property
    def is_known_good(self) -> bool:
        """Whether a person decided that the other is another one, and it may act today."""
        return self.row.state == "another" and self.standing.state in LICENSED


def matches_visible_to(actor: Actor) -> QuerySet[Match]:
    """The matches of this node, the newest first; nobody else's business."""
    return Match.objects.none() if PERMITS["see_matches"].why_not(actor) else Match.objects.all()


def matches_seen(actor: Actor, state: str = "") -> QuerySet[Match]:
    """The list of the desk with both organisations, of one state where it is asked for."""
    rows = matches_visible_to(actor).select_related("organisation", "other")
    rows = rows.prefetch_related("organisation__names", "other__names")
    return rows.filter(state=state) if state in STATES else rows


def due_for(matches: Iterable[Match]) -> dict[str, dt.datetime | None]:
    """Until when each of the matches that wait is to be decided, by the id of the match."""
    ids = [str(one.pk) for one in matches]
    rows = Waiting.objects.filter(subject_kind="organisations.match", subject_id__in=ids, closed_at=None)
    return dict(rows.values_list("subject_id", "due_at"))


def match_for(actor: Actor, match_id: UUID) -> Match:
    """One match; `Missing` when there is none or not for this actor."""
    found = matches_visible_to(actor).filter(pk=match_id).first()
    if found is None:
        raise Missing(f"Match {match_id}")
    return found


def match_seen(actor: Actor, match_id: UUID, today: dt.date) -> MatchSeen:
    """One match with both sides as they stand now."""
    match = match_for(actor, match_id)
    rows = {one.pk: one for one in with_parts(Organisation.objects.filter(pk__in=[match.organisation_id, match.other_id]))}
    one, other = rows[match.organisation_id], rows[match.other_id]
    tie = likest_names([name.value for name in one.names.all()], [name.value for name in other.names.all()])
    ours, theirs = (tie.ours, tie.theirs) if tie is not None else ("", "")
    return MatchSeen(
        row=match,
        sides=(_side(one, today), _side(other, today)),
        reasons=[_reason(tie, _is_open(actor, tie, (one, other))) for tie in ties_of(one, other)],
        names=compare(ours, theirs, FIRM),
        compared=(ours, theirs),
        next=_next(actor, match),
        taken=match.taken_by is not None and match.taken_by == actor.person,
    )


def _side(row: Organisation, today: dt.date) -> SideSeen:
    return SideSeen(row, [one.value for one in row.names.all()], standing_of(row, today), facts_of(row))


def _is_open(actor: Actor, tie: Tie, rows: Iterable[Organisation]) -> bool:
    """Whether what a tie rests on may be read: the phone of an office by anyone, people only where both sides' are open."""
    if tie.code not in PERSONAL:
        return True
    offices = all(any(one.shown == tie.ours for one in row.phones.all()) for row in rows)
    return (tie.code == SAME_PHONE and offices) or all(persons_open(actor, row) for row in rows)


def _reason(tie: Tie, is_open: bool) -> ReasonSeen:
    return ReasonSeen(tie.code, tie.ours, tie.theirs) if is_open else ReasonSeen(tie.code)


def _next(actor: Actor, match: Match) -> list[str]:
    if match.state not in OPEN:
        return []
    possible = [*([] if match.taken_by == actor.person else ["take_match"]), *STATE_OF_MATCH]
    return [f"organisations.{name}" for name in possible if not PERMITS[name].why_not(actor)]


def matches_of(actor: Actor, row: Organisation, today: dt.date) -> list[KnownMatch]:
    """What is known of an organisation's matches: good namesakes first, then what waits, doubts, and the same ones."""
    rows = matches_visible_to(actor).filter(Q(organisation=row) | Q(other=row)).exclude(state="untied")
    rows = rows.select_related("organisation", "other").prefetch_related(
        "organisation__names", "other__names", "organisation__changes", "other__changes"
    )
    found = [_known(one, one.other if one.organisation_id == row.pk else one.organisation, today) for one in rows]
    return sorted(found, key=lambda one: (not one.is_known_good, STATES.index(one.row.state)))


def _known(match: Match, other: Organisation, today: dt.date) -> KnownMatch:
    name = next((one.value for one in other.names.all()), other.registry_id)
    return KnownMatch(match, other, name, standing_of(other, today))


def likely_known(typed: str, today: dt.date) -> list[tuple[str, list[Found]]]:
    """For each name that was typed, one a line, the organisations of the public register that it may be, the likest first."""
    names = [line.strip() for line in typed.splitlines() if line.strip()][:TYPED]
    return [(name, named_like(name, MOST_LIKELY, today)) for name in names]
