"""What is asked of people and programs at each step between contract and arrival."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from rahdari.base.facts import Amount, Day, Facts, Moment, code_of
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.web.step_forms import PaperFacts

from ..rules.registration import Receipt

Number = Annotated[str, Field(max_length=60)]
Code = Annotated[str, Field(pattern="^[A-Z][A-Z0-9_]{1,39}$")]


class FileCoe(Facts):
    """The application for a certificate; `on` and `paper` where it is entered from the employer's letter."""

    bureau: Code
    receipt_no: Annotated[str, Field(min_length=1, max_length=60)]
    council_member: bool = False
    on: Day | None = None
    paper: PaperFacts | None = None


class DecideCoe(Facts):
    """The certificate; `on` is the day that stands on it."""

    coe_number: Number
    on: Day | None = None
    paper: PaperFacts | None = None


class RecordVisaFiled(Facts):
    """The application for the visa."""

    on: Day | None = None


class DecideVisa(Facts):
    """The visa; `on` is its day of issue, `until` the first day without it."""

    on: Day | None = None
    until: Day | None = None
    number: Number = ""
    paper: PaperFacts | None = None


class ReceiptFacts(Facts):
    """A fee paid at a bank, in paisa."""

    item: Annotated[str, code_of("fees_pk", "item")]
    amount: Amount
    number: Number
    paid_on: Day


class ApplyRegistration(Facts):
    """The application for the registration with its receipts."""

    receipts: Annotated[list[ReceiptFacts], Field(max_length=20)] = []
    insurance_no: Number = ""
    insured_on: Day | None = None
    oriented_on: Day | None = None


class IssueClearance(Facts):
    """The clearance; the check number is that of the contract the worker shows."""

    terms_hash: Annotated[str, Field(max_length=64)]


class BuildManifest(Facts):
    """A flight, its airports by IATA code, its times."""

    flight: Annotated[str, Field(max_length=20)]
    leaves_from: Annotated[str, code_of("departure_airports", "iata")]
    airport: Annotated[str, Field(max_length=3)]
    leaves_at: Moment
    eta: Moment


class RecordDeparture(Facts):
    """The departure."""

    on: Day | None = None


class ConfirmArrival(Facts):
    """The arrival; `paper` where it is entered from a letter or the landing permission."""

    airport: Annotated[str, Field(max_length=3)]
    picked_up: bool = False
    on: Day | None = None
    paper: PaperFacts | None = None


def as_applied(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `ApplyRegistration` as `actions.apply_registration` takes them."""
    receipts = [Receipt(one.item, one.amount, one.number, one.paid_on) for one in given.get("receipts", ())]
    return {"insurance_no": ""} | given | {"receipts": receipts}


__all__ = [
    "ApplyRegistration",
    "BuildManifest",
    "ConfirmArrival",
    "DecideCoe",
    "DecideVisa",
    "FileCoe",
    "IssueClearance",
    "RecordDeparture",
    "RecordVisaFiled",
    "as_applied",
    "with_paper",
]
