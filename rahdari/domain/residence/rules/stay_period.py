"""The longest next permission: its table of lengths by kind and day of the decision, cut to what is left of the limit.

No Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY, end_after
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .stay_said import said
from .stay_shape import Permission, StayFacts

EACH = "each permission"
APPLIES_TO = {
    "landing": ("first entry on a COE", EACH),
    "extension": ("change of status or extension", EACH),
    "change": ("change of status or extension", EACH),
}
AT_MOST = "months at most"


@dataclass(frozen=True, slots=True)
class Longest:
    """The most months of the next permission (None: not said), why, and whether the tables knew."""

    months: int | None
    reasons: tuple[Reason, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of the limit.

    `last_day` is None where there is no limit or none is known; `begins` is the day a new stay would begin, None
    for somebody who is in the status.
    """

    last_day: dt.date | None
    begins: dt.date | None
    limit: Row | None


def longest_permission(facts: StayFacts, as_of: dt.date, room: Room, book: Book) -> Longest:
    """The most months the next permission may have.

    `kind` and `decided_on` (else `as_of`) pick the row. Where no kind is given, somebody in the status can
    only be granted an extension or a change. No row for that day: not known.
    """
    asked = facts.permission or Permission()
    decided_on = asked.decided_on or as_of
    kinds = (asked.kind,) if asked.kind else ("extension", "change") if room.begins is None else tuple(APPLIES_TO)
    rows = tuple(dict.fromkeys(_row(kind, facts.status, decided_on, book) for kind in kinds))
    if len(rows) > 1:
        return Longest(None, (said("stay_permission_kind_missing"),))
    if rows[0] is None:
        return Longest(None, (said("stay_period_unknown", decided_on=decided_on),), known=False)
    row, lengths = rows[0], _lengths(rows[0])
    table = said("stay_period_at_most", row, months=lengths[-1])
    if row["unit"] != AT_MOST:
        table = said("stay_period_listed", row, lengths=lengths)
    months = _fitting(lengths, _counts_from(asked, as_of, decided_on, room), room)
    cut = (said("stay_period_cut", room.limit, months=months, end=room.last_day),) if months < lengths[-1] else ()
    return Longest(months, (table, *cut, *_too_far(asked, room)))


def _row(kind: str, status: str, decided_on: dt.date, book: Book) -> Row | None:
    rows = book.in_force("stay_rules", decided_on, status=status, kind="period_unit")
    return next((row for row in rows if row["applies_to"] in APPLIES_TO[kind]), None)


def _lengths(row: Row) -> tuple[int, ...]:
    """The lengths a row allows, shortest first."""
    listed = sorted(int(months) for months in row.codes("value"))
    return tuple(range(1, listed[-1] + 1)) if row["unit"] == AT_MOST else tuple(listed)


def _counts_from(asked: Permission, as_of: dt.date, decided_on: dt.date, room: Room) -> dt.date:
    """The day that starts the next permission and is not counted: the present period's end, the decision or the landing."""
    return room.begins or asked.period_ends or max(decided_on, as_of)


def _fitting(lengths: tuple[int, ...], start: dt.date, room: Room) -> int:
    """The longest that ends not after the limit, both as a residence card shows them; 0 when none does."""
    if room.last_day is None:
        return lengths[-1]
    card_day = room.last_day + ONE_DAY
    return max((months for months in lengths if end_after(start, months, "months") <= card_day), default=0)


def _too_far(asked: Permission, room: Room) -> tuple[Reason, ...]:
    """A word when the present period itself reaches beyond the limit."""
    if room.last_day is None or asked.period_ends is None or asked.period_ends <= room.last_day + ONE_DAY:
        return ()
    return (said("stay_period_beyond_limit", room.limit, period_ends=asked.period_ends, end=room.last_day),)
