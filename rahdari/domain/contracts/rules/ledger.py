"""The costs of one case as lines both sides hold alike: what may be declared, what the worker confirms, one hash.

Amounts are whole numbers of the smallest unit of their currency. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rahdari.base.facts import read_facts
from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.base.refusal import Reason, Refusal
from rahdari.domain.jobs.rules.line import fees_of

from .costs import check_costs
from .costs_lines import WORKER_SIDE, recognised
from .costs_shape import CostsFacts

# How many of the smallest unit make the unit the tables are written in (ISO 4217).
MINOR_UNITS = {"JPY": 1, "PKR": 100, "USD": 100}
PAYERS = ("worker", "family", "employer", "promoter", "oec", "government")
PAYEES = ("promoter", "oec", "government", "airline", "clinic", "test_centre", "training_body", "bank", "landlord", "employer")
CHANNELS = ("bank", "digital", "cash")
# Findings of the checker of costs that forbid a line, and what the refusal is called here.
REFUSED_AS = {
    "over_pk_ceiling": "over_ceiling",
    "charge_not_on_route": "over_ceiling",
    "wrong_amount": "fee_is_fixed",
    "cash": "cash",
    "MOC_A": "forbidden_for_worker",
    "MOC_B": "forbidden_for_worker",
    "MOC_E": "no_basis",
    "wrong_payer": "forbidden_for_worker",
    "support_cost_charged": "forbidden_for_worker",
    "unlicensed_intermediary": "forbidden_for_worker",
}


@dataclass(frozen=True, slots=True)
class CostTold:
    """One line of costs: what for, how much, who pays whom, on which basis it was worked out, and by which way."""

    code: str
    money: Money
    payer: str
    payee: str
    basis: str
    channel: str = "bank"

    def told(self) -> dict[str, object]:
        """As it stands in a statement: without the way and without receipts."""
        money = {"amount": self.money.amount, "currency": self.money.currency}
        return {"code": self.code, "money": money, "payer": self.payer, "payee": self.payee, "basis": self.basis}


def line_of(told: Mapping[str, object]) -> CostTold:
    """A line of a statement as the rules take it."""
    money = told["money"]
    assert isinstance(money, Mapping)
    amount = Money(str(money["currency"]), int(money["amount"]))
    return CostTold(str(told["code"]), amount, str(told["payer"]), str(told["payee"]), str(told["basis"]))


def lines_hash(lines: Iterable[CostTold]) -> str:
    """SHA-256 in hexadecimal over the canonical JSON of all lines, in an order that does not depend on who declared first."""
    told = sorted(json.dumps(one.told(), ensure_ascii=False, sort_keys=True, separators=(",", ":")) for one in lines)
    return hashlib.sha256(("[" + ",".join(told) + "]").encode("utf-8")).hexdigest()


def worker_total(lines: Iterable[CostTold]) -> list[Money]:
    """What falls on the worker and their family, a sum for each currency, in the order of the currencies' codes."""
    sums: dict[str, Money] = {}
    for one in lines:
        if one.payer in WORKER_SIDE:
            sums[one.money.currency] = sums[one.money.currency] + one.money if one.money.currency in sums else one.money
    return [sums[currency] for currency in sorted(sums)]


def why_not_declare(
    lines: Sequence[CostTold],
    *,
    route: str,
    confirmed: bool,
    before: Sequence[CostTold],
    book: Book,
    today: dt.date,
    rescinded: bool = False,
) -> list[Refusal]:
    """Why these lines cannot be declared: `before` are the lines others declared, which meet the same ceilings.

    After a contract was taken back (`rescinded`) nothing may be asked for that: `penalty_forbidden`.
    """
    if rescinded:
        return [Refusal("penalty_forbidden")]
    against = [Refusal("wrong_state")] if confirmed else []
    for number, one in enumerate(lines):
        if not one.basis.strip():
            against.append(Refusal("no_basis", {"position": number + 1}, member=f"lines.{number}.basis"))
        if not recognised(one.code, book)[1]:
            against.append(Refusal("cost_unknown", {"code": one.code}, member=f"lines.{number}.code"))
        if one.money.currency not in MINOR_UNITS or one.money.amount % MINOR_UNITS.get(one.money.currency, 1):
            against.append(Refusal("amount_not_whole", {"position": number + 1}, member=f"lines.{number}.amount"))
    return against or [*_found(lines, before, route, book, today)]


def declared_whole(bodies: Iterable[str], recruiter: str) -> bool:
    """Whether everybody who must declare did: whoever recruits, or anybody at all where nobody recruits."""
    told = set(bodies)
    return recruiter in told if recruiter else bool(told)


def as_confirmed(others: Sequence[CostTold], own: Sequence[Sequence[CostTold]], told_hash: str) -> int | None:
    """Which of this side's declarations (newest first) the worker confirmed; the last place says none, None that no hash fits.

    A declaration that crossed the worker's yes on the way was refused on the other node and counts for nothing here.
    """
    every = [*own, ()]
    return next((place for place, lines in enumerate(every) if lines_hash([*others, *lines]) == told_hash), None)


def _found(lines: Sequence[CostTold], before: Sequence[CostTold], route: str, book: Book, today: dt.date) -> Iterable[Refusal]:
    every = [*before, *lines]
    facts = read_facts(CostsFacts, {**route_of(route, book), "lines": [as_checked(one) for one in every]}, book)
    seen = set()
    for reason in check_costs(facts, book, today).reasons:
        place = int(str(reason.about.get("line", -1))) - len(before)
        code = REFUSED_AS.get(reason.code, "")
        if code and place >= 0 and (code, place) not in seen:
            seen.add((code, place))
            yield _refusal(code, reason, place)


def _refusal(code: str, reason: Reason, place: int) -> Refusal:
    about = {**reason.about, "position": place + 1}
    return Refusal(code, about, reason.rule, reason.source, reason.confidence, member=f"lines.{place}.amount")


def route_of(route: str, book: Book) -> dict[str, str]:
    """The route as the checker of costs takes it; nothing where its fees are in no table."""
    route = fees_of(route)
    return {"route": route} if route in book.codes("fees_pk", "route") else {}


def as_checked(one: CostTold) -> dict[str, object]:
    """A line as the checker of costs takes it, in whole units."""
    whole = one.money.amount // MINOR_UNITS[one.money.currency]
    told = {"item": one.code, "amount": whole, "currency": one.money.currency, "payer": one.payer, "payee": one.payee}
    return {**told, "channel": one.channel, "basis_shown": bool(one.basis.strip())}


def why_not_confirm_costs(
    *, declared: bool, confirmed: bool, alone: bool, told_hash: str, lines: Sequence[CostTold]
) -> list[Refusal]:
    """Why the worker's yes to the costs does not count; `told_hash` is that of the lines the page showed."""
    against = [Refusal("wrong_state")] if confirmed else []
    if not declared:
        against.append(Refusal("costs_not_declared"))
    if not alone:
        against.append(Refusal("not_alone_in_session", member="alone"))
    if told_hash != lines_hash(lines):
        against.append(Refusal("lines_changed", member="lines_hash"))
    return against
