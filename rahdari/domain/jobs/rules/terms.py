"""The terms of work, as they stand in a demand, an offer and a contract: one shape, one hash on both nodes.

No Django, no database, no clock here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

HASH = "terms_hash"
PER = ("month", "hour")
OVERTIME = ("paid_by_law", "paid_above_law", "none")
WORK_PLACE = ("fixed", "changing")
HOUSING = ("employer_free", "employer_charged", "own_search")
RETURN_TRAVEL = ("employer", "worker", "shared")
ALLOWANCES = ("night", "housing", "family", "qualification", "shift", "attendance", "other")
DEDUCTIONS = ("tax", "social_insurance", "employment_insurance", "housing", "utilities", "meals", "union", "other")


def terms_hash(terms: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal over the canonical JSON of the terms without their own hash: sorted names, no spaces, UTF-8."""
    bare = {name: value for name, value in terms.items() if name != HASH}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def with_hash(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms with the hash that belongs to them."""
    return {**terms, HASH: terms_hash(terms)}


def hash_holds(terms: Mapping[str, Any]) -> bool:
    """Whether the hash in the terms is theirs."""
    return terms.get(HASH) == terms_hash(terms)


def below_comparable(terms: Mapping[str, Any]) -> bool:
    """Whether the basic pay is lower than that of a Japanese worker doing the same (criteria ordinance, art. 1)."""
    pay, comparable = terms["pay_basic"], terms["comparable_pay"]
    return bool(pay["currency"] == comparable["currency"] and pay["amount"] < comparable["amount"])
