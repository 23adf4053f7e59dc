"""Which tests a person has passed of those a kind of work asks, and which training takes the place of.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.base.reference import Book, Row


@dataclass(frozen=True, slots=True)
class Passed:
    """A test passed: its code, the field it was for (empty where it is for any), whether it was made void."""

    exam: str
    field: str = ""
    void: bool = False


def missing_tests(asked: Iterable[str], field: str, passed: Iterable[Passed]) -> list[str]:
    """The tests asked that no valid result of this field, or of no field, shows."""
    have = {one.exam for one in passed if not one.void and one.field in ("", field)}
    return [code for code in asked if code not in have]


@dataclass(frozen=True, slots=True)
class Interned:
    """Technical intern training as the law of waivers asks it: stage, field of its work, whole months, well completed."""

    stage: str
    field: str
    months: int
    completed_well: bool


WAIVES = {"skill": "waives_skill_test", "language": "waives_base_language", "nursing": "waives_nursing_japanese"}


def not_waived(missing: Iterable[str], field: str, interned: Iterable[Interned], book: Book, on: dt.date) -> list[str]:
    """The missing tests that no training well completed takes the place of (`test_waivers`, `waiver_terms`)."""
    trainings = [one for one in interned if one.completed_well]
    return [code for code in missing if not any(_waived(code, field, one, book, on) for one in trainings)]


def _waived(code: str, field: str, one: Interned, book: Book, on: dt.date) -> bool:
    kind = book.one("exam_kinds", code=code)
    if kind is None or kind["kind"] not in WAIVES:
        return False
    column = WAIVES["nursing" if kind["kind"] == "language" and kind["field"] else kind["kind"]]
    waiving = {row["code"] for row in book.rows("test_waivers") if row[column] == "yes" and row.in_force(on)}
    return any(row["code"] in waiving and _meets(row, field, one, book, on) for row in book.in_force("waiver_terms", on))


def _meets(terms: Row, field: str, one: Interned, book: Book, on: dt.date) -> bool:
    levels = {level for row in book.in_force("field_requirements", on, field=field) for level in row.codes("language_min")}
    return (
        terms["field"] in ("", field)
        and one.stage in terms.codes("stages")
        and one.months >= (terms.number("months_min") or 0)
        and (terms["related"] != "yes" or _today(one.field, book) == _today(field, book))
        and (not terms.codes("base_levels") or levels <= set(terms.codes("base_levels")))
    )


def _today(field: str, book: Book) -> str:
    """What a field has become by mergers."""
    row, seen = book.one("fields", code=field), {field}
    while row is not None and row["merged_into"] and row["merged_into"] not in seen:
        seen.add(row["merged_into"])
        row = book.one("fields", code=row["merged_into"])
    return field if row is None else row["code"]
