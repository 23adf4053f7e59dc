"""Receipts of the cost ledger: what one may say, when money comes back, and what remains paid of a line.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.money import Money
from rahdari.base.refusal import Refusal

from .costs_lines import WORKER_SIDE, folded
from .ledger import MINOR_UNITS, CostTold, lines_hash

RECEIPT = "contracts.receipt"
PAID, RETURNED = "paid", "returned"
LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class ReceiptTold:
    """What a receipt says: its number, who issued it, when, how much, and by which way it was paid."""

    number: str
    issuer: str
    on: dt.date
    money: Money
    channel: str = "bank"


@dataclass(frozen=True, slots=True)
class LineStanding:
    """How a line stands in one currency: what was paid by its receipts, what came back, what remains with whoever took it."""

    paid: Money
    returned: Money

    @property
    def remains(self) -> Money:
        return self.paid - self.returned


def receipt_key(number: str, issuer: str) -> str:
    """A receipt as it is compared: width, case, digits of any script, spaces, dots and strokes make no difference."""
    return f"{_compared(number)}\0{_compared(issuer)}"


def _compared(text: str) -> str:
    letters = (str(unicodedata.decimal(one)) if one.isdecimal() else one for one in folded(text))
    return "".join(one for one in letters if one.isalnum())


def line_key(line: CostTold) -> str:
    """The check number by which receipts name a line: of code, money, payer, payee and basis."""
    return lines_hash([line])


def line_named(lines: Iterable[CostTold], key: str, *, payers: Iterable[str] | None = None) -> CostTold | None:
    """The line of this check number among those whose payer counts; None where there is none."""
    mine = None if payers is None else frozenset(payers)
    return next((one for one in lines if line_key(one) == key and (mine is None or one.payer in mine)), None)


def why_not_receipt(told: ReceiptTold, *, line: CostTold | None, used: bool, today: dt.date) -> list[Refusal]:
    """Why a receipt cannot be recorded; an amount that is not the line's is shown and not refused.

    `used` says that number and issuer stand in the ledger of any case of this node; whose, is told to nobody.
    """
    against = [] if line is not None else [Refusal("no_such_line", member="line")]
    if used:
        against.append(Refusal("receipt_used", member="number"))
    if not _compared(told.number):
        against.append(Refusal("receipt_number_missing", member="number"))
    if told.on > today:
        against.append(Refusal("date_in_future", {"day": told.on}, member="on"))
    if told.channel == "cash":
        against.append(Refusal("receipt_cash", member="channel"))
    return against + why_not_amount(told.money)


def why_not_amount(money: Money) -> list[Refusal]:
    """Whether an amount is money at all: above nothing, not beyond what can be counted, whole in its currency."""
    unit = MINOR_UNITS.get(money.currency)
    if unit is None or not 0 < money.amount <= LARGEST:
        return [Refusal("amount_impossible", member="amount")]
    return []


def amount_differs(line: CostTold, money: Money) -> bool:
    """Whether a receipt is of another amount or currency than its line."""
    return line.money != money


def standing_of(line: CostTold, paid: Iterable[Money], returned: Iterable[Money]) -> list[LineStanding]:
    """Paid, returned and what remains of a line, for each currency in the order of its code, none converted."""
    sums: dict[str, list[int]] = {}
    for place, every in enumerate((paid, returned)):
        for one in every:
            sums.setdefault(one.currency, [0, 0])[place] += one.amount
    return [LineStanding(Money(currency, sums[currency][0]), Money(currency, sums[currency][1])) for currency in sorted(sums)]


def why_not_money_back(
    told: ReceiptTold, *, line: CostTold | None, used: bool, today: dt.date, paid: Sequence[Money], returned: Sequence[Money]
) -> list[Refusal]:
    """Why money cannot be recorded as returned: besides what a receipt is refused for, never more than was paid.

    What was paid is what the receipts say; of a line without receipts here, what was declared.
    """
    against = why_not_receipt(told, line=line, used=used, today=today)
    if line is None:
        return against
    before = sum(one.amount for one in paid if one.currency == told.money.currency)
    if not paid and line.money.currency == told.money.currency:
        before = line.money.amount
    back = sum(one.amount for one in returned if one.currency == told.money.currency)
    if back + told.money.amount > before:
        against.append(Refusal("more_than_paid", member="amount"))
    return against


def worker_paid(lines: Iterable[CostTold]) -> list[CostTold]:
    """The lines that fell on the worker or the family: those of which money can come back to them."""
    return [one for one in lines if one.payer in WORKER_SIDE and one.money.amount]


def why_not_confirm_back(*, confirmed: bool, alone: bool) -> list[Refusal]:
    """Why the worker's word that money came does not count."""
    against = [Refusal("wrong_state")] if confirmed else []
    return against if alone else [*against, Refusal("not_alone_in_session", member="alone")]
