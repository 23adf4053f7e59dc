"""Figures of agreements: interviews, selections and departures a month; what is told to anyone of small ones. Pure.

A month is its first day. Figures count people, so that anyone reads a number from 1 to 4 as just that: a single month of a
single agreement could else point at somebody. Sums are made of what is told, and so are ranges where something small is in them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rahdari.base.refusal import Refusal

MEMBERS = ("interviews", "selections", "departures")
FEWEST_TOLD = 5  # people: of fewer, but not none, no figure of any package says how many
CORRECTED = ("typing_error", "counted_again", "source_corrected")
EARLIEST = dt.date(1971, 1, 1)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is told: `low` and `high` are the same where it is told exactly."""

    low: int = 0
    high: int = 0

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Month:
    """Interviews, selections and departures of one month."""

    first: dt.date
    interviews: int = 0
    selections: int = 0
    departures: int = 0


def told(number: int, *, exactly: bool) -> Amount:
    """A number as it is told to somebody: exactly to those who keep it, from 1 to 4 as such to anyone."""
    if exactly or number == 0 or number >= FEWEST_TOLD:
        return Amount(number, number)
    return Amount(1, FEWEST_TOLD - 1)


def sums(months: Iterable[Month], *, exactly: bool) -> dict[str, Amount]:
    """The sum of each figure over months, made of what is told of each month."""
    rows = list(months)
    return {name: sum((told(getattr(one, name), exactly=exactly) for one in rows), Amount()) for name in MEMBERS}


def first_of_month(day: dt.date) -> dt.date:
    """The month of a day."""
    return day.replace(day=1)


def month_after(month: dt.date) -> dt.date:
    """The month that follows."""
    return (month + dt.timedelta(days=31)).replace(day=1)


def month_before(month: dt.date) -> dt.date:
    """The month that goes before."""
    return (month - dt.timedelta(days=1)).replace(day=1)


def read_month(text: str) -> dt.date | None:
    """A month written as year and month (`2026-11`); None for what is none."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if len(text) == 7 and month >= EARLIEST else None


def months_over(*, from_on: dt.date, until: dt.date | None, today: dt.date) -> list[dt.date]:
    """The months an agreement ran in that are over, the oldest first; `until` is its first day without force."""
    found, month, this_month = [], first_of_month(from_on), first_of_month(today)
    while month < this_month and (until is None or month < until):
        found.append(month)
        month = month_after(month)
    return found


def missing(months: Iterable[dt.date], held: Collection[dt.date]) -> list[dt.date]:
    """The months without figures, in their order."""
    return [one for one in months if one not in held]


def why_not_figures(
    *, month: dt.date | None, numbers: Iterable[int], source: str, signed_on: dt.date, counted: bool, held: bool, today: dt.date
) -> list[Refusal]:
    """Why the figures of a month cannot be recorded; `counted` where this node counts them itself, `held` where they stand."""
    if counted:
        return [Refusal("counted_here")]
    against = _why_not_month(month, signed_on, today)
    if held and month is not None:
        against.append(Refusal("figures_recorded", {"month": month}, member="figures.month"))
    return against + _why_not_numbers(numbers, source)


def why_not_correct_figures(
    *, month: dt.date | None, numbers: Iterable[int], source: str, counted: bool, held: bool, ground: str
) -> list[Refusal]:
    """Why the figures of a month cannot be corrected."""
    if counted:
        return [Refusal("counted_here")]
    against = [] if held else [Refusal("no_figures_of_month", member="figures.month")]
    if month is None:
        against = [Refusal("month_unreadable", member="figures.month")]
    if ground not in CORRECTED:
        against.append(Refusal("reason_missing", member="ground"))
    return against + _why_not_numbers(numbers, source)


def _why_not_month(month: dt.date | None, signed_on: dt.date, today: dt.date) -> list[Refusal]:
    if month is None:
        return [Refusal("month_unreadable", member="figures.month")]
    if month >= first_of_month(today):
        return [Refusal("month_not_over", {"month": month}, member="figures.month")]
    if month < first_of_month(signed_on):
        return [Refusal("before_signature", {"day": signed_on}, member="figures.month")]
    return []


def _why_not_numbers(numbers: Iterable[int], source: str) -> list[Refusal]:
    against = [Refusal("figure_negative")] if any(one < 0 for one in numbers) else []
    return against if source.strip() else [*against, Refusal("figures_source_missing", member="figures.source")]
