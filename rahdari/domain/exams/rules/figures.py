"""The figures of tests as dated rows (`exam_rules`): one for a test of its own, else the one for every test. Pure."""

from __future__ import annotations

import datetime as dt

from rahdari.base.reference import Book, Row


def figure_row(book: Book, code: str, on: dt.date, exam: str = "") -> Row:
    """The row of a figure that holds on a day, that of the test before the general one; LookupError where there is none."""
    rows = [row for row in book.in_force("exam_rules", on, code=code) if row["exam"] in ("", exam)]
    if not rows:
        raise LookupError(f"exam_rules has no {code} on {on}")
    return max(rows, key=lambda row: (bool(row["exam"]), row["valid_from"]))


def figure(book: Book, code: str, on: dt.date, exam: str = "") -> int:
    """The number of a figure on a day; LookupError where there is none."""
    return int(figure_row(book, code, on, exam)["number"])
