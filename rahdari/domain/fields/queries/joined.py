"""The tables joined with the orders of this node's records, for rules that read suspensions off a book."""

from __future__ import annotations

from functools import lru_cache

from rahdari.base.actor import Actor
from rahdari.base.reference import Book, Row

from ..rules.ceilings import STANDING_STATES
from .orders import all_orders

IN_FORCE = STANDING_STATES | {"lifted"}


def book_with_orders(actor: Actor, book: Book) -> Book:
    """The same edition in which every order this actor may see stands like one of the tables; announced ones do not yet."""
    recorded = [one for one in all_orders(actor, book) if one.record is not None and one.seen.state in IN_FORCE]
    if not recorded:
        return book
    return _joined(book, tuple(one.row for one in recorded), tuple(line for one in recorded for line in one.seen.effects))


@lru_cache(maxsize=8)
def _joined(book: Book, orders: tuple[Row, ...], effects: tuple[Row, ...]) -> Book:
    tables = dict(book.tables)
    tables["suspensions"] = (*tables["suspensions"], *orders)
    tables["suspension_effects"] = (*tables["suspension_effects"], *effects)
    return Book(tables, book.identifiers, book.version)
