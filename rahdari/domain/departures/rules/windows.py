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

from .steps import DEPARTURE_MOVES

COE, VISA, PERMISSION = "JP_COE", "JP_VISA", "PK_PERMISSION"
LANDING, REGISTRATION = "landing", "registration"
# The task of whoever carries a case through, once a window closes soon; its days are a row of `action_targets` for each side.
USE = {COE: "departures.use_coe", VISA: "departures.use_visa", PERMISSION: "departures.use_permission"}
BOOKED = "flight_booked"
_CLEARED = ("cleared", BOOKED, "flight_missed", "departed", "not_arrived", "arrived")
# How far a departure is while a window is still to be used: certificate and visa until the flight has left, the permission
# until the registration.
USED_IN = {
    COE: (*(state for state, to in DEPARTURE_MOVES.items() if "coe_expired" in to), BOOKED),
    VISA: (*(state for state, to in DEPARTURE_MOVES.items() if "visa_expired" in to), BOOKED),
    PERMISSION: tuple(state for state in DEPARTURE_MOVES if state not in _CLEARED),
}


@dataclass(frozen=True, slots=True)
class Window:
    """A paper that is open from a day until another (exclusive), by its code in `windows`."""

    code: str
    begins: dt.date
    until: dt.date

    @property
    def last(self) -> dt.date:
        """The last day on which it is open."""
        return self.until - ONE_DAY

    def left(self, today: dt.date) -> int:
        """Days left after today, by the calendar of the side that opened it; below nothing once it has closed."""
        return (self.last - today).days


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


def side_of(book: Book, code: str, on: dt.date) -> str:
    """The side by whose calendar a window opens and closes; raises LookupError for none of `windows`."""
    row = next(iter(book.in_force("windows", on, code=code)), None)
    if row is None:
        raise LookupError(code)
    return row["side"]


def warned_before(book: Book, code: str, on: dt.date, side: str = "") -> int | None:
    """How many days before its last one a side (unsaid: any) is warned of a window; None where it can do nothing about it."""
    told = {"side": side} if side else {}
    row = next(iter(book.in_force("action_targets", on, use_case=USE[code], **told)), None)
    return None if row is None else row.number("number")


def is_to_be_used(window: Window, *, state: str, lands_on: dt.date | None) -> bool:
    """Whether a window is still to be used by a departure in this state and no booked flight lands while it is open.

    `lands_on` is the day, by Japan's calendar, on which the booked flight is to land; None without one still to come.
    """
    covered = window.code != PERMISSION and lands_on is not None and lands_on < window.until
    return state in USED_IN[window.code] and not covered


def why_not_warn(
    window: Window | None, *, state: str, today: dt.date, days: int | None, lands_on: dt.date | None, warned: dt.date | None
) -> list[Refusal]:
    """Why nobody is to be warned of a window now; `warned` is the end of the one of its kind that was warned of last."""
    if window is None or days is None or window.left(today) > days or not is_to_be_used(window, state=state, lands_on=lands_on):
        return [Refusal("window_open", {"until": window.until if window is not None else None})]
    return [Refusal("warned_before", {"until": window.until})] if warned == window.until else []


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
