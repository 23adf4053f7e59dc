"""Reads of the reference data: its editions with what each changed, and every table with its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.base.models import Edition
from rahdari.base.reference import Book, Row
from rahdari.base.work import Missing

CHANGE = re.compile(r"(\w+): (\d+) (new|ended|corrected)")


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table in the list: how many rows, how many of them are not of high confidence."""

    name: str
    rows: int
    doubtful: int
    sourced: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition changed in one table: how many rows are `new`, `ended` or `corrected`."""

    table: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the list, with what it changed."""

    edition: Edition
    changes: tuple[Change, ...]


def tables_seen(actor: Actor, book: Book) -> list[TableLine]:
    """Every table of a book."""
    return [
        TableLine(
            name,
            len(rows),
            sum(row.get("confidence") in ("medium", "low") for row in rows),
            bool(rows) and "source" in rows[0],
        )
        for name, rows in sorted(book.tables.items())
    ]


def table_seen(actor: Actor, book: Book, name: str) -> tuple[Row, ...]:
    """The rows of one table; `Missing` when there is none of this name."""
    if name not in book.tables:
        raise Missing(f"table {name}")
    return book.tables[name]


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The columns of a table in their order."""
    return list(rows[0]) if rows else []


def editions_seen(actor: Actor, most: int = 50) -> list[EditionLine]:
    """The editions loaded on this node, the newest first."""
    editions = Edition.objects.defer("tables", "identifiers").order_by("-loaded_at")[:most]
    return [EditionLine(one, tuple(_change(text) for text in one.changes if CHANGE.fullmatch(text))) for one in editions]


def _change(text: str) -> Change:
    table, number, what = CHANGE.fullmatch(text).groups()  # type: ignore[union-attr]
    return Change(table, int(number), what)
