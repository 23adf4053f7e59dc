"""Cases for the tests of the eligibility checker: people who lack nothing, and ways to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from rahdari.base.facts import Answer, WrongFacts, read_facts
from rahdari.base.reference import Book, shipped_book
from rahdari.domain.placements.rules import EligibilityFacts, check_eligibility

BOOK = shipped_book()
TODAY = dt.date(2026, 11, 25)
JFT = {"test": "JFT_BASIC", "score": 215, "taken_on": "2025-02-01"}
N3 = {"test": "JLPT", "level": "N3", "taken_on": "2024-12-01"}
N4 = {"test": "JLPT", "level": "N4", "taken_on": "2024-12-01"}
GOOD: Mapping[str, Any] = {
    "status": "ssw1",
    "field": "FOOD_MFG",
    "applied_on": "2025-06-02",
    "starts_on": "2025-12-01",
    "landing_on": "2025-11-20",
    "born": "2000-05-05",
    "skill_tests": ["FOOD_MFG"],
    "language": [JFT],
}
DRIVER = GOOD | {
    "field": "AUTO_TRANSPORT",
    "duty": "TAXI",
    "skill_tests": ["AUTO_TRANSPORT/TAXI"],
    "language": [N3],
    "driving_licence_jp": True,
    "new_driver_training": True,
    "employer_good_workplace": True,
}
TRAINED = {"stage": "ii", "months_completed": 34, "good_completion": True, "related_field": True}


def ask(facts: Mapping[str, Any], today: dt.date = TODAY, book: Book = BOOK) -> Answer:
    return check_eligibility(read_facts(EligibilityFacts, dict(facts), book), book, today)


def told(facts: Mapping[str, Any], *members: str) -> tuple[Any, ...]:
    answer = ask(facts).answer
    return tuple(answer[member] for member in members)


def faults(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(WrongFacts) as wrong:
        ask(facts)
    return [(fault.path, fault.code) for fault in wrong.value.faults]


def without(facts: Mapping[str, Any], *members: str) -> dict[str, Any]:
    return {member: value for member, value in facts.items() if member not in members}


def codes(answer: Answer) -> set[str]:
    return {reason.code for reason in answer.reasons}
