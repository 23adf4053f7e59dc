"""Editions of the reference data: loading one, refusing one that breaks its shape or edits history, the one in force."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Mapping

from django.db import connection

from .actor import Actor
from .models import Edition
from .reference import Book, Row, shipped_book
from .refusal import Refusal, Refused
from .work import unit_of_work

FRESH_SECONDS = 5.0
LATER = frozenset({"valid_until", "lifted_on", "lifted_confidence", "merged_into", "status", "note", "translation_check"})


def load_edition(*, actor: Actor, book: Book, faults: list[str], at: dt.datetime) -> Edition:
    """Makes a book the edition in force.

    Refuses `edition_in_force` when nothing would change, `edition_broken` for every fault the
    shape check found, and `history_edited` for a row of the edition before that is gone or says
    something else (a row may only receive its end).
    """
    with unit_of_work("base.load_edition", actor=actor, at=at) as unit:
        before = newest_edition()
        unit.refuse(Refusal("edition_broken", {"fault": fault}) for fault in faults)
        changes: list[str] = []
        if before is not None:
            unit.refuse(Refusal("history_edited", {"fault": fault}) for fault in edited_history(book_of(before), book))
            changes = told_changes(book_of(before), book)
        if before is not None and before.content_version == book.version:
            raise Refused([Refusal("edition_in_force", {"version": book.version})])
        edition = unit.add(
            Edition(
                content_version=book.version,
                loaded_at=at,
                tables={name: [dict(row) for row in rows] for name, rows in book.tables.items()},
                identifiers=[dict(one) for one in book.identifiers],
                changes=changes,
            )
        )
        unit.about(edition, version=book.version, changes=len(changes))
    _forget()
    return edition


def newest_edition() -> Edition | None:
    """The edition in force, None before the first was loaded."""
    return Edition.objects.order_by("-loaded_at").first()


def book_of(edition: Edition) -> Book:
    """The book an edition holds."""
    tables = {name: [Row(row) for row in rows] for name, rows in edition.tables.items()}
    return Book(tables, edition.identifiers, edition.content_version)


def _facts(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((column, value) for column, value in row.items() if column not in LATER)


def edited_history(old: Book, new: Book) -> list[str]:
    """Rows of the old book that the new one does not hold any more with the same facts."""
    faults = []
    for table, rows in old.tables.items():
        kept = {_facts(row): row for row in new.tables.get(table, ())}
        columns = set(rows[0]) if rows else set()
        added = set(new.tables[table][0]) - columns if new.tables.get(table) else set()
        if added:
            kept = {_facts({c: v for c, v in row.items() if c not in added}): row for row in new.tables[table]}
        for number, row in enumerate(rows, 2):
            same = kept.get(_facts(row))
            if same is None:
                faults.append(f"{table}.csv: the row that stood in line {number} is gone or was changed")
            elif row.get("valid_until") and same["valid_until"] != row["valid_until"]:
                faults.append(f"{table}.csv: the end of the row that stood in line {number} was changed")
    return faults


def told_changes(old: Book, new: Book) -> list[str]:
    """What a new edition adds, a line a table."""
    told = []
    for table, rows in new.tables.items():
        added = len(set(map(_facts, rows)) - set(map(_facts, old.tables.get(table, ()))))
        if added:
            told.append(f"{table}: {added} new")
    return told


class _Held(threading.local):
    book: Book | None = None
    until: float = 0.0


_held = _Held()
_books: dict[str, Book] = {}


def _forget() -> None:
    _held.book = None


def current_book() -> Book:
    """The book in force on this node: the newest edition, or the shipped one before any was loaded."""
    if _held.book is None or time.monotonic() >= _held.until:
        version = Edition.objects.order_by("-loaded_at").values_list("content_version", flat=True).first()
        _held.book, _held.until = _book(version), time.monotonic() + FRESH_SECONDS
    return _held.book


def _book(version: str | None) -> Book:
    if version is None or version == shipped_book().version:
        return shipped_book()
    if version not in _books:
        _books.clear()
        _books[version] = book_of(Edition.objects.get(content_version=version))
    return _books[version]


def database_ready() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone() == (1,)
