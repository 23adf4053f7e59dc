"""What is asked of people and programs at each step of terms, costs and contract."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Amount, Day, Facts
from rahdari.base.money import InWholeUnits, Money
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.domain.jobs.rules.terms_facts import TermsFacts
from rahdari.web.step_forms import PaperFacts

from ..rules.ledger import CostTold

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Language = Literal["ur", "en", "ja"]
Currency = Literal["PKR", "JPY", "USD"]
Channel = Literal["bank", "digital", "cash"]


class OfferEmployment(Facts):
    """An offer; without terms those of the demand are offered. `on` and `paper` where it is entered from the letter."""

    terms: TermsFacts | None = None
    employer_signed_on: Day
    on: Day | None = None
    paper: PaperFacts | None = None


class CallReserve(Facts):
    """A call from the reserve list; without terms those of the demand are offered."""

    terms: TermsFacts | None = None
    employer_signed_on: Day


class DeclineOffer(Facts):
    """An offer declined; nobody is asked why."""


class ConfirmTerms(Facts):
    """The worker's yes to the terms that were shown, by their hash."""

    terms_hash: Hash
    language: Language = "ur"


class LineFacts(Facts):
    """One line of cost; the amount in the smallest unit of its currency."""

    code: Annotated[str, Field(min_length=1, max_length=60)]
    amount: Annotated[Amount, InWholeUnits("currency")]
    currency: Currency = "PKR"
    payer: Literal["worker", "family", "employer", "promoter", "oec", "government"]
    payee: Literal[
        "promoter", "oec", "government", "airline", "clinic", "test_centre", "training_body", "bank", "landlord", "employer"
    ]
    basis: Annotated[str, Field(max_length=300)] = ""
    channel: Channel = "bank"


class DeclareCosts(Facts):
    """Every cost of the case; none at all says that the worker pays nothing."""

    lines: Annotated[list[LineFacts], Field(max_length=60)] = []


class ConfirmCosts(Facts):
    """The worker's yes to the lines that were shown, by their hash."""

    lines_hash_seen: Hash
    alone: bool = False


class ChangeTerms(Facts):
    """Other terms, whole, as the employer signed them."""

    terms: TermsFacts
    employer_signed_on: Day


class AgreeChange(Facts):
    """The worker's yes to changed terms, by their hash."""

    terms_hash: Hash


class RescindContract(Facts):
    """A signed contract taken back before the departure, with a reason of the side that does it."""

    reason: Annotated[str, Field(max_length=40)]


class SignContract(Facts):
    """The worker's signature under the terms that were shown, by their hash; the landing where the way has one."""

    terms_hash: Hash
    lands_on: Day | None = None
    health_fit: bool = False


def as_offered(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `OfferEmployment` and `ChangeTerms` as the actions take them."""
    terms = given.pop("terms", None)
    return with_paper(given) | ({"terms": terms.told()} if terms is not None else {})


def as_declared(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `DeclareCosts` as `actions.declare_costs` takes them."""
    return given | {"lines": [_line(one) for one in given.get("lines", ())]}


def _line(told: LineFacts) -> CostTold:
    return CostTold(told.code, Money(told.currency, told.amount), told.payer, told.payee, told.basis, told.channel)
