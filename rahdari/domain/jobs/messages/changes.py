"""`demand.changed/1` and `demand.closed/1`: what was corrected in a demand, and that it is withdrawn. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..rules.changes import CHANGEABLE, CORRECTION_REASONS, Change
from ..rules.stops import CLOSED_BECAUSE
from .shapes import AMOUNT, CODE, DAY, HASH, ID, TERMS, listing, one_of, shape, statement, text

VALUE = {"anyOf": [AMOUNT, DAY, HASH, text(60, 0), listing(CODE, 20)]}
CHANGE = shape({"member": one_of(CHANGEABLE), "old": VALUE, "new": VALUE})
DEMAND_CHANGED = statement(
    "demand.changed/1",
    "What was corrected in a demand",
    shape(
        {
            "demand": ID,
            "changes": {**listing(CHANGE, len(CHANGEABLE)), "minItems": 1},
            "terms": {"anyOf": [TERMS, {"type": "null"}]},
            "reason": one_of(CORRECTION_REASONS),
        },
        optional=["terms"],
    ),
)
DEMAND_CLOSED = statement(
    "demand.closed/1",
    "A demand is closed",
    shape({"demand": ID, "reason": one_of(CLOSED_BECAUSE), "cases_released": listing(ID, 10_000)}),
)


def demand_changed(*, demand: str, changes: Iterable[Change], terms: Mapping[str, Any] | None, reason: str) -> dict[str, Any]:
    """What was corrected, old and new; the new terms whole, where they changed."""
    told = [one.told() for one in changes]
    return {"demand": demand, "changes": told, "terms": dict(terms) if terms else None, "reason": reason}


def demand_closed(*, demand: str, reason: str, released: Iterable[str]) -> dict[str, Any]:
    """That a demand is closed, why, and which cases are let go."""
    return {"demand": demand, "reason": reason, "cases_released": list(released)}
