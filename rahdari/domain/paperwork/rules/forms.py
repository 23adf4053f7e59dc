"""The official forms as rows of the tables: which there are on a day, for whom, and what each asks in the order of the paper.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rahdari.base.reference import Book, Row

LANGUAGES = ("en", "ur", "ja")
PART, WORDS, HAND = "part", "words", "hand"  # a heading, a printed text, a place to write by hand
SLOT = "slot."
# Use cases that will hold a field of a form and are not built yet.
PLANNED = frozenset({"residence.plan_support"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a form: its number on the paper, what it asks, of which kind, and from where it is filled."""

    key: str
    number: str
    kind: str
    filled_from: str
    choices: tuple[str, ...]
    needed: bool
    labels: Mapping[str, str]

    @property
    def asks(self) -> bool:
        """Whether a value belongs here, not only a heading, a text or a signature."""
        return self.kind not in (PART, WORDS, HAND)

    @property
    def slot_of(self) -> str:
        """The use case that will hold this field; empty where a row of ours holds it already."""
        return self.filled_from.removeprefix(SLOT).rpartition(".")[0] if self.filled_from.startswith(SLOT) else ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one version, with its lines."""

    code: str
    version: str
    side: str
    subject: str
    official: str
    number: str
    readers: frozenset[str]
    row: Row
    lines: tuple[Asked, ...]

    def title(self, language: str) -> str:
        """Its title in a language."""
        return self.row[f"name_{language}"]


def forms_on(book: Book, on: dt.date, subject: str = "") -> list[Form]:
    """The forms of a day in the order of the table; `subject` is `case` or `demand`, both where it is empty."""
    rows = book.in_force("form_kinds", on)
    return [_form(book, row, on) for row in rows if subject in ("", row["subject"])]


def form_of(book: Book, code: str, on: dt.date) -> Form | None:
    """The form of a code as it is on a day; the last of several versions. None where there is none."""
    rows = [row for row in book.in_force("form_kinds", on) if row["code"] == code]
    return _form(book, rows[-1], on) if rows else None


def _form(book: Book, row: Row, on: dt.date) -> Form:
    lines = book.in_force("form_fields", on, form=row["code"], version=row["version"])
    return Form(
        row["code"],
        row["version"],
        row["side"],
        row["subject"],
        row["official"],
        row["number"],
        frozenset(row.codes("readers")),
        row,
        tuple(_asked(one) for one in lines),
    )


def _asked(row: Row) -> Asked:
    labels = {language: row[f"name_{language}"] for language in LANGUAGES}
    return Asked(row["key"], row["number"], row["kind"], row["filled_from"], row.codes("choices"), row["needed"] == "yes", labels)
