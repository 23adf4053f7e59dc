"""Two files of one person made one: asked by one officer, decided by another, and parted again where it was an error."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blinds
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..models import (
    PASSPORT,
    Consent,
    Degree,
    Dependant,
    File,
    FilePaper,
    Internship,
    Likeness,
    Merge,
    Practice,
    Qualification,
    TalentProfile,
    Trainee,
)
from ..rules.doubts import doubts_of
from ..rules.likeness import MERGE_MOVES, why_not_end, why_not_merge
from .emptying import _close_pairs
from .likeness import _wait

TASK = "candidates.merge_files"
# What goes over to the file that goes on; what was corrected and who was at a counter stays where it happened.
GO_OVER: tuple[Any, ...] = (Consent, Qualification, FilePaper, Degree, Internship, Practice, Trainee, Dependant)


def ask_merge(*, actor: Actor, likeness_id: UUID, keep: UUID, seen: int | None = None, at: dt.datetime) -> Merge:
    """An officer asks that two files judged to be of one person become one; `keep` is the one that goes on.

    Refuses `not_judged_same`, `file_ended`, `merged_already`, `keep_neither`, `file_has_others` where others ended in the one
    that would end, `stale`. Leaves the task of a second officer.
    """
    with unit_of_work("candidates.ask_merge", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_merge"])
        one = unit.lock(Likeness, likeness_id, seen=seen)
        files = {one.file_id: one.file, one.other_id: one.other}
        ended = [file.merged_into_id is not None or file.erased_at is not None for file in files.values()]
        open_one = one.merges.filter(state__in=("merge_asked", "merged")).exists()
        unit.refuse(why_not_merge(state=one.state, ended=ended))
        unit.refuse([Refusal("merged_already")] if open_one else [])
        unit.refuse([] if keep in files else [Refusal("keep_neither", member="keep")])
        gone = next(file for pk, file in files.items() if pk != keep)
        unit.refuse(why_not_end(others=gone.merged_files.exists()))
        merge = Merge(likeness=one, kept=files[keep], gone=gone, asked_at=at, asked_by=actor.person)  # type: ignore[misc]
        unit.add(merge)
        _wait(unit, TASK, one, {"state": merge.state})
        unit.about(merge, kept=merge.kept_id, gone=merge.gone_id)
    return merge


def _open_merge(unit: Unit, likeness_id: UUID, state: str, seen: int | None) -> Merge:
    """The merge of a pair in a state, locked with its two files; `stale` goes by the version of the pair's page."""
    one = unit.lock(Likeness, likeness_id, seen=seen)
    found = one.merges.filter(state=state).first()
    if found is None:
        raise Missing(f"Merge of {likeness_id}")
    merge = unit.lock(Merge, found.pk)
    for pk in sorted((merge.kept_id, merge.gone_id)):
        unit.lock(File, pk)
    return merge


def merge_files(*, actor: Actor, likeness_id: UUID, seen: int | None = None, at: dt.datetime) -> Merge:
    """A second officer makes the two files one: consents, tests, papers, degrees, practice and training go over, cases follow.

    So does the passport where the file that goes on has none. Refuses `four_eyes` to whoever asked, `file_ended`,
    `file_has_others`, `stale`. Leaves the other file pointing to the one that goes on, its profile hidden and nobody asked
    about it any more; its card and passport open no new file. The event `candidates.files_merged` lets what stands above
    follow, and `candidates.file_kept` compares the one that goes on anew.
    """
    with unit_of_work("candidates.merge_files", actor=actor, at=at) as unit:
        unit.permit(PERMITS["merge_files"])
        merge = _open_merge(unit, likeness_id, "merge_asked", seen)
        unit.refuse([Refusal("four_eyes")] if merge.asked_by == actor.person else [])
        kept, gone = merge.kept, merge.gone
        ended = [file.merged_into_id is not None or file.erased_at is not None for file in (kept, gone)]
        unit.refuse(why_not_merge(state=merge.likeness.state, ended=ended))
        unit.refuse(why_not_end(others=gone.merged_files.exists()))
        merge.moved = {model.__name__: _go_over(model, gone, kept) for model in GO_OVER}
        spelt = {kept.name, *kept.spellings}
        merge.moved["spellings"] = [one for one in (gone.name, *gone.spellings) if one not in spelt]
        kept.spellings = [*kept.spellings, *merge.moved["spellings"]]
        gone.merged_into = kept
        merge.moved["passport"] = _passport_over(unit, gone, kept) if kept.passport_no is None else []
        unit.save(gone)  # first: no two files have one passport
        unit.save(kept)
        TalentProfile.objects.filter(file=gone, hidden_at=None).update(hidden_at=at)
        merge.state, merge.decided_at, merge.decided_by = "merged", at, actor.person
        unit.save(merge)
        unit.settle(TASK, merge.likeness, "merged")
        _close_pairs(unit, [gone.pk])
        _tell(unit, merge, parted=False)
        unit.tell("candidates.file_kept", file=kept.pk)
        unit.about(merge, kept=kept.pk, gone=gone.pk, moved={name: len(ids) for name, ids in merge.moved.items()})
    return merge


