"""Receipts for what was paid, and money that came back: recorded by either side of a case, confirmed by the worker alone."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.files import take_in
from rahdari.base.secrets import blind, blinds
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import CostReceipt
from ..queries.papers import declarations_of, lines_of
from ..queries.receipts import money_of_line
from ..rules.ledger import CostTold
from ..rules.receipts import (
    PAID,
    RECEIPT,
    RETURNED,
    ReceiptTold,
    line_named,
    receipt_key,
    why_not_confirm_back,
    why_not_money_back,
    why_not_receipt,
    worker_paid,
)
from .waiting import SENDING


def record_receipt(
    *, actor: Actor, case_id: UUID, line: str, receipt: ReceiptTold, name: str = "", content: bytes = b"", at: dt.datetime
) -> CostReceipt:
    """The worker, whoever recruits, or on Japan's node the employer records the receipt for a line of cost.

    `line` is the check number of the line; the employer records what it paid itself. Refuses `no_such_line`, `receipt_used`
    (in any case of this node, without telling whose), `date_in_future`, `receipt_cash`, `receipt_number_missing`,
    `amount_impossible`, and what `base.files` refuses of a file. An amount that is not the line's is shown. Leaves the receipt,
    its number closed at rest; it is not told to the other node.
    """
    with unit_of_work("contracts.record_receipt", actor=actor, at=at) as unit:
        case, lines = _of_ledger(unit, "record_receipt", case_id)
        payers = None if actor.node == SENDING else ("employer",)
        found, used = line_named(lines, line, payers=payers), _used(unit, receipt)
        unit.refuse(why_not_receipt(receipt, line=found, used=used, today=day_at(at, actor.node)))
        kept = _row(unit, case, line, found, receipt)
        kept.scan = take_in(unit, BytesIO(content), name=name) if content else None
        unit.add(kept)
        unit.about(kept, case=case.pk, code=kept.code)
    return kept


def record_money_back(
    *, actor: Actor, case_id: UUID, line: str, payer: str, receipt: ReceiptTold, at: dt.datetime
) -> CostReceipt:
    """Either side records money that was returned to the worker for a line they paid: who paid it back, when, by which receipt.

    Refuses `more_than_paid`, and what `record_receipt` refuses. Leaves the record; on the sending node the worker may confirm it.
    """
    with unit_of_work("contracts.record_money_back", actor=actor, at=at) as unit:
        case, lines = _of_ledger(unit, "record_money_back", case_id)
        unit.alone(f"contracts.money_back {case.pk}")
        found, used = line_named(worker_paid(lines), line), _used(unit, receipt)
        paid, returned = money_of_line(case, line)
        today = day_at(at, actor.node)
        unit.refuse(why_not_money_back(receipt, line=found, used=used, today=today, paid=paid, returned=returned))
        kept = _row(unit, case, line, found, receipt)
        kept.kind, kept.payer = RETURNED, payer
        unit.add(kept)
        unit.about(kept, case=case.pk, code=kept.code)
    return kept


def confirm_money_back(*, actor: Actor, case_id: UUID, receipt: UUID, alone: bool = False, at: dt.datetime) -> CostReceipt:
    """The worker, alone and in their own session, confirms that money came back.

    Refuses `not_alone_in_session`, `wrong_state`.
    """
    with unit_of_work("contracts.confirm_money_back", actor=actor, at=at) as unit:
        unit.permit(PERMITS["confirm_money_back"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["confirm_money_back"], case)
        row = unit.lock(CostReceipt, receipt)
        if row.case_id != case.pk or row.kind != RETURNED:
            raise Missing(f"CostReceipt {receipt}")
        in_person = alone and actor.channel == "web"
        unit.refuse(why_not_confirm_back(confirmed=row.confirmed_at is not None, alone=in_person))
        row.confirmed_at = at
        unit.save(row)
        unit.about(row, case=case.pk, code=row.code)
    return row


def _of_ledger(unit: Unit, permit: str, case_id: UUID) -> tuple[Case, list[CostTold]]:
    unit.permit(PERMITS[permit])
    case = case_for(unit.actor, case_id)
    unit.permit(PERMITS[permit], case)
    return case, lines_of(declarations_of(case))


def _used(unit: Unit, receipt: ReceiptTold) -> bool:
    """Whether this receipt stands in any ledger of this node; two who record it at once come one after the other."""
    key = receipt_key(receipt.number, receipt.issuer)
    unit.alone(f"contracts.receipt {blind(key, RECEIPT)}")
    return CostReceipt.objects.filter(receipt_index__in=blinds(key, RECEIPT)).exists()


def _row(unit: Unit, case: Case, key: str, line: CostTold | None, receipt: ReceiptTold) -> CostReceipt:
    if line is None:
        raise ValueError("a receipt that was not refused has its line")
    return CostReceipt(
        case=case, kind=PAID, line=key, code=line.code, number=receipt.number.strip(), issuer=receipt.issuer.strip(),
        amount=receipt.money.amount, currency=receipt.money.currency, on=receipt.on, payer=line.payer, recorded_at=unit.at,
        recorded_by=unit.actor.person, recorded_role=unit.actor.role,
    )  # fmt: skip
