"""One ledger under three norms side by side: what Pakistan, the ILO definition and Japan say of each line of cost.

A short verdict for each, as a code; none is hidden because another one allows. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rahdari.base.facts import read_facts
from rahdari.base.reference import Book
from rahdari.base.refusal import Reason

from .costs import check_costs
from .costs_lines import WORKER_SIDE
from .costs_shape import CostsFacts
from .ledger import CostTold, as_checked, route_of

# What a norm may say of a line, and how it is drawn: lawful, wrong, or not known.
GOOD, BAD, OPEN = "ok", "bad", "due"
TONES = {
    "within_cap": GOOD,
    "fixed_fee": GOOD,
    "lawful": GOOD,
    "explained": GOOD,
    "not_lawful": BAD,
    "should_be_zero": BAD,
    "never_lawful": BAD,
    "not_explained": BAD,
    "not_known": OPEN,
}
CAPPED, FIXED, UNEXPLAINED = "within_pk_ceiling", "right_amount", "MOC_E"
UNKNOWN = frozenset({"ceiling_unknown", "item_not_recognised"})


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A line of cost and the word each norm has for it; `reasons` are why."""

    line: CostTold
    pakistan: str
    ilo: str
    japan: str
    reasons: tuple[Reason, ...]


def under_norms(lines: Sequence[CostTold], *, route: str, book: Book, today: dt.date) -> list[Verdicts]:
    """Every line with its three verdicts, in the order given, by the law of the day."""
    if not lines:
        return []
    told = {**route_of(route, book), "lines": [as_checked(one) for one in lines]}
    answer = check_costs(read_facts(CostsFacts, told, book), book, today)
    findings = answer.answer["findings"]
    assert isinstance(findings, list)
    against: dict[int, dict[str, set[str]]] = {}
    for one in findings:
        against.setdefault(one["line"], {}).setdefault(one["norm"], set()).add(one["code"])
    reasons: dict[int, list[Reason]] = {}
    for reason in answer.reasons:
        reasons.setdefault(int(str(reason.about.get("line", 0))), []).append(reason)
    return [_verdicts(one, against.get(at, {}), tuple(reasons.get(at, ()))) for at, one in enumerate(lines)]


def _verdicts(line: CostTold, against: dict[str, set[str]], reasons: tuple[Reason, ...]) -> Verdicts:
    codes = {one.code for one in reasons}
    wrongful = bool(against.get("MOC"))
    pakistan = against.get("PK", set())
    if wrongful or pakistan - UNKNOWN:
        here = "not_lawful"
    elif (pakistan | codes) & UNKNOWN:
        here = "not_known"
    else:
        here = "within_cap" if CAPPED in codes else "fixed_fee" if FIXED in codes else "lawful"
    if "ilo_illegitimate" in codes:
        ilo = "never_lawful"
    else:
        ilo = "should_be_zero" if line.payer in WORKER_SIDE and line.money.amount and "ilo_worker_paid" in codes else "lawful"
    if against.get("MOC", set()) - {UNEXPLAINED} or against.get("JP", set()) - UNKNOWN:
        there = "not_lawful"
    else:
        there = "not_explained" if wrongful else "explained"
    return Verdicts(line, here, ilo, there, reasons)
