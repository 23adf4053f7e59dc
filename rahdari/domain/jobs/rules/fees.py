"""What a state itself charges, as the lines of cost that a vacancy shows. No Django, no database, no clock here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.reference import Book

from .line import fees_of

PAISA = 100  # in a rupee; the tables are written in rupees


def state_fees(book: Book, route: str, on: dt.date) -> list[dict[str, Any]]:
    """The fixed fees of Pakistan on a route, each with its payer, in paisa; none where the tables have no such route."""
    rows = book.in_force("fees_pk", on, route=fees_of(route), kind="fixed")
    return [
        {
            "code": row["item"],
            "money": {"amount": (row.number("amount_pkr") or 0) * PAISA, "currency": "PKR"},
            "payer": row["payer"],
        }
        for row in rows
    ]
