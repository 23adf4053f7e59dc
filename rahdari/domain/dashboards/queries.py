"""Reads for the front page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.reference import Book


def stations(actor: Actor, book: Book) -> list[dict[str, Any]]:
    """The nineteen stations of the line, none of them reached: who acts at each, in the reader's language."""
    column = f"name_{get_language() or 'en'}"
    return [
        {"no": row["station"], "side": row["side"], "state": "todo", "name": row[column], "lines": []}
        for row in book.rows("stations")
    ]
