"""What stands for a test in professional work: a degree or years of practice, and a language where the work faces people.

The rows of `professional_routes` say which (ICRRA, table 1-2; criteria ordinance). Facts in, every refusal out. No Django, no
database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Refusal

STATUS, YEARS, MONTHS = "professional", "years", 12
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")  # of the Common European Framework, in their order


def work_row(book: Book, work: str, on: dt.date) -> Row | None:
    """The row of a kind of professional work; None for a field."""
    return next(iter(book.in_force("professional_routes", on, code=work, kind="work")), None)


def counts(isco: str, work: Row | None) -> bool:
    """Whether practice of a kind, by its code of ISCO-08, is practice in the work."""
    return work is not None and isco.startswith(work["value"])


def level_asked(book: Book, told: Mapping[str, Any], on: dt.date) -> str:
    """The level asked in the language of the work on a day; empty where none is: no people faced, another category, earlier."""
    if not told.get("faces_people"):
        return ""
    at = next(iter(book.in_force("professional_routes", on, status=STATUS, kind="language_at")), None)
    level = next(iter(book.in_force("professional_routes", on, status=STATUS, kind="language")), None)
    asked = at is not None and level is not None and str(told.get("employer_category")) in at.codes("value")
    return level["value"] if asked and level is not None else ""


def reaches(held: Iterable[str], asked: str) -> bool:
    """Whether one of the levels held is the one asked, or above it."""
    return any(level in LEVELS and LEVELS.index(level) >= LEVELS.index(asked) for level in held)


def why_not_qualified(
    *, degree: bool, months: int, held: Iterable[str], told: Mapping[str, Any], book: Book, on: dt.date
) -> list[Refusal]:
    """Why somebody cannot be named for professional work.

    `months` are those of practice in the work with proof, `held` the levels held in the language of the work, `told` what the
    demand says of it (`ProfessionalFacts`).
    """
    rows = book.in_force("professional_routes", on, kind="qualification", status=STATUS)
    years = min((row.number("value") or 0 for row in rows if row["unit"] == YEARS), default=0)
    shown = any(months >= years * MONTHS if row["unit"] == YEARS else degree for row in rows)
    against = [] if shown else [Refusal("degree_or_practice_missing", {"years": years})]
    level = level_asked(book, told, on)
    if level and not reaches(held, level):
        against.append(Refusal("working_language_missing", {"level": level, "language": told.get("working_language", "")}))
    return against
