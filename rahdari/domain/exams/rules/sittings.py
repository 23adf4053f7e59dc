"""Opening seats: which test, where and when, how many seats, until when they can be booked.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Refusal

SITTING_MOVES = {"seats_open": {"sitting_recorded"}, "sitting_recorded": set()}
# How a field stands (`fields.rules.ceilings.state_on`) while new people are looked for.
OPEN_FIELD = frozenset({"open", "stop_announced"})
MOST_SEATS = 100_000
KINDS = ("language", "skill", "skill_ssw2")  # a waiver stands in the same table and is no test


def exam_row(book: Book, exam: str, on: dt.date) -> Row | None:
    """The newest row of a test that held on a day; None when there is no such test."""
    rows = [row for row in book.rows("exam_kinds", code=exam) if row.in_force(on) and row["kind"] in KINDS]
    return max(rows, key=lambda row: row["valid_from"], default=None)


def levels_of(book: Book, exam: str, on: dt.date) -> tuple[str, ...]:
    """The levels a language test can prove on a day, in the order of the table; none for a skill test."""
    rows = book.in_force("language_levels", on, instrument=exam)
    found = [code for row in rows for code in row.codes("satisfies")]
    return tuple(dict.fromkeys(found))


def last_day_of_booking(sat_on: dt.date, today: dt.date, days: int) -> dt.date:
    """The last day of booking where the examiner names none: so many days before the sitting, today at the earliest."""
    return max(sat_on - dt.timedelta(days=days), min(today, sat_on))


def why_not_open_seats(
    *, exam: Row | None, field: str, field_state: str, level: str, levels: Collection[str], seats: int,
    starts_at: dt.datetime, at: dt.datetime, booking_until: dt.date, sat_on: dt.date, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why no seats can be opened. A skill test needs its field, and that field open; a language test its level."""
    if exam is None:
        return [Refusal("exam_unknown", member="exam")]
    against = []
    if exam["field"] not in ("", field) or (exam["kind"].startswith("skill") and field_state not in OPEN_FIELD):
        against.append(Refusal("field_not_open", {"field": field or exam["field"]}, member="field"))
    if exam["kind"] == "language" and levels and level not in levels:
        against.append(Refusal("level_missing", {"levels": tuple(levels)}, member="level"))
    if not 0 < seats <= MOST_SEATS:
        against.append(Refusal("seats_missing", member="seats"))
    if starts_at <= at:
        against.append(Refusal("sitting_too_soon", {"day": sat_on}, member="starts_at"))
    if not today <= booking_until <= sat_on:
        against.append(Refusal("booking_outside", {"day": booking_until, "sat_on": sat_on}, member="booking_until"))
    return against
