"""`exam.voided/1`: results made void; `exam.appeal/1`: an appeal against it, and how it was decided. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rahdari.base.statements import Marking

from ..rules.bars import BAR_DECIDED, BAR_LIFTED
from ..rules.voids import APPEAL_GRANTED, APPEAL_REFUSED, APPEALED, CODES
from .results import DAY, DRAFT, UUID

VOIDED, APPEAL = "exam.voided/1", "exam.appeal/1"


def voided_told(
    *, voiding: str, sitting: str, results: Sequence[str], code: str, since: dt.date, appeal_until: dt.date,
    barred_until: dt.date | None,
) -> dict[str, Any]:  # fmt: skip
    """The content of `exam.voided/1`."""
    return {
        "voiding": voiding,
        "sitting": sitting,
        "results": list(results),
        "code": code,
        "from": since.isoformat(),
        "appeal_until": appeal_until.isoformat(),
        "barred_until": barred_until.isoformat() if barred_until else None,
    }


def bar_told(
    *, bar: str, sitting: str, booking: str, code: str, state: str, since: dt.date, barred_until: dt.date | None
) -> dict[str, Any]:
    """The content of `exam.voided/1` for a bar without a void result, or its end (`barred_until` is nothing then)."""
    told = {"voiding": bar, "sitting": sitting, "results": [], "code": code, "from": since.isoformat()}
    return told | {
        "barred_until": barred_until.isoformat() if barred_until else None,
        "bar": {"booking": booking, "state": state},
    }


def appeal_told(*, result: str, state: str, text: str, on: dt.date) -> dict[str, Any]:
    """The content of `exam.appeal/1`."""
    return {"result": result, "state": state, "text": text, "on": on.isoformat()}


def marking_of_appeal(contact_point: str, body: str) -> dict[str, Any]:
    """Who may see an appeal: the examiner, and the contact point of its state."""
    return Marking("named_bodies", tuple(sorted({contact_point, body}))).told()


EXAM_VOIDED: dict[str, Any] = {
    "$schema": DRAFT,
    "$id": VOIDED,
    "title": "Results made void, or a person barred from tests without that",
    "type": "object",
    "required": ["voiding", "sitting", "results", "code", "from"],
    "properties": {
        "voiding": UUID,
        "sitting": UUID,
        "results": {"type": "array", "maxItems": 1000, "uniqueItems": True, "items": UUID},
        "code": {"enum": list(CODES)},
        "from": DAY,
        "appeal_until": DAY,
        "barred_until": {"type": ["string", "null"], "format": "date"},
        "bar": {
            "type": "object",
            "required": ["booking", "state"],
            "properties": {
                "booking": {"type": "string", "minLength": 1, "maxLength": 20},
                "state": {"enum": [BAR_DECIDED, BAR_LIFTED]},
            },
        },
    },
    "if": {"required": ["bar"]},
    "then": {
        "properties": {"results": {"maxItems": 0}},
        "if": {"properties": {"bar": {"properties": {"state": {"const": "bar_decided"}}}}},
        "then": {"required": ["barred_until"], "properties": {"barred_until": DAY}},
    },
    "else": {"required": ["appeal_until"], "properties": {"results": {"minItems": 1}}},
}
EXAM_APPEAL: dict[str, Any] = {
    "$schema": DRAFT,
    "$id": APPEAL,
    "title": "An appeal against a result made void",
    "type": "object",
    "required": ["result", "state", "text", "on"],
    "properties": {
        "result": UUID,
        "state": {"enum": [APPEALED, APPEAL_REFUSED, APPEAL_GRANTED]},
        "text": {"type": "string", "minLength": 1, "maxLength": 4000},
        "on": DAY,
    },
}
SCHEMAS = {VOIDED: EXAM_VOIDED, APPEAL: EXAM_APPEAL}
MARKINGS: dict[str, dict[str, Any]] = {one: Marking("named_bodies").told() for one in SCHEMAS}
PERSONALS: dict[str, tuple[str, ...]] = {
    VOIDED: (
        "results: by their ids, without a name; the person and whoever booked for them must learn that a test no longer counts",
        "bar: by the booking number, without a name; the person may book no seat until the day told",
    ),
    APPEAL: ("text: what the person says against it, and the reason of the decision; the examiner and the person must know",),
}
