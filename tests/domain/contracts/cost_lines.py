"""Lines of costs as the tests of costs write them, and what an answer says of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.facts import Answer, read_facts
from rahdari.base.reference import Book, shipped_book
from rahdari.domain.contracts.rules import CostsFacts, check_costs

BOOK = shipped_book()
TODAY = dt.date(2026, 10, 6)


def line(item: str | None = None, amount: int | None = None, payer: str = "worker", **more: Any) -> dict[str, Any]:
    """A line in rupees paid by the worker, unless told otherwise; what is None is left out."""
    told = {"item": item, "amount": amount, "currency": None if amount is None else "PKR", "payer": payer, **more}
    return {name: value for name, value in told.items() if value is not None}


def service(amount: int, payer: str = "worker", item: str = "OEP_SERVICE_PLACEMENT", **more: Any) -> dict[str, Any]:
    return line(item, amount, payer, **{"payee": "promoter", "channel": "bank", **more})


def check(*lines: dict[str, Any], book: Book = BOOK, **facts: Any) -> Answer:
    return check_costs(read_facts(CostsFacts, {"lines": list(lines), **facts}, book), book, TODAY)


def found(answer: Answer, *, norm: str | None = None) -> list[tuple[int, str, str]]:
    every = [(one["line"], one["code"], one["norm"]) for one in answer.answer["findings"]]
    return [one for one in every if norm in (None, one[2])]


def codes(answer: Answer, norm: str) -> list[str]:
    return [code for _, code, _ in found(answer, norm=norm)]


def reason(answer: Answer, code: str) -> Any:
    return next(one for one in answer.reasons if one.code == code)


def said(answer: Answer) -> set[str]:
    return {one.code for one in answer.reasons}
