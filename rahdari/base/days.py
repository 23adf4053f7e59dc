"""Counting days and months as the offices of a country do.

The rules of counting are rows of `counting_rules.csv`, the days on which offices
are closed rows of `office_days.csv` and of the table of public holidays. Pure:
no clock, no Django.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from .reference import Book

ONE_DAY = dt.timedelta(days=1)


def months_on(day: dt.date, months: int) -> dt.date | None:
    """The corresponding day `months` later (negative: earlier); None where that month lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return dt.date(year, month + 1, day.day)
    except ValueError:
        return None


def last_of_month(day: dt.date, months: int = 0) -> dt.date:
    """The last day of the month that lies `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def last_day(first: dt.date, months: int) -> dt.date:
    """The last day of a period in months whose first counted day is `first` (MONTH_END of counting_rules)."""
    same = months_on(first, months)
    return last_of_month(first, months) if same is None else same - ONE_DAY


def end_after(event: dt.date, number: int, unit: str) -> dt.date:
    """The last day of a period that an event starts: the day of the event is not counted (FIRST_DAY).

    `unit` is `days`, `months` or `years`, as in the tables; another raises ValueError.
    """
    if unit == "days":
        return event + dt.timedelta(days=number)
    if unit in ("months", "years"):
        return last_day(event + ONE_DAY, number * (12 if unit == "years" else 1))
    raise ValueError(unit)


@dataclass(frozen=True, slots=True)
class Offices:
    """When the offices of one country are open."""

    country: str
    weekly_closed: frozenset[int]
    closed_from: str
    closed_until: str
    holidays: frozenset[dt.date]

    def open_on(self, day: dt.date) -> bool:
        """Whether an ordinary office of the state is open."""
        return day.isoweekday() not in self.weekly_closed and day not in self.holidays and not self._closed_season(day)

    def _closed_season(self, day: dt.date) -> bool:
        if not self.closed_from:
            return False
        now = day.strftime("%m-%d")
        if self.closed_from <= self.closed_until:
            return self.closed_from <= now <= self.closed_until
        return now >= self.closed_from or now <= self.closed_until

    def next_open(self, day: dt.date) -> dt.date:
        """The day itself when offices are open, else the first open day after it."""
        while not self.open_on(day):
            day += ONE_DAY
        return day

    def working_days_after(self, day: dt.date, number: int) -> dt.date:
        """The last of `number` working days that follow the day; with 0 the day itself, or the next open one."""
        if number == 0:
            return self.next_open(day)
        for _ in range(number):
            day = self.next_open(day + ONE_DAY)
        return day

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.open_on(start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=8)
def offices_of(country: str, book: Book) -> Offices:
    """The offices of a country (`JP`, `PK`) by the tables of a book."""
    row = book.one("office_days", country=country)
    if row is None:
        raise LookupError(f"office_days has no row for {country}")
    closed = frozenset(int(weekday) for weekday in row.codes("weekly_closed"))
    return Offices(country, closed, row["closed_from"], row["closed_until"], book.holidays(country))
