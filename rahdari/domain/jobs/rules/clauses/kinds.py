"""The kinds of clauses no contract may hold; the list is closed."""

from __future__ import annotations

from rahdari.base.reference import Book, Row

CODES = ("deposit", "penalty", "passport_keeping", "deduction", "limits_on_freedom", "pay_below_japanese")


def kind_row(book: Book, code: str) -> Row:
    """The row of `clause_kinds` that names a kind, its rule and its law."""
    return book.rows("clause_kinds", code=code)[0]
