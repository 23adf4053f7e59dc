"""How a licence stands on a day, read off its dated history. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LICENSED = ("valid", "restored")
# What a register says to anyone, in the words of `registry.published`; an application is nobody's business yet.
TOLD_STATES = ("valid", "suspended", "expired", "surrendered", "cancelled", "disqualified", "restored")
WITHDRAWN = "withdrawn"  # entered in error with an import and taken back
HELD_STATES = (*TOLD_STATES, WITHDRAWN)
BANNED = ("cancelled", "disqualified")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the history: the state from a day on; `until` is the first day on which it no longer holds."""

    state: str
    from_on: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a licence stands on a day: the state, since when, and the first day on which it ends by itself, where it does."""

    state: str
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_valid(self) -> bool:
        """Whether one may recruit, employ or support on that day."""
        return self.state in LICENSED

    @property
    def is_banned(self) -> bool:
        """Whether it was taken away and not given back."""
        return self.state in BANNED

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it stands so, as people say it."""
        return self.until - dt.timedelta(days=1) if self.until else None


def as_told(state: str) -> str:
    """The state in the words of `registry.published`, whose list is closed: what was entered in error is told as given back.

    Its ground, `entered_in_error`, says what it was.
    """
    return "surrendered" if state == WITHDRAWN else state


NEVER_LICENSED = Standing(UNKNOWN)


def standing_on(history: Iterable[Change], day: dt.date) -> Standing:
    """The standing on a day. `history` stands in the order in which it was decided; of one day the last decision counts.

    A suspension with an end is over on it, and what stood before comes back; a licence that was not renewed has
    expired on its first day without validity, whether or not anybody recorded it.
    """
    rows = [one for one in history if one.state in HELD_STATES and one.from_on <= day]
    rows.sort(key=lambda one: one.from_on)  # stable: decisions of one day stay in their order
    if not rows:
        return NEVER_LICENSED
    last, ends = rows[-1], _validity(rows)
    state, since = last.state, last.from_on
    if state == "suspended" and last.until is not None and last.until <= day:
        state, since = "restored", last.until
    if state in LICENSED and ends is not None and ends <= day:
        return Standing("expired", ends)
    if state in LICENSED:
        return Standing(state, since, ends)
    return Standing(state, since, last.until)


def _validity(rows: list[Change]) -> dt.date | None:
    """The first day without validity, by the newest row that gives or gives back a licence."""
    given = next((one for one in reversed(rows) if one.state in LICENSED), None)
    return given.until if given is not None else None
