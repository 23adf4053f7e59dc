"""Degrees, practice, training in Japan: what may be recorded, and how many months of practice count.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rahdari.base.refusal import Refusal

DEGREE_KINDS = ("university", "college", "diploma")
RECOGNITIONS = ("recognised", "asked_for", "not_asked")
YOUNGEST_GRADUATE, YOUNGEST_WORKER = 12, 10  # years: below that it is a slip of the pen
MONTHS = 12
STAGES = ("i", "ii", "iii")  # of technical intern training
Period = tuple[dt.date, dt.date | None]


def why_not_degree(
    *, kind: str, year: int, recognition: str, recognition_no: str, born: dt.date, today: dt.date
) -> list[Refusal]:
    """Why a degree cannot be recorded so."""
    against = []
    if kind not in DEGREE_KINDS:
        against.append(Refusal("degree_kind_unknown", member="kind"))
    if not born.year + YOUNGEST_GRADUATE <= year <= today.year:
        against.append(Refusal("year_cannot_be", {"year": str(year)}, member="year"))
    if recognition not in RECOGNITIONS:
        against.append(Refusal("recognition_unknown", member="recognition"))
    elif recognition == "recognised" and not recognition_no.strip():
        against.append(Refusal("recognition_no_missing", member="recognition_no"))
    return against


def why_not_practice(*, from_on: dt.date, until: dt.date | None, born: dt.date, today: dt.date) -> list[Refusal]:
    """Why a time of practice cannot be recorded so; `until` is the first day after it, None while it goes on."""
    against = []
    if from_on > today:
        against.append(Refusal("date_in_future", {"day": from_on}, member="from_on"))
    elif from_on.year < born.year + YOUNGEST_WORKER:
        against.append(Refusal("year_cannot_be", {"year": str(from_on.year)}, member="from_on"))
    if until is not None and until > today + dt.timedelta(days=1):
        against.append(Refusal("date_in_future", {"day": until}, member="until"))
    if until is not None and until <= from_on:
        against.append(Refusal("practice_ends_before", {"until": until}, member="until"))
    return against


def why_not_internship(*, stage: str, months: int, ended_on: dt.date, born: dt.date, today: dt.date) -> list[Refusal]:
    """Why technical intern training cannot be recorded so."""
    against = [] if stage in STAGES else [Refusal("stage_unknown", member="stage")]
    if months < 1:
        against.append(Refusal("months_missing", member="months"))
    if ended_on > today:
        against.append(Refusal("date_in_future", {"day": ended_on}, member="ended_on"))
    elif ended_on.year < born.year + YOUNGEST_WORKER:
        against.append(Refusal("year_cannot_be", {"year": str(ended_on.year)}, member="ended_on"))
    return against


def months_of(periods: Iterable[Period], today: dt.date) -> int:
    """The whole months of practice on a day; what overlaps counts once."""
    days, reached = 0, dt.date.min
    for begin, end in sorted((begin, min(end or today, today)) for begin, end in periods):
        begin = max(begin, reached)
        if end > begin:
            days += (end - begin).days
            reached = end
    return int(days * MONTHS / 365.2425)
