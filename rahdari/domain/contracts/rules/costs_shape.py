"""The shape of the facts about costs: one recruitment, its route and its lines.

Nothing is judged here. No Django, no database.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from rahdari.base.facts import Amount, Day, Facts, code_of, own_fault

MOST_LINES = 500
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
PARTY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)


def _currency(value: str) -> str:
    if not CURRENCY.fullmatch(value):
        raise own_fault("not_a_currency")
    return value


def _party(value: str) -> str:
    if not PARTY.fullmatch(value):
        raise own_fault("not_a_party")
    return value


def _item(value: str) -> str:
    if not value.strip():
        raise own_fault("item_empty")
    return value


def _held(value: object) -> bool:
    """Yes or no, or the things themselves in words: "passport", ["passport", "land papers"]."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, (list, tuple)) and all(isinstance(thing, str) for thing in value):
        return any(thing.strip() for thing in value)
    raise own_fault("not_held_property")


Currency = Annotated[str, AfterValidator(_currency)]
Party = Annotated[str, AfterValidator(_party)]


class CostLine(Facts):
    """One cost: what for, how much, who pays whom, how, when, and what was said about it.

    `amount` in whole units of `currency` (ISO 4217). `item` is a code of fees_pk,
    fees_jp, support_items or fee_categories, or free text. Payers and payees are words
    of an open list (`worker`, `family`, `employer`, `promoter`, `government` …).
    """

    item: Annotated[str, AfterValidator(_item)] | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    payer: Party | None = None
    payee: Party | None = None
    channel: Literal["bank", "digital", "cash"] | None = None
    paid_on: Day | None = None
    country: Literal["PK", "JP"] | None = None
    basis_shown: bool | None = None
    understood: bool | None = None
    refundable: bool | None = None
    due_on_breach: bool | None = None
    held_property: Annotated[bool, BeforeValidator(_held)] | None = None
    deducted_from_wage: bool | None = None


class CostsFacts(Facts):
    """The facts of one recruitment; `route` is a route of fees_pk (`oep`, `oec`, `direct`)."""

    route: Annotated[str, code_of("fees_pk", "route")] | None = None
    processing_only: bool | None = None
    lines: Annotated[list[CostLine], Field(max_length=MOST_LINES)] | None = None
