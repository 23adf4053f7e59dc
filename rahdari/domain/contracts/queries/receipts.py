"""Receipts and money back of a case as they are shown: the numbers only to those who may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.money import Money
from rahdari.base.work import Missing
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import CostReceipt
from ..rules.ledger import CostTold
from ..rules.receipts import PAID, RETURNED, LineStanding, amount_differs, line_key, standing_of, worker_paid


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """A receipt of a line; `row` is None where the reader learns only that it is there."""

    row: CostReceipt | None
    differs: bool
    returned: bool
    confirmed: bool

    @property
    def money(self) -> Money | None:
        """What it is for, for those who read it."""
        return None if self.row is None else Money(self.row.currency, self.row.amount)


@dataclass(frozen=True, slots=True)
class LineReceipts:
    """The receipts of one line, whether one is still due, and how the line stands."""

    seen: tuple[ReceiptSeen, ...]
    due: bool
    standing: tuple[LineStanding, ...]


def receipts_shown(actor: Actor, case: Case, lines: Sequence[CostTold]) -> dict[str, LineReceipts]:
    """What the ledger says of receipts, by the check number of the line."""
    rows: dict[str, list[CostReceipt]] = {}
    for row in CostReceipt.objects.filter(case=case).select_related("scan").order_by("on", "id"):
        rows.setdefault(row.line, []).append(row)
    opened = not PERMITS["see_receipt"].why_not(actor, case)
    return {line_key(one): _of_line(one, rows.get(line_key(one), []), opened) for one in lines}


def _of_line(line: CostTold, rows: list[CostReceipt], opened: bool) -> LineReceipts:
    seen = tuple(
        ReceiptSeen(
            row if opened else None,
            row.kind == PAID and amount_differs(line, _money(row)),
            row.kind == RETURNED,
            row.confirmed_at is not None,
        )
        for row in rows
    )
    paid, back = _heaps(rows)
    due = bool(line.money.amount) and not paid
    standing = standing_of(line, paid or [line.money], back) if back else []
    return LineReceipts(seen, due, tuple(standing))


def money_of_line(case: Case, line: str) -> tuple[list[Money], list[Money]]:
    """What the receipts of a line say was paid, and what came back."""
    return _heaps(CostReceipt.objects.filter(case=case, line=line))


def _heaps(rows: Any) -> tuple[list[Money], list[Money]]:
    every = [(row.kind, _money(row)) for row in rows]
    return [one for kind, one in every if kind == PAID], [one for kind, one in every if kind == RETURNED]


def _money(row: CostReceipt) -> Money:
    return Money(row.currency, row.amount)


def receipt_scan(actor: Actor, case_id: UUID, receipt_id: UUID) -> CostReceipt:
    """A receipt with its file, for those who read receipts of this case; `Missing` otherwise."""
    case = case_for(actor, case_id)
    row: CostReceipt | None = CostReceipt.objects.select_related("scan", "case").filter(case=case, pk=receipt_id).first()
    if row is None or row.scan is None or PERMITS["see_receipt"].why_not(actor, case):
        raise Missing(f"CostReceipt {receipt_id}")
    return row


def ledger_steps(actor: Actor, case: Case, lines: Sequence[CostTold]) -> list[str]:
    """What the actor may record in the ledger now."""
    names = ["record_receipt"] if lines else []
    names += ["record_money_back"] if worker_paid(lines) else []
    names += ["confirm_money_back"] if unconfirmed(case) else []
    return [f"contracts.{name}" for name in names if not PERMITS[name].why_not(actor, case)]


def unconfirmed(case: Case) -> list[CostReceipt]:
    """Money that was returned and that the worker has not confirmed yet."""
    return list(CostReceipt.objects.filter(case=case, kind=RETURNED, confirmed_at=None).order_by("on", "id"))
