"""The statements of this package: seats of a sitting, told to anyone, and results, told by booking number without a name.

The booking itself crosses as step `test_booked` of `journey.stage/1` (`jobs.messages`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypedDict

from rahdari.base.money import Money
from rahdari.base.statements import Marking
from rahdari.seals.forms import MOMENT, write_moment

from ..rules.results import OUTCOMES, ResultLine

SEATS, RESULTS = "exam.seats/1", "exam.results/1"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


class MoneyTold(TypedDict):
    """An amount in the smallest unit of its currency."""

    amount: int
    currency: str


class Seats(TypedDict):
    """The content of `exam.seats/1`."""

    sitting: str
    exam: str
    field: str | None
    level: str | None
    body: str
    venue: str
    at: str
    seats: int
    booking_until: str
    fee: MoneyTold | None
    payer: str | None


class SectionTold(TypedDict):
    """The score of one section."""

    code: str
    score: int
    max: int


class ResultTold(TypedDict):
    """One result, by the number of its booking."""

    booking: str
    result: str
    outcome: str
    sections: list[SectionTold]
    certificate_no: str | None
    corrects: str | None


class Results(TypedDict):
    """The content of `exam.results/1`."""

    sitting: str
    on: str
    results: list[ResultTold]


def seats_told(
    *, sitting: str, exam: str, field: str, level: str, body: str, venue: str, at: dt.datetime, seats: int,
    booking_until: dt.date, fee: Money | None, payer: str,
) -> Seats:  # fmt: skip
    """The content of `exam.seats/1`; the moment of the sitting in UTC."""
    return Seats(
        sitting=sitting,
        exam=exam,
        field=field or None,
        level=level or None,
        body=body,
        venue=venue,
        at=write_moment(at),
        seats=seats,
        booking_until=booking_until.isoformat(),
        fee=None if fee is None else MoneyTold(amount=fee.amount, currency=fee.currency),
        payer=payer or None,
    )


def result_told(*, booking: str, result: str, line: ResultLine, corrects: str | None = None) -> ResultTold:
    """One line of `exam.results/1`; one that takes the place of an earlier result names it."""
    return ResultTold(
        booking=booking,
        result=result,
        outcome=line.outcome,
        sections=[SectionTold(code=one.code, score=one.score, max=one.max) for one in line.sections],
        certificate_no=line.certificate_no or None,
        corrects=corrects,
    )


def results_told(*, sitting: str, on: dt.date, results: Iterable[ResultTold]) -> Results:
    """The content of `exam.results/1`."""
    return Results(sitting=sitting, on=on.isoformat(), results=list(results))


def marking_of_results(bodies: Iterable[str]) -> dict[str, Any]:
    """Who may see results: whoever booked the seats (a promoter, the state company, a training body), and each person."""
    return Marking("named_bodies", tuple(sorted(set(bodies)))).told()


UUID = {"type": "string", "format": "uuid"}
DAY = {"type": "string", "format": "date"}
CODE = {"type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,59}$"}
CODE_OR_NONE = {"type": ["string", "null"], "pattern": "^[A-Z][A-Z0-9_]{0,59}$"}
BODY = {"type": "string", "minLength": 1, "maxLength": 80}
MONEY = {
    "type": ["object", "null"],
    "required": ["amount", "currency"],
    "properties": {
        "amount": {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    },
}
EXAM_SEATS: dict[str, Any] = {
    "$schema": DRAFT,
    "$id": SEATS,
    "title": "Seats of a sitting",
    "type": "object",
    "required": ["sitting", "exam", "body", "venue", "at", "seats", "booking_until"],
    "properties": {
        "sitting": UUID,
        "exam": CODE,
        "field": CODE_OR_NONE,
        "level": CODE_OR_NONE,
        "body": BODY,
        "venue": {"type": "string", "minLength": 1, "maxLength": 200},
        "at": MOMENT,
        "seats": {"type": "integer", "minimum": 1, "maximum": 100_000},
        "booking_until": DAY,
        "fee": MONEY,
        "payer": {"enum": ["worker", "employer", "exam_body", None]},
    },
}
EXAM_RESULTS: dict[str, Any] = {
    "$schema": DRAFT,
    "$id": RESULTS,
    "title": "Results of a sitting",
    "type": "object",
    "required": ["sitting", "on", "results"],
    "properties": {
        "sitting": UUID,
        "on": DAY,
        "results": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
                "type": "object",
                "required": ["booking", "result", "outcome", "sections"],
                "properties": {
                    "booking": {"type": "string", "minLength": 1, "maxLength": 60},
                    "result": UUID,
                    "outcome": {"enum": list(OUTCOMES)},
                    "sections": {
                        "type": "array",
                        "maxItems": 20,
                        "items": {
                            "type": "object",
                            "required": ["code", "score", "max"],
                            "properties": {
                                "code": {"type": "string", "minLength": 1, "maxLength": 40},
                                "score": {"type": "integer", "minimum": 0},
                                "max": {"type": "integer", "minimum": 0},
                            },
                        },
                    },
                    "certificate_no": {"type": ["string", "null"], "maxLength": 60},
                    "corrects": {"type": ["string", "null"], "format": "uuid"},
                },
            },
        },
    },
}
SCHEMAS = {SEATS: EXAM_SEATS, RESULTS: EXAM_RESULTS}
MARKINGS: dict[str, dict[str, Any]] = {SEATS: Marking("public").told(), RESULTS: Marking("named_bodies").told()}
PERSONALS: dict[str, tuple[str, ...]] = {
    SEATS: (),
    RESULTS: ("results: by booking number, without a name; the person and whoever booked for them must learn the outcome",),
}