def _go_over(model: Any, gone: File, kept: File) -> list[str]:
    """Moves rows of one table; a consent, a test or a place in a cohort that the kept file has already stays where it is."""
    rows = model.objects.filter(file=gone)
    if model is Consent:
        held = set(Consent.objects.filter(file=kept, withdrawn_at=None).values_list("purpose", "body"))
        ids = [one.pk for one in rows if one.withdrawn_at is not None or (one.purpose, one.body) not in held]
    elif model is Qualification:
        shown = set(Qualification.objects.filter(file=kept, void_from=None).values_list("exam", "field"))
        ids = [one.pk for one in rows if (one.exam, one.field) not in shown]
    elif model is Trainee:
        there = set(Trainee.objects.filter(file=kept).values_list("cohort", flat=True))
        ids = [one.pk for one in rows if one.cohort_id not in there]
    else:
        ids = list(rows.values_list("pk", flat=True))
    model.objects.filter(pk__in=ids).update(file=kept)
    return [str(pk) for pk in ids]


def _passport_over(unit: Unit, gone: File, kept: File) -> list[str]:
    """Gives the passport of one file to one that has none; what it is found by again, where there was one to give."""
    index = gone.passport_index
    kept.passport_no, kept.passport_until = gone.passport_no, gone.passport_until
    gone.passport_no = gone.passport_until = None
    kept.zone_agrees, kept.doubts = False, _doubts(unit, kept)
    return [index] if index else []


def _doubts(unit: Unit, file: File) -> list[str]:
    return doubts_of(
        card=file.cnic, sex=file.sex, birth_date=file.birth_date, has_passport=bool(file.passport_no),
        zone_agrees=file.zone_agrees, today=day_at(unit.at, "pk"),
    )  # fmt: skip


def _tell(unit: Unit, merge: Merge, *, parted: bool) -> None:
    unit.tell(
        "candidates.files_parted" if parted else "candidates.files_merged",
        kept=merge.kept_id,
        gone=merge.gone_id,
        pseudonym=merge.gone.pseudonym,
    )


def refuse_merge(*, actor: Actor, likeness_id: UUID, seen: int | None = None, at: dt.datetime) -> Merge:
    """An officer refuses to make two files one, or takes back that they asked; the judgement stays. Refuses `stale`."""
    with unit_of_work("candidates.refuse_merge", actor=actor, at=at) as unit:
        unit.permit(PERMITS["refuse_merge"])
        merge = _open_merge(unit, likeness_id, "merge_asked", seen)
        unit.refuse(why_not_move(MERGE_MOVES, merge.state, "merge_refused"))
        merge.state = "merge_refused"
        if merge.asked_by != actor.person:
            merge.decided_at, merge.decided_by = at, actor.person
        unit.save(merge)
        unit.settle(TASK, merge.likeness, "merge_refused")
        unit.about(merge)
    return merge


def part_files(*, actor: Actor, likeness_id: UUID, text: str, seen: int | None = None, at: dt.datetime) -> Merge:
    """An officer parts two files that were made one in error: everything that went over goes back, and cases follow.

    What was done with the kept file since stays with it. Refuses `reason_missing`, `stale`. Leaves the merge with the day and the
    reason of its end, and the two judged to be of two people.
    """
    with unit_of_work("candidates.part_files", actor=actor, at=at) as unit:
        unit.permit(PERMITS["part_files"])
        merge = _open_merge(unit, likeness_id, "merged", seen)
        unit.refuse([] if text.strip() else [Refusal("reason_missing", member="text")])
        kept, gone = merge.kept, merge.gone
        for model in GO_OVER:
            model.objects.filter(pk__in=merge.moved.get(model.__name__, ()), file=kept).update(file=gone)
        kept.spellings = [one for one in kept.spellings if one not in merge.moved.get("spellings", ())]
        gone.merged_into = None
        _passport_back(unit, merge, gone, kept)
        unit.save(kept)  # first: no two files have one passport
        unit.save(gone)
        merge.state, merge.parted_at, merge.parted_by, merge.parted_why = "parted", at, actor.person, text.strip()
        unit.save(merge)
        one = merge.likeness
        one.state, one.ground, one.judged_at, one.judged_by = "other_person", "other_papers", at, actor.person
        unit.save(one)
        _tell(unit, merge, parted=True)
        unit.tell_all("candidates.file_kept", ({"file": pk} for pk in (kept.pk, gone.pk)))
        unit.about(merge, kept=kept.pk, gone=gone.pk)
    return merge


def _passport_back(unit: Unit, merge: Merge, gone: File, kept: File) -> None:
    """Gives the passport back that went over, unless the kept file has another one by now."""
    went = merge.moved.get("passport") or []
    if not went:
        return
    if kept.passport_no and set(went) & set(blinds(kept.passport_no, PASSPORT)):
        gone.passport_no, gone.passport_until = kept.passport_no, kept.passport_until
        kept.passport_no = kept.passport_until = None
        kept.zone_agrees, kept.doubts = False, _doubts(unit, kept)
    else:
        gone.zone_agrees, gone.doubts = False, _doubts(unit, gone)
