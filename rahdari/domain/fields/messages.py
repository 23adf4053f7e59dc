"""The statement of this package: how a field stands, told to the partner and to anyone. No personal value is in it.

`field_status` writes it, `read_field_status` reads what a partner wrote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class StatusTold:
    """What a partner told of a field; what it left out is None."""

    order: UUID | None
    field: str
    state: str
    announced_on: dt.date | None
    requested_on: dt.date | None
    effective_from: dt.date
    lifted_on: dt.date | None
    effects: tuple[EffectLine, ...]
    figures: Figures
    law: str
    text: str
    language: str


def read_field_status(data: Mapping[str, Any]) -> StatusTold:
    """Reads the content of a statement that is in the shape of its schema; raises ValueError for a day that does not exist."""
    days = {name: _read_day(data.get(name)) for name in ("announced_on", "requested_on", "lifted_on")}
    return StatusTold(
        order=UUID(data["order"]) if data.get("order") else None,
        field=data["field"],
        state=data["state"],
        effective_from=dt.date.fromisoformat(data["effective_from"]),
        effects=tuple(_read_effect(one) for one in data["effects"]),
        figures=Figures(
            data.get("residents"), _read_day(data.get("residents_as_of")), data.get("ceiling"), _read_day(data.get("forecast_on"))
        ),
        law=data["law"],
        text=data["text"]["value"],
        language=data["text"]["language"],
        **days,
    )


def _read_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _read_effect(told: Mapping[str, Any]) -> EffectLine:
    return EffectLine(
        told["application_kind"],
        told["effect"],
        told["test_date"],
        told["condition"],
        _read_day(told["reference_date"]),
        told.get("exception_group", ""),
    )


# A pattern beside each format: programs that know no formats read the pattern.
ID_FORM, DAY_FORM = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DAY = {"type": "string", "format": "date", "pattern": DAY_FORM}
DAY_OR_NONE = {"type": ["string", "null"], "format": "date", "pattern": DAY_FORM}
MOST_PEOPLE = 10_000_000
NO_NUL = "^[^\u0000]*$"  # the one letter of JSON that the database cannot keep
FIELD_STATUS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "field.status/1",
    "title": "How a field stands",
    "type": "object",
    "required": ["field", "state", "effective_from", "effects", "law", "text"],
    "properties": {
        "order": {"type": ["string", "null"], "format": "uuid", "pattern": ID_FORM},
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
                "required": ["application_kind", "effect", "test_date", "condition", "reference_date"],
                "properties": {
                    "application_kind": {"enum": list(KINDS)},
                    "effect": {"enum": list(EFFECTS)},
                    "test_date": {"enum": list(TESTS)},
                    "condition": {"enum": list(CONDITIONS)},
                    "reference_date": DAY_OR_NONE,
                    "exception_group": {"type": "string", "maxLength": 60, "pattern": NO_NUL},
                },
            },
        },
        "residents": {"type": "integer", "minimum": 0, "maximum": MOST_PEOPLE},
        "residents_as_of": DAY,
        "ceiling": {"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE},
        "forecast_on": DAY_OR_NONE,
        "law": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NO_NUL},
        "text": {
            "type": "object",
            "required": ["language", "value"],
            "properties": {
                "language": {"enum": ["en", "ur", "ja"]},
                "value": {"type": "string", "maxLength": 4000, "pattern": NO_NUL},
            },
        },
    },
}
SCHEMAS = {TYPE: FIELD_STATUS}
