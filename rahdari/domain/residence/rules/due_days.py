"""From what happened to the day by which it must be told: one small count for each deadline kind of `duties.csv`.

The holiday rule is kept apart from the count, because both days are shown: the unmoved one is safe, the moved one is the law.
Pure: no Django, no clock; rows and the book are arguments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rahdari.base.days import ONE_DAY, Offices, end_after, last_of_month, months_on, offices_of
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

NOT_MOVED: Final = "none"
NEXT_OPEN_DAY: Final = "next_open_day"


@dataclass(frozen=True, slots=True)
class Term:
    """The days between which something may be done, both inclusive and not moved; None where the tables name no day."""

    opens: dt.date | None
    closes: dt.date | None


@dataclass(frozen=True, slots=True)
class Report:
    """One reporting period of a periodic duty, and when its report is filed."""

    first: dt.date
    last: dt.date
    term: Term


NO_DAY = Term(None, None)


def because(code: str, row: Row, rule: str = "", /, **about: object) -> Reason:
    """A reason that a row of the tables gives; `rule` names the row where its table has no column `code`."""
    return Reason(code, about, rule or row["code"], row["source"], row["confidence"])


def months_earlier(day: dt.date, months: int) -> dt.date:
    """The corresponding day `months` before; where that month lacks it, its last day (as MONTH_END counts forward)."""
    return months_on(day, -months) or last_of_month(day, -months)


def days_or_years_after(row: Row, event: dt.date) -> Term:
    """A period that the event starts and whose first day is the day after it."""
    number = row.number("number")
    return NO_DAY if number is None else Term(None, end_after(event, number, row["unit"]))


def day_before(row: Row, event: dt.date) -> Term:
    """What must be done before the event: the last day that is surely before it."""
    return Term(None, event - ONE_DAY)


def day_of_next_month(row: Row, event: dt.date) -> Term:
    """A numbered day of the month that follows the month of the event."""
    number = row.number("number")
    return NO_DAY if number is None else Term(None, last_of_month(event) + dt.timedelta(days=number))


def end_of_next_month(row: Row, event: dt.date) -> Term:
    """The last day of the month that follows the month of the event."""
    return Term(None, last_of_month(event, 1))


def months_before(row: Row, event: dt.date) -> Term:
    """The corresponding day some months before the event."""
    number = row.number("number")
    return NO_DAY if number is None else Term(None, months_earlier(event, number))


def window_before(row: Row, event: dt.date) -> Term:
    """From the first day of one month to the last day of a later one, both counted back from the month of the event."""
    opens, closes = (int(number) for number in row.codes("number"))
    return Term(last_of_month(event, -opens - 1) + ONE_DAY, last_of_month(event, -closes))


def on_the_day(row: Row, event: dt.date) -> Term:
    """The day of the event itself."""
    return Term(None, event)


def no_day(row: Row, event: dt.date) -> Term:
    """The law gives no number of days (`promptly`)."""
    return NO_DAY


EVENT_KINDS: Mapping[str, Callable[[Row, dt.date], Term]] = {
    "days_after": days_or_years_after,
    "years_after": days_or_years_after,
    "before": day_before,
    "day_of_next_month": day_of_next_month,
    "end_of_next_month": end_of_next_month,
    "months_before": months_before,
    "window_before": window_before,
    "same_working_day": on_the_day,
    "on_payment": on_the_day,
    "promptly": no_day,
}
WORKING_DAY_KINDS = frozenset({"same_working_day"})


def quarter_reports(row: Row, first: dt.date, last: dt.date) -> Iterator[Report]:
    """A report for every calendar quarter the period touches: due some days after the first day of the next quarter."""
    number, begin = row.number("number") or 0, dt.date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    while begin <= last:
        end = last_of_month(begin, 2)
        opens = end + ONE_DAY
        yield Report(begin, end, Term(opens, end_after(opens, number, row["unit"])))
        begin = opens


def year_reports(row: Row, first: dt.date, last: dt.date) -> Iterator[Report]:
    """A report for every reporting year the period touches; the year ends on the day before the window opens."""
    opens = _in_year(row["window_from"], first.year)
    if opens <= first:
        opens = _in_year(row["window_from"], first.year + 1)
    while (begin := _in_year(row["window_from"], opens.year - 1)) <= last:
        yield Report(begin, opens - ONE_DAY, Term(opens, _in_year(row["window_until"], opens.year)))
        opens = _in_year(row["window_from"], opens.year + 1)


def _in_year(month_and_day: str, year: int) -> dt.date:
    month, day = month_and_day.split("-")
    return dt.date(year, int(month), int(day))


PERIOD_KINDS: Mapping[str, Callable[[Row, dt.date, dt.date], Iterator[Report]]] = {
    "quarter_window": quarter_reports,
    "yearly_window": year_reports,
}


def after_holidays(safe: dt.date, duty: Row, holiday_rule: str, book: Book) -> tuple[dt.date | None, tuple[Reason, ...]]:
    """The deadline after the holiday rule and why, None when the table of holidays does not reach it.

    Whether an office's filings move is a row of `filing_offices.csv` (OFFICE_HOLIDAY of counting_rules); a `same working day`
    is counted by the working days of the state of whoever must act.
    """
    if holiday_rule == NOT_MOVED:
        return safe, ()
    if duty["deadline_kind"] in WORKING_DAY_KINDS:
        return _same_working_day(safe, duty, book)
    office = next(iter(book.in_force("filing_offices", safe, recipient=duty["recipient"])), None)
    if office is None:
        return safe, ()
    offices = offices_of(office["country"], book)
    if not office["counting_rule"]:
        return safe, _not_moved(safe, duty, office, offices)
    rule = book.one("counting_rules", code=office["counting_rule"]) or office
    moved = open_day(safe, offices)
    if moved is None:
        return None, (_unknown_holidays(safe, duty),)
    if moved == safe:
        return safe, ()
    about = {"duty": duty["code"], "to": duty["recipient"], "safe_due": safe, "due": moved}
    return moved, (Reason("deadline_moved", about, office["counting_rule"], rule["source"], office["confidence"]),)


def _same_working_day(safe: dt.date, duty: Row, book: Book) -> tuple[dt.date | None, tuple[Reason, ...]]:
    actor = book.one("authorities", code=duty["actor"])
    working_week = book.one("office_days", country=actor["side"].upper()) if actor else None
    if working_week is None:
        return None, (_unknown_holidays(safe, duty),)
    moved = open_day(safe, offices_of(working_week["country"], book))
    if moved is None:
        return None, (_unknown_holidays(safe, duty),)
    if moved == safe:
        return safe, ()
    return moved, (
        because("working_day_moved", working_week, duty["code"], duty=duty["code"], actor=duty["actor"], day=safe, due=moved),
    )


def _not_moved(safe: dt.date, duty: Row, office: Row, offices: Offices) -> tuple[Reason, ...]:
    if not reaches(safe, offices) or offices.open_on(safe):
        return ()
    return (because("deadline_not_moved", office, duty["code"], duty=duty["code"], to=duty["recipient"], day=safe),)


def _unknown_holidays(safe: dt.date, duty: Row) -> Reason:
    return because("holidays_not_known", duty, duty=duty["code"], safe_due=safe)


def reaches(day: dt.date, offices: Offices) -> bool:
    """Whether the table of public holidays speaks about the year of a day."""
    return bool(offices.holidays) and min(offices.holidays).year <= day.year <= max(offices.holidays).year


def open_day(day: dt.date, offices: Offices) -> dt.date | None:
    """The day itself or the first open day after it; None as soon as the table of holidays ends."""
    while reaches(day, offices):
        if offices.open_on(day):
            return day
        day += ONE_DAY
    return None
