"""The statement of this package: how a field stands, told to the partner and to anyone. No personal value is in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypedDict

from .rules.orders import CONDITIONS, EFFECTS, KINDS, TESTS, EffectLine, Figures

TYPE = "field.status/1"
STATES = ("open", "nearing", "suspended", "resumed")
MARKING: dict[str, Any] = {"level": "public", "bodies": []}
PERSONAL: tuple[str, ...] = ()


class Text(TypedDict):
    """A text in the language it was written in."""

    language: str
    value: str


class EffectTold(TypedDict, total=False):
    """What the order does to one kind of application."""

    application_kind: str
    effect: str
    test_date: str
    condition: str
    reference_date: str | None
    exception_group: str


class FieldStatus(TypedDict):
    """The content of `field.status/1`; days as ISO text, null where there is none."""

    order: str | None
    field: str
    state: str
    announced_on: str
    requested_on: str | None
    effective_from: str
    lifted_on: str | None
    effects: list[EffectTold]
    residents: int
    residents_as_of: str
    ceiling: int
    forecast_on: str | None
    law: str
    text: Text


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def field_status(
    *, order: str | None, field: str, state: str, announced_on: dt.date, requested_on: dt.date | None,
    effective_from: dt.date, lifted_on: dt.date | None, effects: Iterable[EffectLine], figures: Figures, law: str,
    text: str, language: str,
) -> FieldStatus:  # fmt: skip
    """The content of the statement; the figures must be there (`orders.why_not_figures`)."""
    return FieldStatus(
        order=order,
        field=field,
        state=state,
        announced_on=announced_on.isoformat(),
        requested_on=_day(requested_on),
        effective_from=effective_from.isoformat(),
        lifted_on=_day(lifted_on),
        effects=[_effect(line) for line in effects],
        residents=figures.residents or 0,
        residents_as_of=_day(figures.residents_as_of) or "",
        ceiling=figures.ceiling or 0,
        forecast_on=_day(figures.forecast_on),
        law=law,
        text=Text(language=language, value=text),
    )


def _effect(line: EffectLine) -> EffectTold:
    told = EffectTold(
        application_kind=line.application_kind,
        effect=line.effect,
        test_date=line.test_date,
        condition=line.condition,
        reference_date=_day(line.reference_date),
    )
    if line.exception_group:
        told["exception_group"] = line.exception_group
    return told


DAY = {"type": "string", "format": "date"}
DAY_OR_NONE = {"type": ["string", "null"], "format": "date"}
FIELD_STATUS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "field.status/1",
    "title": "How a field stands",
    "type": "object",
    "additionalProperties": False,
    "required": ["field", "state", "effective_from", "effects", "law", "text"],
    "properties": {
        "order": {"type": ["string", "null"], "format": "uuid"},
        "field": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]{1,39}$"},
        "state": {"enum": list(STATES)},
        "announced_on": DAY,
        "requested_on": DAY_OR_NONE,
        "effective_from": DAY,
        "lifted_on": DAY_OR_NONE,
        "effects": {
            "type": "array",
            "maxItems": 40,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["application_kind", "effect", "test_date", "condition", "reference_date"],
                "properties": {
                    "application_kind": {"enum": list(KINDS)},
                    "effect": {"enum": list(EFFECTS)},
                    "test_date": {"enum": list(TESTS)},
                    "condition": {"enum": list(CONDITIONS)},
                    "reference_date": DAY_OR_NONE,
                    "exception_group": {"type": "string", "maxLength": 60},
                },
            },
        },
        "residents": {"type": "integer", "minimum": 0},
        "residents_as_of": DAY,
        "ceiling": {"type": "integer", "minimum": 1},
        "forecast_on": DAY_OR_NONE,
        "law": {"type": "string", "minLength": 1, "maxLength": 200},
        "text": {
            "type": "object",
            "additionalProperties": False,
            "required": ["language", "value"],
            "properties": {"language": {"enum": ["en", "ur", "ja"]}, "value": {"type": "string", "maxLength": 4000}},
        },
    },
}
SCHEMAS = {TYPE: FIELD_STATUS}
