"""Screening: an organisation is compared with the others; a person decides whether two are one, never a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Match, Organisation
from ..queries.comparing import is_new, mark_of, ties_of, with_parts, worth_comparing
from ..queries.standing import due_after
from ..rules.matching import LIKE_NAME, STATE_OF_MATCH, Tie, is_asked, why_not_decide
from ..rules.standing import BANNED

TASK = "organisations.confirm_match"
# Who decides matches on a node: the body and the role.
DECIDERS = {"pk": ("BEOE", "bureau_officer"), "jp": ("CONTACT_JP", "contact_point_jp")}
OPEN, DECIDED = ("to_decide", "unsure"), ("same_one", "another", "unsure")
THOUSAND = 1000


def screen_organisation(*, actor: Actor, organisation: str, at: dt.datetime) -> int:
    """The node compares an organisation (registry id) with those of both registers; says how many a person is asked about anew.

    Can be done again: two are asked about once, and again only when a name changed or something else ties them. Leaves the
    matches with their reasons and the clock of the office that decides; what nothing ties any more waits no longer.
    """
    with unit_of_work("organisations.screen_organisation", actor=actor, at=at) as unit:
        unit.permit(PERMITS["screen_organisation"])
        unit.alone("organisations.screening")
        row = with_parts(Organisation.objects.filter(registry_id=organisation)).first()
        asked = _screened(unit, row) if row is not None else 0
        unit.about(row or Organisation(registry_id=organisation), asked=asked)
    return asked


def _screened(unit: Unit, row: Organisation) -> int:
    asked, tied = 0, set()
    for other in worth_comparing(row):
        ties = ties_of(row, other)
        if is_asked(ties, banned=row.state in BANNED or other.state in BANNED):
            tied.add(_pair(row, other))
            asked += _keep(unit, row, other, ties)
    open_ones = Match.objects.select_for_update().filter(Q(organisation=row) | Q(other=row), state__in=OPEN)
    for match in open_ones.exclude(pair__in=tied):
        match.state = "untied"
        unit.save(match)
        unit.settle(TASK, match, "untied")
    return asked


def _pair(row: Organisation, other: Organisation) -> str:
    return ":".join(sorted((str(row.pk), str(other.pk))))


def _keep(unit: Unit, row: Organisation, other: Organisation, ties: Sequence[Tie]) -> bool:
    """Keeps what ties two; whether a person is asked now who was not asked before."""
    match = Match.objects.select_for_update().filter(pair=_pair(row, other)).first()
    new = match is None
    match = match or Match(organisation=row, other=other, pair=_pair(row, other), found_at=unit.at)
    marks = [mark_of(tie) for tie in ties]
    again = match.state == "untied" or (match.state in DECIDED and any(is_new(tie, match.judged) for tie in ties))
    if not new and not again and marks == match.marks:
        return False
    match.codes, match.marks = list(dict.fromkeys(tie.code for tie in ties)), marks
    match.likeness = round(THOUSAND * max((tie.score for tie in ties if tie.code == LIKE_NAME), default=0.0))
    if again:
        match.state, match.found_at, match.taken_by, match.taken_at = "to_decide", unit.at, None, None
    if new:
        unit.add(match)
    else:
        unit.save(match)
    if new or again:
        _wait(unit, match, row, other)
    return new or again


def _wait(unit: Unit, match: Match, row: Organisation, other: Organisation) -> None:
    body, role = DECIDERS[unit.actor.node]
    names = [next((one.value for one in side.names.all()), side.registry_id) for side in (row, other)]
    unit.wait(
        TASK,
        match,
        holder_body=body,
        holder_role=role,
        holder_side=unit.actor.node,
        matter={"organisation": names[0], "other_organisation": names[1]},
        url_name="organisations.see_match",
        url_args=[str(match.pk)],
        due_at=due_after(TASK, unit.at, current_book(), unit.actor.node),
    )


def take_match(*, actor: Actor, match_id: UUID, seen: int | None = None, at: dt.datetime) -> Match:
    """An officer takes a match upon themselves, also from another one, so that no two work on it; the clock goes on.

    Refuses `match_decided` for one that no longer waits, `stale`.
    """
    with unit_of_work("organisations.take_match", actor=actor, at=at) as unit:
        unit.permit(PERMITS["take_match"])
        match = unit.lock(Match, match_id, seen=seen)
        unit.refuse([] if match.state in OPEN else [Refusal("match_decided")])
        match.taken_by, match.taken_at = actor.person, at
        unit.save(match)
        unit.about(match)
    return match


def confirm_match(
    *, actor: Actor, match_id: UUID, ground: str, note: str = "", seen: int | None = None, at: dt.datetime
) -> Match:
    """An officer decides that two entries are one organisation, or the same people behind two, with the reason.

    Refuses `reason_missing`, `four_eyes` to whoever entered one of the two, `match_taken`, `wrong_state`, `stale`. Leaves
    the decision; nothing follows for either licence: an order needs its own ground and hearing.
    """
    with unit_of_work("organisations.confirm_match", actor=actor, at=at) as unit:
        match = _decided(unit, "confirm_match", match_id, ground, note, seen)
        unit.about(match, ground=ground, codes=match.codes)
    return match


def dismiss_match(
    *, actor: Actor, match_id: UUID, ground: str, note: str = "", seen: int | None = None, at: dt.datetime
) -> Match:
    """An officer decides that two organisations are not one, with the reason.

    Refuses what `confirm_match` refuses. Leaves the decision: the two are shown as known to be others, and asked about again
    only when a name changes or something new ties them.
    """
    with unit_of_work("organisations.dismiss_match", actor=actor, at=at) as unit:
        match = _decided(unit, "dismiss_match", match_id, ground, note, seen)
        unit.about(match, ground=ground, codes=match.codes)
    return match


def doubt_match(*, actor: Actor, match_id: UUID, ground: str, note: str = "", seen: int | None = None, at: dt.datetime) -> Match:
    """An officer records that it cannot be told yet whether two are one, with the reason; it can be decided later.

    Refuses what `confirm_match` refuses. Leaves the doubt, visible to everyone who decides on either of the two.
    """
    with unit_of_work("organisations.doubt_match", actor=actor, at=at) as unit:
        match = _decided(unit, "doubt_match", match_id, ground, note, seen)
        unit.about(match, ground=ground, codes=match.codes)
    return match


def _decided(unit: Unit, use_case: str, match_id: UUID, ground: str, note: str, seen: int | None) -> Match:
    unit.permit(PERMITS[use_case])
    match = unit.lock(Match, match_id, seen=seen)
    entered = {match.organisation.entered_by, match.other.entered_by}
    unit.refuse(
        why_not_decide(
            use_case,
            state=match.state,
            ground=ground,
            entered=unit.actor.person in entered,
            taken_by_another=match.taken_by not in (None, unit.actor.person),
        )
    )
    match.state, match.ground, match.note = STATE_OF_MATCH[use_case], ground, note.strip()
    match.judged, match.decided_at, match.decided_by = match.marks, unit.at, unit.actor.person
    unit.save(match)
    unit.settle(TASK, match, match.state)
    return match
