"""What is asked of people and programs at each step of a service from home.

What the law asks of the terms is asked for here; a program that sends it empty is told by the rule why it is needed.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Amount, Day, Facts
from rahdari.base.money import InWholeUnits, Money
from rahdari.domain.jobs.rules.remote import LONGEST_NAME, LONGEST_SCOPE, LONGEST_TITLE, MOST_MILESTONES

from .shapes import Currency, Hash, Language

Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Days = Annotated[int, Field(ge=0, le=366)]
PERCENT = "USD"  # typed like an amount with two decimals, kept in hundredths


class PriceFacts(Facts):
    """An amount in the smallest unit of its currency."""

    amount: Annotated[Amount, InWholeUnits("currency", usual="JPY")]
    currency: Currency = "JPY"

    def money(self) -> Money:
        """The amount as the actions take it."""
        return Money(self.currency, self.amount)


class MilestoneFacts(Facts):
    """A part of the work that is delivered and paid by itself."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    money: PriceFacts
    due_on: Day


class PaymentFacts(Facts):
    """When and by which way it is paid; the interest on a late payment in hundredths of a percent a year."""

    days: Days | None
    bank: Name
    charges: Literal["client", "worker", "shared", ""]
    late_interest: Annotated[Annotated[int, Field(ge=0, le=10_000)], InWholeUnits("", usual=PERCENT)] | None


class RightsFacts(Facts):
    """Whose the rights in the work are, from when, and whose until the client has paid."""

    owner: Literal["client", "worker", "both", ""]
    passes: Literal["delivery", "payment", "never", ""]
    until_paid: Literal["worker", "client", ""]


class SecrecyFacts(Facts):
    """Who keeps what secret, and for how long after the end."""

    who: Literal["none", "worker", "both"]
    months: Annotated[int, Field(ge=0, le=120)] = 0


class TaxFacts(Facts):
    """What either state does with the tax, as the client and the worker understand it."""

    japan: Literal["nothing_withheld", "withheld", "withheld_by_treaty"]
    pakistan: Literal["worker_declares", "bank_withholds"]


class DisputeFacts(Facts):
    """Who settles a dispute, and where."""

    way: Literal["court", "arbitration", "mediation"]
    place: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class EndingFacts(Facts):
    """How long before its end either side says so, and what is paid then."""

    notice_days: Days
    pays: Literal["work_done", "nothing"]


class ServiceFacts(Facts):
    """The terms of a service; who the client is comes from the register."""

    scope: Annotated[str, Field(min_length=1, max_length=LONGEST_SCOPE)]
    begins_on: Day
    milestones: Annotated[list[MilestoneFacts], Field(max_length=MOST_MILESTONES)] = []
    payment: PaymentFacts
    rate_day: Literal["delivery", "payment", "signing"]
    rights: RightsFacts
    secrecy: SecrecyFacts
    trial: Literal["none", "paid", "unpaid"]
    tax: TaxFacts
    law: Literal["law_japan", "law_pakistan", "law_third"]
    dispute: DisputeFacts
    ending: EndingFacts
    language: Language = "en"


class OfferService(Facts):
    """An offer of a service, signed by the client."""

    terms: ServiceFacts
    client_signed_on: Day


class AgreeService(Facts):
    """The worker's signature under the terms that were shown, by their hash."""

    terms_hash: Hash
    language: Language = "ur"


class BeginService(Facts):
    """The work has begun; nothing else is asked."""


class EndService(Facts):
    """A service ended; `last_on` is the last day something may be delivered, today where it is left out."""

    reason: Annotated[str, Field(max_length=40)]
    last_on: Day | None = None


class DeliverMilestone(Facts):
    """A milestone delivered; nothing else is asked."""


class ReturnMilestone(Facts):
    """A milestone given back, with a reason of the closed list."""

    reason: Literal["not_as_agreed", "part_missing", "does_not_work"]


class AcceptMilestone(Facts):
    """A milestone accepted; nothing else is asked."""


class PayMilestone(Facts):
    """A payment: how much, and the day it left the client."""

    money: PriceFacts
    paid_on: Day


class TakeUpOverdue(Facts):
    """What the officer did about a late payment; the note stays on this node and is not shown to the worker."""

    outcome: Literal["client_asked", "paid_meanwhile", "complaint_advised"]
    outcome_note: Annotated[str, Field(max_length=1000)] = ""


def as_service(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `OfferService` as `actions.offer_service` takes them."""
    signed_on = given.pop("client_signed_on")
    return given | {"terms": given["terms"].model_dump(mode="json"), "employer_signed_on": signed_on}


def as_taken_up(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `TakeUpOverdue` as `actions.take_up_overdue` takes them."""
    return given | {"note": given.pop("outcome_note", "")}


def as_paid(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `PayMilestone` as `actions.pay_milestone` takes them."""
    return given | {"money": given["money"].money(), "on": given.pop("paid_on")}
