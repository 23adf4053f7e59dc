"""What a worker is asked in private of costs and terms, and what an officer says of the answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Amount, Facts
from rahdari.base.money import InWholeUnits, Money

from ..rules.questions import Held, Said, Term
from .shapes import Currency


class PrivateAnswer(Facts):
    """A private answer; `paid` is what was paid in all, in the smallest unit of its currency."""

    asked_for_more: bool = False
    paid: Annotated[Amount, InWholeUnits("currency")] | None = None
    currency: Currency = "PKR"
    paid_to: Annotated[str, Field(max_length=200)] = ""
    held: list[Held] = []
    penalty: bool = False
    differing: list[Term] = []
    words: Annotated[str, Field(max_length=2000)] = ""
    alone: bool = False


class ContestCosts(PrivateAnswer):
    """What is wrong with the costs, or is asked beside them, before the contract."""


class AnswerAgain(PrivateAnswer):
    """The answer after the arrival; nothing at all says that all is as it was agreed."""


class ExamineAnswer(Facts):
    """What follows from an answer, and why."""

    outcome: Literal["notice", "put_right", "no_ground"]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


def as_said(given: dict[str, Any]) -> dict[str, Any]:
    """The members of a private answer as the actions take them."""
    currency, paid = given.pop("currency", "PKR"), given.pop("paid", None)
    told = {name: given.pop(name) for name in ("asked_for_more", "paid_to", "penalty", "words") if name in given}
    lists = {name: tuple(given.pop(name)) for name in ("held", "differing") if name in given}
    money = None if paid is None else Money(currency, paid)
    return given | {"said": Said(paid=money, **told, **lists)}
