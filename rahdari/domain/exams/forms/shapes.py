"""What is asked of people and programs at each step of an exam."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from rahdari.base.facts import Amount, Day, Facts, Moment, code_of, own_fault
from rahdari.base.money import InWholeUnits, Money
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.web.step_forms import PaperFacts

from ..rules.results import ResultLine, SectionScore

Exam = Annotated[str, code_of("exam_kinds")]
FieldCode = Annotated[str, code_of("fields")]
Number = Annotated[str, Field(max_length=60)]


def _id(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise own_fault("wrong_value") from None


FileId = Annotated[str, AfterValidator(_id)]


class OpenSeats(Facts):
    """Seats of a sitting; the fee in the smallest unit of its currency, left out where the test is free.

    `basis` is said for more seats than attested demand needs: the figure behind them and where it comes from.
    """

    exam: Exam
    field: FieldCode | None = None
    level: Annotated[str, Field(max_length=40)] = ""
    venue: Annotated[str, Field(min_length=1, max_length=200)]
    starts_at: Moment
    seats: Amount
    booking_until: Day | None = None
    fee: Annotated[Amount, InWholeUnits("currency")] | None = None
    currency: Literal["PKR", "JPY", "USD"] = "PKR"
    payer: Literal["worker", "employer", "exam_body"] | None = None
    basis: Annotated[str, Field(max_length=300)] = ""


class BookSeat(Facts):
    """A seat; a worker says nothing, an office names the file."""

    file_id: FileId | None = None


class SectionFacts(Facts):
    """The score of one section."""

    code: Annotated[str, Field(max_length=40)]
    score: Amount
    max: Amount


class ResultFacts(Facts):
    """What the examiner found for one booking number."""

    number: Number
    outcome: Literal["pass", "fail", "no_show"]
    identity_checked: bool = False
    certificate_no: Number = ""
    sections: Annotated[list[SectionFacts], Field(max_length=20)] = []


class RecordResults(Facts):
    """The results of a sitting, all at once or some at a time."""

    results: Annotated[list[ResultFacts], Field(max_length=1000)] = []


class RecordCertificate(Facts):
    """A test passed, read off its certificate."""

    file_id: FileId
    exam: Exam
    field: FieldCode | None = None
    level: Annotated[str, Field(max_length=40)] = ""
    on: Day
    certificate_no: Number
    paper: PaperFacts | None = None


class CheckCertificate(Facts):
    """The number as the examiner confirms it."""

    certificate_no: Number


def as_opened(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `OpenSeats` as `actions.open_seats` takes them."""
    fee, currency = given.pop("fee", None), given.pop("currency", "PKR")
    told = {name: value for name, value in given.items() if value is not None}
    return told | {"fee": Money(currency, fee) if fee else None}


def as_recorded(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `RecordResults` as `actions.record_results` takes them."""
    return given | {"results": [_line(one) for one in given.get("results", ())]}


def _line(told: ResultFacts) -> ResultLine:
    sections = tuple(SectionScore(one.code, one.score, one.max) for one in told.sections)
    return ResultLine(told.number, told.outcome, told.identity_checked, told.certificate_no, sections)


def as_entered(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `RecordCertificate` as `actions.record_certificate` takes them."""
    return as_booked({name: value for name, value in with_paper(given).items() if value is not None})


def as_booked(given: dict[str, Any]) -> dict[str, Any]:
    """Members with the id of a file as actions take it; left out where none was told."""
    told = given.pop("file_id", None)
    return given | ({"file_id": UUID(told)} if told else {})
