"""What is asked of people and programs at each step between contract and arrival."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Amount, Day, Facts, Moment, code_of
from rahdari.base.money import InWholeUnits
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.web.step_forms import PaperFacts

from ..rules.manifests import MOST_PEOPLE
from ..rules.registration import Receipt

Number = Annotated[str, Field(max_length=60)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
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
    amount: Annotated[Amount, InWholeUnits("currency", usual="PKR")]
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


class BuildManifests(BuildManifest):
    """A flight and everybody who is put on it."""

    cases: Annotated[list[Id], Field(max_length=MOST_PEOPLE)] = []


class RecordDeparture(Facts):
    """The departure."""

    on: Day | None = None


class ConfirmArrival(Facts):
    """The arrival; `paper` where it is entered from a letter or the landing permission."""

    airport: Annotated[str, Field(max_length=3)]
    picked_up: bool = False
    on: Day | None = None
    paper: PaperFacts | None = None


class MissedFacts(Facts):
    """Somebody of a manifest who did not fly."""

    case: Id
    code: Literal["offloaded", "late", "ill", "cancelled", "no_show"]
    next_on: Day | None = None


class RecordDepartures(Facts):
    """Who of a manifest left, and who did not; who is not named stays booked."""

    departed: Annotated[list[Id], Field(max_length=MOST_PEOPLE)] = []
    missed: Annotated[list[MissedFacts], Field(max_length=MOST_PEOPLE)] = []
    on: Day | None = None


class ArrivedFacts(Facts):
    """Somebody of a manifest who arrived."""

    case: Id
    picked_up: bool = False


class NotArrivedFacts(Facts):
    """Somebody of a manifest who did not arrive."""

    case: Id
    last_known: Literal["boarded", "transit", "landed", "nowhere"]


class ConfirmArrivals(Facts):
    """Who of a manifest arrived, and who did not; who is not named is awaited still."""

    arrived: Annotated[list[ArrivedFacts], Field(max_length=MOST_PEOPLE)] = []
    not_arrived: Annotated[list[NotArrivedFacts], Field(max_length=MOST_PEOPLE)] = []
    on: Day | None = None


def as_applied(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `ApplyRegistration` as `actions.apply_registration` takes them."""
    receipts = [Receipt(one.item, one.amount, one.number, one.paid_on) for one in given.get("receipts", ())]
    return {"insurance_no": ""} | given | {"receipts": receipts}


__all__ = [
    "ApplyRegistration",
    "BuildManifest",
    "BuildManifests",
    "ConfirmArrival",
    "ConfirmArrivals",
    "DecideCoe",
    "DecideVisa",
    "FileCoe",
    "IssueClearance",
    "RecordDeparture",
    "RecordDepartures",
    "RecordVisaFiled",
    "as_applied",
    "with_paper",
]
