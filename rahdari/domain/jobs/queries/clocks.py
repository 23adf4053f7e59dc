"""When a step must be done: the targets of `action_targets`, counted in the working days of the side that must act."""

from __future__ import annotations

import datetime as dt

from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import end_after, offices_of
from rahdari.base.reference import Book

LAST_MOMENT = dt.time(23, 59, 59)


def due_after(use_case: str, at: dt.datetime, book: Book, side: str, *, mission: bool = False) -> dt.datetime | None:
    """The end of the last day for a step that begins to wait at a moment; None where the tables have no target.

    A mission counts only days that are working days in both states.
    """
    today = day_at(at, side)
    for row in book.in_force("action_targets", today, use_case=use_case, side=side):
        number = row.number("number") or 0
        if row["unit"] == "working_days":
            last = (
                _mission_day(today, number, book) if mission else offices_of(side.upper(), book).working_days_after(today, number)
            )
        else:
            last = end_after(today, number, row["unit"])
        return dt.datetime.combine(last, LAST_MOMENT, ZONES[side])
    return None


def _mission_day(day: dt.date, number: int, book: Book) -> dt.date:
    here, there = offices_of("PK", book), offices_of("JP", book)
    while number > 0 or not (here.open_on(day) and there.open_on(day)):
        day += dt.timedelta(days=1)
        if here.open_on(day) and there.open_on(day):
            number -= 1
    return day
