"""Receipts and money back as people and programs hand them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Amount, Day, Facts
from rahdari.base.money import InWholeUnits, Money
from rahdari.web.money_typed import currencies_named
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step
from rahdari.web.words import shelf, spoken

from .. import actions
from ..models import CostReceipt
from ..queries.receipts import unconfirmed
from ..rules.ledger import CostTold
from ..rules.receipts import ReceiptTold, line_key, worker_paid
from .shapes import Channel, Currency, Hash
from .steps import _page, _papers


class OnReceipt(Facts):
    """What stands on a receipt, and the line of cost it is for; the amount in the smallest unit of its currency."""

    line: Hash
    number: Annotated[str, Field(min_length=1, max_length=60)]
    issuer: Annotated[str, Field(min_length=1, max_length=200)]
    on: Day
    amount: Annotated[Amount, InWholeUnits("currency")]
    currency: Currency = "PKR"
    channel: Channel = "bank"


class RecordReceipt(OnReceipt):
    """A receipt for a line of cost."""

    scan: ScanFacts | None = None


class RecordMoneyBack(OnReceipt):
    """Money returned to the worker for a line they paid, and who returned it."""

    payer: Literal["promoter", "oec", "employer", "government"]


class ConfirmMoneyBack(Facts):
    """The worker's word that money came, by the id of its record."""

    receipt: Annotated[str, Field(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    alone: bool = False


def _told(given: dict[str, Any]) -> dict[str, Any]:
    money = Money(given.pop("currency", "PKR"), given.pop("amount"))
    told = {name: given.pop(name) for name in ("number", "issuer", "on")}
    return given | {"receipt": ReceiptTold(**told, money=money, channel=given.pop("channel", "bank"))}


def take_record_receipt(**given: Any) -> CostReceipt:
    """Records the receipt for a line of cost."""
    scan = given.pop("scan", None)
    file = {} if scan is None else {"name": scan.name, "content": scan.content}
    told = _told(given)
    told.pop("channel", None)
    return actions.record_receipt(**told, **file)


def take_record_money_back(**given: Any) -> CostReceipt:
    """Records money returned to the worker."""
    told = _told(given)
    told.pop("channel", None)
    return actions.record_money_back(**told)


def take_confirm_money_back(**given: Any) -> CostReceipt:
    """Confirms that money came back."""
    return actions.confirm_money_back(**given | {"receipt": UUID(given["receipt"])})


def _spoken_lines(lines: list[CostTold]) -> dict[str, str]:
    words = shelf("CODES")
    return {line_key(one): f"{spoken(one.code)} · {spoken(one.money)} · {words.get(one.payer, one.payer)}" for one in lines}


def _currencies() -> dict[str, str]:
    return currencies_named(get_args(Currency))


def _receipting(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "record_receipt")
    lines = papers.lines if actor.node == "pk" else [one for one in papers.lines if one.payer == "employer"]
    lead = gettext("Choose the line and write what stands on the receipt. A receipt counts once, for one line.")
    return _page(actor, papers, lead=lead, codes={"line": _spoken_lines(lines), "currency": _currencies()})


def _returning(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "record_money_back")
    lead = gettext("Write down money that was paid back to the worker. The worker confirms alone that it came.")
    return _page(actor, papers, lead=lead, codes={"line": _spoken_lines(worker_paid(papers.lines)), "currency": _currencies()})


def _confirming_back(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "confirm_money_back")
    lead = gettext("Confirm only what is in your hands or in your account. If it did not come, do nothing or report it.")
    told = {
        str(one.pk): f"{spoken(one.code)} · {spoken(Money(one.currency, one.amount))} · {spoken(one.on)}"
        for one in unconfirmed(papers.case)
    }
    return _page(actor, papers, lead=lead, codes={"receipt": told})


SEE = "contracts.see_terms"
RECORD_RECEIPT = Step("contracts", "record_receipt", RecordReceipt, take_record_receipt, _receipting, _("Recorded."), SEE)
RECORD_MONEY_BACK = Step(
    "contracts", "record_money_back", RecordMoneyBack, take_record_money_back, _returning, _("Recorded."), SEE
)
CONFIRM_MONEY_BACK = Step(
    "contracts", "confirm_money_back", ConfirmMoneyBack, take_confirm_money_back, _confirming_back,
    _("Thank you. It is noted that the money came."), SEE,
)  # fmt: skip
