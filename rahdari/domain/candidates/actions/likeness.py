"""Every file that is new or changed is compared with the others; a person judges whether two are of one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.organisations.queries.standing import due_after

from ..access import PERMITS
from ..models import File, Likeness
from ..queries.likeness import side_of, worth_comparing
from ..rules.likeness import Likeness as Found
from ..rules.likeness import is_asked, likeness_of, why_not_judge
from .emptying import OPEN

TASK = "candidates.judge_likeness"
JUDGED = ("same_person", "other_person", "unsure_person")
THOUSAND = 1000


def compare_file(*, actor: Actor, file: UUID, at: dt.datetime) -> int:
    """The node compares a file with the others, across scripts; says how many pairs a person is asked about anew.

    Can be done again: two are asked about once, and again only when a reason is new. Leaves the pairs with their reasons and the
    clock of the office that judges; what is no longer alike waits no longer.
    """
    with unit_of_work("candidates.compare_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["compare_file"])
        unit.alone("candidates.comparing")
        row = File.objects.filter(pk=file, erased_at=None, merged_into=None).select_related("person").first()
        asked = _compared(unit, row) if row is not None else 0
        unit.about(row or File(pk=file), asked=asked)
    return asked


def _compared(unit: Unit, row: File) -> int:
    """Lays beside a file what is worth comparing, and whatever a person is asked about still."""
    asked, ours = 0, side_of(row)
    open_ones = Likeness.objects.select_for_update(of=("self",)).filter(Q(file=row) | Q(other=row), state__in=OPEN)
    others = {one.pk: one for one in worth_comparing(row)}
    waiting: dict[UUID, Likeness] = {}
    for one in open_ones.select_related("file__person", "other__person"):
        other = one.other if one.file_id == row.pk else one.file
        waiting[others.setdefault(other.pk, other).pk] = one
    for pk, other in others.items():
        found = likeness_of(ours, side_of(other))
        if is_asked(found):
            asked += _keep(unit, row, other, found)
        elif pk in waiting:
            waiting[pk].state = "unlike"
            unit.save(waiting[pk])
            unit.settle(TASK, waiting[pk], "unlike")
    return asked


def _pair(row: File, other: File) -> str:
    return ":".join(sorted((str(row.pk), str(other.pk))))


def _keep(unit: Unit, row: File, other: File, found: Found) -> bool:
    """Keeps what speaks for one person; whether a person is asked now who was not asked before."""
    held = Likeness.objects.select_for_update().filter(pair=_pair(row, other)).first()
    new = held is None
    one = held or Likeness(file=row, other=other, pair=_pair(row, other), found_at=unit.at)
    again = one.state == "unlike" or (one.state in JUDGED and bool(set(found.codes) - set(one.judged)))
    codes, score = list(found.codes), round(THOUSAND * found.names)
    if not new and not again and (codes, score) == (one.codes, one.score):
        return False
    one.codes, one.score = codes, score
    if again:
        one.state, one.found_at = "to_judge", unit.at
    if new:
        unit.add(one)
    else:
        unit.save(one)
    if new or again:
        matter = {f"reason_{place}": f"likeness_{code}" for place, code in enumerate(one.codes[:2], 1)}
        _wait(unit, TASK, one, matter)
    return new or again


def _wait(unit: Unit, task: str, one: Likeness, matter: Mapping[str, str]) -> None:
    """What the office that judges has to do with a pair, with its clock."""
    unit.wait(
        task,
        one,
        holder_body="PROTECTOR",
        holder_role="protector",
        holder_side="pk",
        matter=dict(matter),
        url_name="candidates.see_likeness",
        url_args=[str(one.pk)],
        due_at=due_after(task, unit.at, current_book(), "pk"),
    )


def judge_likeness(
    *, actor: Actor, likeness_id: UUID, verdict: str, ground: str, note: str = "", seen: int | None = None, at: dt.datetime
) -> Likeness:
    """An officer judges whether two files are of one person, of two, or that it cannot be told yet; with the reason.

    Refuses `verdict_unknown`, `reason_missing`, `merged_already`, `wrong_state`, `stale`. Leaves the judgement: the two are asked
    about again only when something new speaks for one person. Nothing is merged by it.
    """
    with unit_of_work("candidates.judge_likeness", actor=actor, at=at) as unit:
        unit.permit(PERMITS["judge_likeness"])
        one = unit.lock(Likeness, likeness_id, seen=seen)
        merged = one.merges.filter(state__in=("merge_asked", "merged")).exists()
        unit.refuse(why_not_judge(state=one.state, verdict=verdict, ground=ground, merged=merged))
        one.state, one.ground, one.note, one.judged = verdict, ground, note.strip(), one.codes
        one.judged_at, one.judged_by = at, actor.person
        unit.save(one)
        unit.settle(TASK, one, verdict)
        unit.about(one, verdict=verdict, ground=ground, codes=one.codes)
    return one
