"""Reads of cooperation: the Memorandum as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.base.reference import Book, Row

from ..wording.agreement import DONE, PARTLY

# Where what is done for a clause can be seen: permission of the page, and its argument.
PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "3.1": ("fields.see_reference", ()),
    "4.1": ("checks.ask_check", ("costs",)),
    "6.1": ("fields.see_fields", ()),
    "6.2": ("checks.ask_check", ("suspension",)),
    "6.3": ("checks.ask_check", ("suspension",)),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its row, how far the system serves it (`done`, `partly`, `not_yet`), in words, and where."""

    row: Row
    number: str
    state: str
    does: object
    page: str
    arguments: tuple[str, ...]


def agreement(actor: Actor, book: Book) -> list[Clause]:
    """Every clause of the Memorandum in its order."""
    return [_clause(row) for row in book.rows("moc_articles")]


def _clause(row: Row) -> Clause:
    number = f"{row['number']}.{row['part']}"
    state = "done" if number in DONE else "partly" if number in PARTLY else "not_yet"
    page, arguments = PAGES.get(number, ("", ()))
    return Clause(row, number, state, DONE.get(number) or PARTLY.get(number), page, arguments)


def agreement_parts(actor: Actor, book: Book) -> dict[str, tuple[Row, ...]]:
    """What the clauses point to: contact points, the wrongful acts of 4(1), the topics of 4(2)."""
    return {
        "contact_points": book.rows("contact_points"),
        "categories": book.rows("moc_categories"),
        "topics": book.rows("consultation_topics"),
    }
