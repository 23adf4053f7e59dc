"""Reads for the front page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.reference import Book
from rahdari.domain.fields.queries.fields import FieldLine, fields_seen

LEGS = (9, 14, 19)


def legs(actor: Actor, book: Book) -> list[list[dict[str, Any]]]:
    """The nineteen stations in three legs (to the selection, to the pass, to the return), in the reader's language."""
    column = f"name_{get_language() or 'en'}"
    stations = [
        {"no": row["station"], "side": row["side"], "state": "todo", "name": row[column], "lines": []}
        for row in book.rows("stations")
    ]
    starts = (0, *LEGS)
    return [stations[start:end] for start, end in zip(starts, LEGS, strict=False)]


def fields_today(actor: Actor, book: Book, on: dt.date) -> list[FieldLine]:
    """The fields there are on a day, each as it stands by the tables and the orders of this node's records."""
    return [one for one in fields_seen(actor, book, on) if one.row.in_force(on)]
