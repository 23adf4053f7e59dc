"""Editions of the reference data: loading one, refusing one that breaks its shape or edits history, the one in force."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import connection

from .actor import Actor
from .models import Edition
from .reference import Book, Row, shipped_book
from .refusal import Refusal, Refused
from .work import unit_of_work

FRESH_SECONDS = 5.0
# What a row may still receive once: its end, and what it became.
ENDS = frozenset({"valid_until", "lifted_on", "merged_into"})
# What we know about a row, not what the law says: may be corrected, and the correction is told.
KNOWLEDGE = frozenset({"source", "confidence", "lifted_confidence", "note", "translation_check"})
# Translations may be corrected while the row says that they are doubtful (translation_check).
TRANSLATED = ("_ur", "_ja")


def load_edition(
    *, actor: Actor, book: Book, faults: list[str], at: dt.datetime, states: Collection[str] = frozenset()
) -> Edition:
    """Makes a book the edition in force; `states` are columns (`table.column`) that say how something stands now.

    Refuses `edition_in_force` when nothing would change, `edition_broken` for every fault the shape check
    found, `history_edited` for whatever the edition before loses (a row may only receive its end; how it stands,
    what we know about it, and doubtful translations may be corrected), `edition_before` for one that was replaced.
    """
    with unit_of_work("base.load_edition", actor=actor, at=at) as unit:
        unit.alone("base.edition")
        before = newest_edition()
        unit.refuse(Refusal("edition_broken", {"fault": fault}) for fault in faults)
        changes: list[str] = []
        if before is not None:
            if before.content_version == book.version:
                raise Refused([Refusal("edition_in_force", {"version": book.version})])
            unit.refuse(Refusal("history_edited", {"fault": fault}) for fault in edited_history(book_of(before), book, states))
            if Edition.objects.filter(content_version=book.version).exists():
                raise Refused([Refusal("edition_before", {"version": book.version})])
            changes = told_changes(book_of(before), book, states)
        edition = unit.add(
            Edition(
                content_version=book.version,
                loaded_at=at,
                tables={name: [_columns(rows), *(list(row.values()) for row in rows)] for name, rows in book.tables.items()},
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
    """The book an edition holds; a table is kept as its head and its lines, for JSON in the database keeps no order of names."""
    tables = {name: [Row(dict(zip(head, row, strict=True))) for row in rows] for name, (head, *rows) in edition.tables.items()}
    return Book(tables, edition.identifiers, edition.content_version)


def _with_new_tables(book: Book) -> Book:
    """The same book with the tables that a newer program brought and no edition holds yet."""
    return Book({**shipped_book().tables, **book.tables}, book.identifiers, book.version)


def _is_translation(column: str) -> bool:
    return column.endswith(TRANSLATED)


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(rows[0]) if rows else []


def _of_facts(table: str, columns: Iterable[str], states: Collection[str]) -> list[str]:
    """The columns that identify a row: all except its end, how it stands, our knowledge about it, and translations."""
    free = ENDS | KNOWLEDGE
    return [c for c in columns if c not in free and f"{table}.{c}" not in states and not _is_translation(c)]


def _paired(old: Sequence[Row], new: Sequence[Row], facts: Sequence[str]) -> Iterator[tuple[int, Row, Row | None]]:
    """Each old row with its line and the new row that says the same, None when there is none; no new row serves twice."""
    held: dict[tuple[str, ...], list[Row]] = {}
    for row in new:
        held.setdefault(tuple(row[c] for c in facts), []).append(row)
    found: dict[int, Row] = {}
    for number, row in enumerate(old, 2):  # equal ones first, lest an ended row take the partner of another
        same = held.get(tuple(row[c] for c in facts), [])
        equal = next((one for one in same if all(one[c] == row[c] for c in row)), None)
        if equal is not None:
            same.remove(equal)
            found[number] = equal
    for number, row in enumerate(old, 2):
        same = held.get(tuple(row[c] for c in facts), [])
        yield number, row, found.get(number) or (same.pop(0) if same else None)


def edited_history(old: Book, new: Book, states: Collection[str] = frozenset()) -> list[str]:
    """What the new book takes away from the old one: tables, columns, rows, facts of rows, ends already given."""
    faults = []
    for table, rows in old.tables.items():
        if not rows:
            continue
        if not new.tables.get(table):
            faults.append(f"{table}.csv is gone")
            continue
        lost = [column for column in _columns(rows) if column not in new.tables[table][0]]
        if lost:
            faults.extend(f"{table}.csv: the column {column} is gone" for column in lost)
            continue
        facts = _of_facts(table, _columns(rows), states)
        for number, row, same in _paired(rows, new.tables[table], facts):
            faults.extend(f"{table}.csv: {fault}" for fault in _edits(number, row, same))
    return faults


def _edits(number: int, row: Row, same: Row | None) -> Iterator[str]:
    if same is None:
        yield f"the row that stood in line {number} is gone or was changed"
        return
    for column, value in row.items():
        if column in ENDS and value and same[column] != value:
            yield f"{column} of the row that stood in line {number} was changed"
        if _is_translation(column) and same[column] != value and row.get("translation_check") != "yes":
            yield f"{column} of the row that stood in line {number} was changed, though no doubt was noted"


def told_changes(old: Book, new: Book, states: Collection[str] = frozenset()) -> list[str]:
    """What a new edition brings, as lines `table: number new|ended|corrected`."""
    told = []
    for table, rows in new.tables.items():
        before = old.tables.get(table, ())
        columns = [column for column in _columns(before) if not rows or column in rows[0]]
        facts = _of_facts(table, columns, states)
        pairs = [(row, same) for _, row, same in _paired(before, rows, facts) if same is not None]
        ended = sum(any(column in ENDS and not row[column] and same[column] for column in columns) for row, same in pairs)
        corrected = sum(any(column not in ENDS and row[column] != same[column] for column in columns) for row, same in pairs)
        counts = {"new": len(rows) - len(pairs), "ended": ended, "corrected": corrected}
        told += [f"{table}: {number} {word}" for word, number in counts.items() if number]
    forms = {str(one["name"]): dict(one) for one in old.identifiers}
    changed = sum(forms.get(str(one["name"])) != dict(one) for one in new.identifiers)
    return [*told, *([f"identifiers: {changed} corrected"] if changed else [])]


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
        _books[version] = _with_new_tables(book_of(Edition.objects.get(content_version=version)))
    return _books[version]


def database_ready() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return bool(cursor.fetchone() == (1,))
