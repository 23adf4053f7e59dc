"""What lies before the Protector at the registration: fee receipts by bank, insurance, orientation (EO 15; ER 1979).

The fees and whether each is fixed are rows of `fees_pk`. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.domain.jobs.rules.fees import PAISA, state_fees

from .steps import DEPARTURE_MOVES
from .windows import Window


@dataclass(frozen=True, slots=True)
class Receipt:
    """A fee paid at a bank: which one (item of `fees_pk`), how much in paisa, by which receipt, when."""

    item: str
    amount: int
    number: str
    paid_on: dt.date | None


def fees_due(book: Book, route: str, on: dt.date) -> dict[str, int]:
    """The fixed fees of a route and their amounts in paisa."""
    return {one["code"]: one["money"]["amount"] for one in state_fees(book, route, on)}


def why_not_apply(
    *, state: str, receipts: Sequence[Receipt], due: dict[str, int], insurance_no: str, insured_on: dt.date | None,
    oriented_on: dt.date | None, permission: Window | None, on: dt.date, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a registration cannot be applied for; `due` are the fees of the route, `permission` where the route has one."""
    against = [] if state in ("visa_issued", "clearance_refused") else _why_not_now(state)
    against += _why_not_receipts(receipts, due, today)
    if not insurance_no.strip() or insured_on is None or insured_on > today:
        against.append(Refusal("insurance_missing", member="insurance_no"))
    if oriented_on is None or oriented_on > today:
        against.append(Refusal("orientation_missing", member="oriented_on"))
    if permission is not None and not permission.begins <= on < permission.until:
        against.append(Refusal("permission_expired", {"until": permission.until}))
    return against


def _why_not_now(state: str) -> list[Refusal]:
    if state in ("begun", "coe_filed", "coe_issued", "visa_filed"):
        return [Refusal("visa_missing")]
    return why_not_move(DEPARTURE_MOVES, state, "registration_applied")


def _why_not_receipts(receipts: Sequence[Receipt], due: dict[str, int], today: dt.date) -> list[Refusal]:
    against = []
    paid = {one.item: one for one in receipts if one.number.strip() and one.paid_on is not None and one.paid_on <= today}
    for item, amount in due.items():
        if item not in paid:
            against.append(Refusal("receipt_missing", {"item": item}, member="receipts"))
        elif paid[item].amount != amount:
            about = {"item": item, "amount": paid[item].amount // PAISA, "due": amount // PAISA}
            against.append(Refusal("fees_wrong", about, member="receipts"))
    against += [Refusal("fees_wrong", {"item": item}, member="receipts") for item in paid if item not in due]
    return against
