"""The sixth year: who failed the test of SSW(ii) narrowly may stay longer.

No Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .stay_said import said
from .stay_shape import SixYear, StayFacts, Test

FAILED = "failed SSW(ii) test"


@dataclass(frozen=True, slots=True)
class SixthYear:
    """Whether the exception holds (None: not asked), the limit it gives in months, why, and the row that gives it."""

    holds: bool | None
    months: int | None
    reasons: tuple[Reason, ...]
    row: Row | None = None


def sixth_year(facts: StayFacts, as_of: dt.date, five_years_end: dt.date | None, book: Book) -> SixthYear:
    """Whether the limit is lengthened by the exception for those who failed (EXTEND_SIX_YEARS).

    Every condition must be shown; one that is left out is not. `five_years_end` is the day on which the
    ordinary limit is full; a request after it comes too late.
    """
    if facts.six_year is None:
        return SixthYear(None, None, ())
    asked = facts.six_year
    applied_on = asked.applied_on or as_of
    every = book.rows("stay_rules", status=facts.status, kind="exception", applies_to=FAILED)
    row = next((row for row in every if row.in_force(applied_on)), None)
    if row is None:
        why = said("stay_six_years_not_yet", every[0], applied_on=applied_on, start=every[0].day("valid_from")) if every else None
        return SixthYear(False, None, (why or said("stay_six_years_not_here"),))
    against, doubt = tuple(_against(asked, row, book)), tuple(_field_without_ssw2(facts, book))
    if five_years_end is not None and applied_on > five_years_end:
        against += (said("stay_six_years_too_late", _procedure(facts, book) or row, end=five_years_end, applied_on=applied_on),)
    if against:
        return SixthYear(False, None, (*against, *doubt))
    return SixthYear(True, row.number("value"), (said("stay_six_years_granted", row, months=row.number("value")), *doubt), row)


def _field_without_ssw2(facts: StayFacts, book: Book) -> Iterator[Reason]:
    """A word of doubt, no verdict: the tests shown are of a field in which there is no SSW(ii)."""
    latest = max(facts.stays or (), key=lambda stay: stay.first, default=None)
    field = book.one("fields", code=latest.field) if latest and latest.field else None
    if field is not None and field["ssw2_scope"] == "none":
        yield said("stay_field_without_ssw2", field, field=field["code"])


def _procedure(facts: StayFacts, book: Book) -> Row | None:
    return book.one("stay_rules", status=facts.status, kind="procedure")


def _against(asked: SixYear, row: Row, book: Book) -> Iterator[Reason]:
    tests = asked.tests or []
    if not tests:
        yield said("stay_no_test_shown", row)
    elif all(_passed(test) for test in tests):
        yield said("stay_all_tests_passed", row)
    for number, test in enumerate(tests, 1):
        yield from _against_test(number, test, row, book)
    if asked.pledge_to_retry is not True:
        yield said("no_pledge", row)
    if asked.employer_keeps is not True:
        yield said("stay_employer_not_keeping", row)
    if asked.employer_trains is not True:
        yield said("stay_employer_not_training", row)


def _passed(test: Test) -> bool:
    """As the notice says; where it does not, a score of the pass mark or more is a pass."""
    if test.passed is not None:
        return test.passed
    return test.score is not None and test.pass_mark is not None and test.score >= test.pass_mark


def _against_test(number: int, test: Test, row: Row, book: Book) -> Iterator[Reason]:
    if _passed(test):
        return
    if test.score is None or test.pass_mark is None:
        yield said("stay_score_not_shown", row, test=number)
        return
    share = book.one("stay_thresholds", rule=row["code"], comparison="at_least")
    percent = share.number("number") if share else None
    if percent is None:
        yield said("stay_share_unknown", row, test=number)
    elif test.score * 100 < percent * test.pass_mark:
        yield said("score_below", row, test=number, score=test.score, pass_mark=test.pass_mark, percent=percent)
