"""Part of actions: everything personal taken out of files; what is left says only that there was one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from rahdari.base.models import Waiting
from rahdari.base.work import Unit

from ..models import Attendance, File, FileChange, FileDraft, Likeness, Merge, Trainee

OPEN = ("to_judge", "unsure_person")
AT_ONCE = 5_000  # a statement of the database takes so many ids, and not all of a large list
NO_DAY = dt.date(1900, 1, 1)
NOTHING = {
    "name": "", "name_urdu": "", "spellings": [], "name_keys": [], "father_name": "", "birth_date": NO_DAY, "sex": "X",
    "birthplace": "", "cnic": "", "passport_no": None, "passport_index": None, "passport_until": None, "zone_agrees": False,
    "doubts": [], "skills": [], "languages": [], "education": [], "work": [], "available_from": None,
}  # fmt: skip


def _close_pairs(unit: Unit, ids: Sequence[UUID]) -> None:
    """Files that go on no more: nobody is asked any more whether they are of one person, or whether they are to be made one."""
    open_pairs = Likeness.objects.filter(Q(file__in=ids) | Q(other__in=ids), state__in=OPEN)
    pairs = [str(pk) for pk in open_pairs.values_list("pk", flat=True)]
    open_pairs.update(state="unlike")
    _nobody_waits(unit, pairs, "unlike")
    asked = Merge.objects.filter(Q(kept__in=ids) | Q(gone__in=ids), state="merge_asked")
    pairs = [str(pk) for pk in asked.values_list("likeness", flat=True)]
    asked.update(state="merge_refused", decided_at=unit.at)
    _nobody_waits(unit, pairs, "merge_refused")


def _nobody_waits(unit: Unit, pairs: Sequence[str], outcome: str) -> None:
    waiting = Waiting.objects.filter(subject_kind=Likeness._meta.label_lower, subject_id__in=pairs, closed_at=None)
    waiting.update(closed_at=unit.at, outcome=outcome)


def _leave_training(files: QuerySet[File]) -> None:
    """Gives up the places of files in cohorts, with the attendance in them."""
    trainees = Trainee.objects.filter(file__in=files.order_by().values("pk"))
    Attendance.objects.filter(trainee__in=trainees.order_by().values("pk")).delete()
    trainees.delete()


def _empty(unit: Unit, files: QuerySet[File]) -> int:
    """Empties files and their histories; pairs they stood in are no longer asked about. Gives how many files."""
    ids = list(files.order_by().values_list("pk", flat=True))
    for begin in range(0, len(ids), AT_ONCE):
        _empty_some(unit, ids[begin : begin + AT_ONCE])
    return len(ids)


def _empty_some(unit: Unit, ids: list[UUID]) -> None:
    rows = File.objects.filter(pk__in=ids)
    FileDraft.objects.filter(person__in=rows.values("person")).delete()
    FileChange.objects.filter(file__in=ids).delete()
    _close_pairs(unit, ids)
    gone = Concat(Value("gone:"), Cast("id", CharField()))
    rows.update(**NOTHING, cnic_index=gone, erased_at=unit.at)
