"""What a worker is asked in private of costs and terms: before the contract, and again twice after the arrival.

Facts in, findings out; a person decides what follows from a finding. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal

BEFORE, FIRST, SECOND = "costs_before", "costs_first", "costs_second"
AFTER_ARRIVAL = {FIRST: "contracts.ask_again_first", SECOND: "contracts.ask_again_second"}  # rows of `action_targets`
ANSWER_MOVES = {
    "answer_asked": {"answer_agrees", "answer_differs", "answer_silent"},
    "answer_agrees": set(),
    "answer_silent": set(),
    "answer_differs": {"answer_examined"},
    "answer_examined": set(),
}
Held = Literal[
    "held_money", "held_valuables", "held_land_papers", "held_passport", "held_residence_card", "held_telephone",
    "held_bank_book", "held_other_property",
]  # fmt: skip
HELD: tuple[str, ...] = get_args(Held)
BINDS = frozenset({"held_passport", "held_residence_card", "held_telephone"})  # without these nobody can leave or call for help
Term = Literal[
    "term_pay", "term_hours", "term_work", "term_place", "term_housing", "term_deductions", "term_language_of_contract"
]
TERMS: tuple[str, ...] = get_args(Term)
DEPOSIT, PENALTY, RIGHTS, NO_BASIS, SUBSTITUTED = "MOC_A", "MOC_B", "MOC_C", "MOC_E", "terms_differ"
OUTCOMES = ("notice", "put_right", "no_ground")


@dataclass(frozen=True, slots=True)
class Said:
    """A worker's private answer: what was paid in all, what somebody holds, what is threatened, which terms are others."""

    asked_for_more: bool = False
    paid: Money | None = None
    paid_to: str = ""
    held: tuple[str, ...] = ()
    penalty: bool = False
    differing: tuple[str, ...] = ()
    words: str = ""


def findings(said: Said, confirmed: Sequence[Money]) -> list[str]:
    """The kinds of wrongful act of MOC 4(1) an answer speaks of, and `terms_differ`; `confirmed` are the sums agreed before.

    Paying more than was confirmed is a payment without basis. What is held is a deposit, and a restriction of freedom too
    when it is what a person needs to leave.
    """
    found = []
    if said.held:
        found.append(DEPOSIT)
    if said.penalty:
        found.append(PENALTY)
    if BINDS & set(said.held):
        found.append(RIGHTS)
    if said.asked_for_more or _more_than(said.paid, confirmed):
        found.append(NO_BASIS)
    if said.differing:
        found.append(SUBSTITUTED)
    return found


def _more_than(paid: Money | None, confirmed: Sequence[Money]) -> bool:
    if paid is None or paid.amount == 0:
        return False
    return paid.amount > next((one.amount for one in confirmed if one.currency == paid.currency), 0)


def why_not_answer(said: Said, *, alone: bool) -> list[Refusal]:
    """Why an answer does not count: it was not given alone, or names what is not in the lists."""
    against = [] if alone else [Refusal("not_alone_in_session", member="alone")]
    against += [Refusal("not_held_property", {"said": one}, member="held") for one in said.held if one not in HELD]
    return against + [Refusal("term_unknown", {"said": one}, member="differing") for one in said.differing if one not in TERMS]


def why_not_contest(found: Sequence[str], *, declared: bool, confirmed: bool) -> list[Refusal]:
    """Why costs cannot be contested: none are declared, they are confirmed, or nothing was said against them."""
    against = [] if declared else [Refusal("costs_not_declared")]
    if confirmed:
        against.append(Refusal("wrong_state"))
    return against if found else [*against, Refusal("nothing_contested", member="paid")]


def why_not_examine(outcome: str, reason: str, found: Sequence[str]) -> list[Refusal]:
    """Why an officer's decision does not stand: no outcome, no reason, or a notice of what no category of MOC 4(1) names."""
    against = [] if outcome in OUTCOMES else [Refusal("follow_up_unknown", member="outcome")]
    if not reason.strip():
        against.append(Refusal("reason_missing", member="reason"))
    if outcome == "notice" and not categories(found):
        against.append(Refusal("category_missing", member="outcome"))
    return against


def categories(found: Sequence[str]) -> list[str]:
    """Those of the findings that are categories of MOC 4(1)."""
    return [one for one in found if one != SUBSTITUTED]


def arrived_by(today: dt.date, book: Book) -> Mapping[str, dt.date]:
    """For each round the last day of arrival of those it is due for today; a round without a row in force is not asked.

    Raises ValueError where the table counts in another unit than days.
    """
    days = {}
    for name, code in AFTER_ARRIVAL.items():
        for row in book.in_force("action_targets", today, use_case=code):
            if row["unit"] != "days":
                raise ValueError(row["unit"])
            days[name] = today - dt.timedelta(days=row.number("number") or 0)
    return days
