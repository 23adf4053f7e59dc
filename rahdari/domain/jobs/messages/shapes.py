"""Shapes that several statements share, as JSON Schema 2020-12: days, ids, codes, money, blobs, terms of work. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..rules.remote import (
    CHARGES,
    CHECKED_BY,
    DISPUTE_WAYS,
    ENDING_PAYS,
    KIND,
    LAWS,
    LONGEST_NAME,
    LONGEST_SCOPE,
    LONGEST_TITLE,
    MOST_MILESTONES,
    OWNERS,
    RATE_DAYS,
    RIGHTS_PASS,
    SECRECY,
    TAX_JAPAN,
    TAX_PAKISTAN,
    TRIALS,
    UNTIL_PAID,
)
from ..rules.terms import ALLOWANCES, DEDUCTIONS, HOUSING, OVERTIME, PER, RETURN_TRAVEL, WORK_PLACE

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DAY: dict[str, Any] = {"type": "string", "format": "date"}
DAY_OR_NONE: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
ID: dict[str, Any] = {"type": "string", "format": "uuid"}
ID_OR_NONE: dict[str, Any] = {"type": ["string", "null"], "format": "uuid"}
CODE: dict[str, Any] = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]{0,59}$"}
BODY: dict[str, Any] = {"type": "string", "pattern": "^([A-Z][A-Z0-9_]{1,39}|[a-z]{2}:org:[a-z0-9-]{1,72})$"}
HASH: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
AMOUNT: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}


def text(longest: int, shortest: int = 1) -> dict[str, Any]:
    """A text of a length."""
    return {"type": "string", "minLength": shortest, "maxLength": longest}


def one_of(codes: Iterable[str]) -> dict[str, Any]:
    """One of a closed list."""
    return {"enum": list(codes)}


def listing(items: dict[str, Any], most: int = 100) -> dict[str, Any]:
    """A list of things of one shape."""
    return {"type": "array", "maxItems": most, "items": items}


def shape(properties: dict[str, Any], *, optional: Iterable[str] = ()) -> dict[str, Any]:
    """An object: every member required but the optional ones; others are passed over, as the protocol asks."""
    free = set(optional)
    required = [name for name in properties if name not in free]
    return {"type": "object", "required": required, "properties": properties}


def statement(type: str, title: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The schema of a statement's content."""
    return {"$schema": DRAFT, "$id": type, "title": title, **whole}


MONEY = shape({"amount": AMOUNT, "currency": {"enum": ["JPY", "PKR", "USD"]}})
TEXT = shape({"language": {"enum": ["en", "ur", "ja"]}, "value": text(2000)})
# Files: the exchange adds `sealed` when it seals them, the receiver finds the bytes by their hash.
BLOB = shape(
    {"name": text(200), "media_type": text(60), "size": AMOUNT, "sha256": HASH, "sealed": HASH},
    optional=["sealed"],
)
BLOBS: dict[str, Any] = {**listing(BLOB, 20), "x-rahdari": "blobs"}


def money_lines(codes: Iterable[str]) -> dict[str, Any]:
    """Allowances or deductions: what for, how much, worked out how."""
    return listing(shape({"code": one_of(codes), "money": MONEY, "basis": text(200)}), 30)


TERMS = shape(
    {
        "pay_basic": shape({"amount": AMOUNT, "currency": {"enum": ["JPY", "PKR", "USD"]}, "per": one_of(PER)}),
        "allowances": money_lines(ALLOWANCES),
        "deductions": money_lines(DEDUCTIONS),
        "comparable_pay": MONEY,
        "hours_week": {"type": "integer", "minimum": 1, "maximum": 60},
        "days_year": {"type": "integer", "minimum": 1, "maximum": 366},
        "overtime": one_of(OVERTIME),
        "leave": {"type": "integer", "minimum": 0, "maximum": 60},
        "length_months": {"type": "integer", "minimum": 1, "maximum": 60},
        "housing": shape({"code": one_of(HOUSING), "money": MONEY, "m2": text(20)}),
        "work_place": one_of(WORK_PLACE),
        "return_travel": one_of(RETURN_TRAVEL),
        "language": {"enum": ["en", "ur", "ja"]},
        "terms_hash": HASH,
    }
)

MILESTONE_AGREED = shape({"title": text(LONGEST_TITLE), "money": MONEY, "due_on": DAY})
# The terms of a service from home, in the place of those of an employment.
SERVICE = shape(
    {
        "kind": {"const": KIND},
        "client": shape({"name": text(200), "number": text(40), "checked": one_of(CHECKED_BY)}),
        "scope": text(LONGEST_SCOPE),
        "milestones": {**listing(MILESTONE_AGREED, MOST_MILESTONES), "minItems": 1},
        "rate_day": one_of(RATE_DAYS),
        "payment": shape(
            {
                "days": {"type": "integer", "minimum": 0, "maximum": 366},
                "bank": text(LONGEST_NAME),
                "charges": one_of(CHARGES),
                "late_interest": {"type": "integer", "minimum": 0, "maximum": 10_000},
            }
        ),
        "rights": shape({"owner": one_of(OWNERS), "passes": one_of(RIGHTS_PASS), "until_paid": one_of(UNTIL_PAID)}),
        "secrecy": shape({"who": one_of(SECRECY), "months": {"type": "integer", "minimum": 0, "maximum": 120}}),
        "tax": shape({"japan": one_of(TAX_JAPAN), "pakistan": one_of(TAX_PAKISTAN)}),
        "law": one_of(LAWS),
        "dispute": shape({"way": one_of(DISPUTE_WAYS), "place": text(LONGEST_NAME)}),
        "ending": shape({"notice_days": {"type": "integer", "minimum": 0, "maximum": 366}, "pays": one_of(ENDING_PAYS)}),
        "trial": one_of(TRIALS),
        "begins_on": DAY,
        "language": {"enum": ["en", "ur", "ja"]},
        "terms_hash": HASH,
    }
)
