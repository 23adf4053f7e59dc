"""Asks a checker: facts in, answer with every reason in the reader's words out. Keeps nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import override

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.facts import Answer, Facts, Fault, WrongFacts, read_facts
from rahdari.base.reference import Book
from rahdari.domain.contracts.rules import CostsFacts, check_costs
from rahdari.domain.fields.queries.joined import book_with_orders
from rahdari.domain.fields.rules.suspension import SuspensionFacts, check_suspension
from rahdari.domain.organisations.rules import IdentifiersFacts, check_identifiers
from rahdari.domain.placements.rules import EligibilityFacts, check_eligibility
from rahdari.domain.residence.rules import DeadlinesFacts, StayFacts, check_deadlines, check_stay
from rahdari.web.words import say, say_fault


@dataclass(frozen=True, slots=True)
class Checker:
    """A checker: the shape of its facts and the rule that answers."""

    facts: type[Facts]
    check: Callable[[Any, Book, dt.date], Answer]


CHECKERS: Mapping[str, Checker] = {
    "eligibility": Checker(EligibilityFacts, check_eligibility),
    "costs": Checker(CostsFacts, check_costs),
    "stay": Checker(StayFacts, check_stay),
    "suspension": Checker(SuspensionFacts, check_suspension),
    "deadlines": Checker(DeadlinesFacts, check_deadlines),
    "identifiers": Checker(IdentifiersFacts, check_identifiers),
}
MOST_AT_ONCE = 1_000
READ_ORDERS = frozenset({"suspension", "eligibility"})


def book_in_force(actor: Actor, name: str) -> Book:
    """What the pages and the API of a node answer by: the tables and, where a checker reads them, the orders recorded here."""
    book = current_book()
    return book_with_orders(actor, book) if name in READ_ORDERS else book


def answer_to(actor: Actor, name: str, given: object, *, book: Book, today: dt.date, language: str) -> dict[str, Any]:
    """The answer of one checker to one set of facts, ready for JSON; raises `WrongFacts`, or KeyError for the name."""
    checker = CHECKERS[name]
    answer = checker.check(read_facts(checker.facts, given, book), book, today)
    with override(language):
        reasons = [
            {
                "code": reason.code,
                "message": say(reason),
                "rule": reason.rule,
                "source": reason.source,
                "confidence": reason.confidence,
            }
            for reason in answer.reasons
        ]
    return {
        "answer": plain(answer.answer),
        "reasons": reasons,
        "as_of": answer.as_of.isoformat(),
        "reference_version": book.version,
    }


def answers_to(
    actor: Actor, name: str, given: list[object], *, book: Book, today: dt.date, language: str
) -> list[dict[str, Any]]:
    """An answer for each of many sets of facts; a refused one holds its error and spoils no other."""
    if len(given) > MOST_AT_ONCE:
        raise WrongFacts([Fault("", "too_many")])
    answers = []
    for one in given:
        try:
            answers.append(answer_to(actor, name, one, book=book, today=today, language=language))
        except WrongFacts as wrong:
            answers.append(error_of(wrong, language))
    return answers


def error_of(wrong: WrongFacts, language: str) -> dict[str, Any]:
    """Refused facts, ready for JSON: the path and the words of the first fault."""
    first = wrong.faults[0]
    with override(language):
        return {"error": {"path": first.path, "message": say_fault(first)}}


def plain(value: Any) -> Any:
    """The same value in what JSON can hold."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(one) for one in value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
