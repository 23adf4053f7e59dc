"""The windows of a departure: certificate, visa and permission, each open from its day until its length has run out.

Lengths are rows of `windows`, which ones bound a departure rows of `departure_windows`; no holiday moves them
(VALIDITY of `counting_rules`). A day called `until` is the first one outside. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY, end_after
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal

COE, VISA, PERMISSION = "JP_COE", "JP_VISA", "PK_PERMISSION"
LANDING, REGISTRATION = "landing", "registration"


@dataclass(frozen=True, slots=True)
class Window:
    """A paper that is open from a day until another (exclusive), by its code in `windows`."""

    code: str
    begins: dt.date
    until: dt.date


def closes_on(book: Book, code: str, dated: dt.date) -> dt.date:
    """The first day on which a paper of this kind, dated so, no longer holds; raises LookupError without a length."""
    row = next(iter(book.in_force("windows", dated, code=code)), None)
    number = None if row is None else row.number("number")
    if row is None or number is None:
        raise LookupError(code)
    return end_after(dated, number, row["unit"]) + ONE_DAY


def window_of(book: Book, code: str, dated: dt.date | None, until: dt.date | None = None) -> Window | None:
    """The window of a paper by its day and, where it was told, its end; None when the paper is not there yet."""
    if dated is None:
        return None
    return Window(code, dated, closes_on(book, code, dated) if until is None else until)


def bounds(book: Book, moment: str, on: dt.date) -> tuple[str, ...]:
    """The windows that must be open at a moment of the journey (`landing`, `registration`)."""
    return tuple(row["window"] for row in book.in_force("departure_windows", on, in_force_on=moment))


def first_closed(windows: Iterable[Window]) -> Window | None:
    """The window that closes first, None when there is none."""
    return min(windows, key=lambda one: one.until, default=None)


def why_not_overlap(windows: Iterable[Window], *, today: dt.date, book: Book) -> list[Refusal]:
    """Why no journey can be cleared: those to be shown at landing never stand open together from today on, or the
    permission has run out."""
    held = {one.code: one for one in windows}
    against = []
    needed = [row["window"] for row in book.in_force("departure_windows", today, in_force_on=LANDING) if row["needed"] == "yes"]
    landing = [held[code] for code in needed if code in held]
    if len(landing) < len(needed) or max(today, *(one.begins for one in landing)) >= min(one.until for one in landing):
        closing = first_closed(landing)
        about = {"window": closing.code if closing else needed[0], "until": closing.until if closing else None}
        against.append(Refusal("windows_do_not_overlap", about))
    permission = held.get(PERMISSION)
    if permission is not None and not permission.begins <= today < permission.until:
        against.append(Refusal("permission_expired", {"until": permission.until}))
    return against
