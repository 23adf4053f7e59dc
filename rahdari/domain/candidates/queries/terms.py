"""How long what is kept: the terms of `retention_terms`, one a purpose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rahdari.base.reference import Book, Row


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its length and the row it stands in."""

    number: int
    unit: str
    row: Row


def term_of(code: str, book: Book, today: dt.date) -> Term:
    """The term of a purpose that holds on a day; raises LookupError for a purpose the tables do not know."""
    for row in book.in_force("retention_terms", today, code=code):
        return Term(row.number("number") or 0, row["unit"], row)
    raise LookupError(code)


def terms(book: Book, today: dt.date) -> list[Row]:
    """Every term that holds on a day, for the page that shows them."""
    return list(book.in_force("retention_terms", today))
