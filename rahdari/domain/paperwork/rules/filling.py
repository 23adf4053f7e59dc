"""Fills a form: each line with the value of its source, or with the reason why it stays empty. Pure.

A value is a text, a whole number, an amount, a day, a list of `Entry`, or what each language says its own way: a `Code` of ours,
a `Body`, a `Place`. So the value is the same for every reader. Nothing is guessed: what no row holds is missing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rahdari.base.money import Money

from .forms import Asked, Form

# Why a line looks as it does: filled, not entered yet, nowhere to enter it yet, held but closed to this reader, not asked.
FILLED, MISSING, UNBUILT, CLOSED, PRINTED = "filled", "missing", "unbuilt", "closed", "printed"


class Code(str):
    """A code of ours: said in words, not as it stands."""

    __slots__ = ()


class Body(str):
    """A body by its id: each language has its own name for it."""

    __slots__ = ()


class Place(str):
    """A place by its codes, prefecture and municipality joined by a stroke."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: what, how much, and what stands beside it (a basis, whom it was paid to, a day)."""

    what: str
    money: Money | None = None
    beside: tuple[str | dt.date, ...] = ()


Value = str | int | Money | dt.date | Sequence[Money] | Sequence[Entry] | Sequence[Code]


@dataclass(frozen=True, slots=True)
class Found:
    """What a source gave: the value, None where nothing was entered; `closed` where the reader may not see it."""

    value: Value | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A line of a form with its value or with why it has none."""

    asked: Asked
    state: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines ask for a value, have one, lack one, and lack one the form does not go without."""

    asked: int
    filled: int
    missing: int
    needed: int


def fill(form: Form, found: Mapping[str, Found]) -> list[Filled]:
    """Every line of a form in its order; `found` holds what each source gave."""
    return [_filled(one, found.get(one.filled_from)) for one in form.lines]


def _filled(asked: Asked, found: Found | None) -> Filled:
    if not asked.asks:
        return Filled(asked, PRINTED)
    if asked.slot_of:
        return Filled(asked, UNBUILT)
    if found is None or (found.value in (None, "", (), []) and not found.closed):
        return Filled(asked, MISSING)
    return Filled(asked, CLOSED) if found.closed else Filled(asked, FILLED, found.value)


def tally_of(lines: Sequence[Filled]) -> Tally:
    """The counts of a filled form."""
    asked = [one for one in lines if one.asked.asks]
    empty = [one for one in asked if one.state != FILLED]
    return Tally(len(asked), len(asked) - len(empty), len(empty), sum(one.asked.needed for one in empty))


def data_of(form: Form, lines: Sequence[Filled], *, about: Mapping[str, str], made_on: dt.date) -> str:
    """The filled form as JSON for programs: canonical, so that its hash is that of the form."""
    told = {
        "form": form.code,
        "version": form.version,
        "made_on": made_on.isoformat(),
        **about,
        "fields": [_told(one) for one in lines if one.asked.asks],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(data: str) -> str:
    """SHA-256 of a filled form, in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


def _told(one: Filled) -> dict[str, Any]:
    told: dict[str, Any] = {"key": one.asked.key, "from": one.asked.filled_from, "state": one.state}
    return told if one.value is None else told | {"value": plain(one.value)}


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Entry):
        money = {"money": plain(value.money)} if value.money is not None else {}
        return {"what": str(value.what), **money, "beside": [plain(one) for one in value.beside]}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
