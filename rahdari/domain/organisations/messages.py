"""`registry.published/1`: an entry of a register, its public part, and the part with its officers for authorities alone. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .rules.licences import KINDS, OFFICER_ROLES
from .rules.standing import TOLD_STATES

TYPE = "registry.published/1"
MARKING: dict[str, Any] = {"level": "public", "bodies": []}
OFFICERS_MARKING: dict[str, Any] = {"level": "authorities", "bodies": []}
PERSONAL = ("officers[].name: the other side compares the persons behind a firm with those it banned",)
PUBLIC, OFFICERS = "public", "officers"

NO_NUL = "^[^\u0000]*$"
DAY: dict[str, Any] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
DAY_OR_NONE: dict[str, Any] = {**DAY, "type": ["string", "null"]}
CODE: dict[str, Any] = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]{0,59}$"}
NUMBER: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 40, "pattern": NO_NUL}
PUBLIC_MEMBERS = ("kind", "names", "number", "old_numbers", "state", "from", "until", "ground", "appeal", "address", "phones")
APPEALS = ("open", "allowed", "dismissed")


def _text(longest: int, shortest: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": shortest, "maxLength": longest, "pattern": NO_NUL}


def _list(items: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "items": items}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _part(name: str, members: Iterable[str]) -> dict[str, Any]:
    return {"if": {"properties": {"part": {"const": name}}}, "then": {"required": list(members)}}


REGISTRY_PUBLISHED: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": TYPE,
    "title": "An entry of a register of organisations",
    "type": "object",
    "required": ["part", "organisation"],
    "properties": {
        "part": {"enum": [PUBLIC, OFFICERS]},
        "organisation": {"type": "string", "pattern": "^[a-z]{2}:org:[a-z0-9-]{1,72}$"},
        "kind": {"enum": list(KINDS)},
        "names": {**_list(_object({"script": {"enum": ["Latn", "Arab", "Jpan"]}, "value": _text(200, 1)}), 6), "minItems": 1},
        "number": {**NUMBER, "type": ["string", "null"]},
        "old_numbers": _list(NUMBER, 20),
        "state": {"enum": list(TOLD_STATES)},
        "from": DAY,
        "until": DAY_OR_NONE,
        "ground": CODE,
        "appeal": {"enum": [*APPEALS, None]},
        "address": _text(300),
        "phones": _list({"type": "string", "pattern": "^\\+[0-9]{6,15}$"}, 10),
        "officers": _list(_object({"name": _text(120, 1), "role": {"enum": list(OFFICER_ROLES)}}), 60),
    },
    "allOf": [_part(PUBLIC, PUBLIC_MEMBERS), _part(OFFICERS, ("officers",))],
}
SCHEMAS = {TYPE: REGISTRY_PUBLISHED}


@dataclass(frozen=True, slots=True)
class EntryTold:
    """The public part of an entry; days as days."""

    organisation: str
    kind: str
    names: tuple[tuple[str, str], ...]
    number: str
    old_numbers: tuple[str, ...]
    state: str
    from_on: dt.date
    until: dt.date | None
    ground: str
    appeal: str
    address: str
    phones: tuple[str, ...]


def registry_entry(told: EntryTold) -> dict[str, Any]:
    """The content of the public part."""
    return {
        "part": PUBLIC,
        "organisation": told.organisation,
        "kind": told.kind,
        "names": [{"script": script, "value": value} for script, value in told.names],
        "number": told.number or None,
        "old_numbers": list(told.old_numbers),
        "state": told.state,
        "from": told.from_on.isoformat(),
        "until": told.until.isoformat() if told.until else None,
        "ground": told.ground,
        "appeal": told.appeal or None,
        "address": told.address,
        "phones": list(told.phones),
    }


def registry_officers(organisation: str, officers: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The content of the part with the officers: name and role of each."""
    return {
        "part": OFFICERS,
        "organisation": organisation,
        "officers": [{"name": name, "role": role} for name, role in officers],
    }


def read_registry_entry(data: Mapping[str, Any]) -> EntryTold:
    """Reads a public part that is in the shape of its schema; raises ValueError for a day that does not exist."""
    return EntryTold(
        organisation=data["organisation"],
        kind=data["kind"],
        names=tuple((one["script"], one["value"]) for one in data["names"]),
        number=data["number"] or "",
        old_numbers=tuple(data["old_numbers"]),
        state=data["state"],
        from_on=dt.date.fromisoformat(data["from"]),
        until=dt.date.fromisoformat(data["until"]) if data["until"] else None,
        ground=data["ground"],
        appeal=data["appeal"] or "",
        address=data["address"],
        phones=tuple(data["phones"]),
    )
