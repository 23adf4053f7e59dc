"""What a file shows for professional work: degrees, practice with proof, and levels held in the language of the work."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.domain.candidates.models import Degree, File, Practice
from rahdari.domain.candidates.queries import passed_tests
from rahdari.domain.candidates.rules.learnt import months_of
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.demands import PROFESSIONAL

from ..rules.professional import counts, why_not_qualified, work_row

COUNTED = ("university", "college")  # kinds of degree; a diploma counts only from a school in Japan, which no table tells
SPOKEN_AT = {"good": "B2", "native": "C2"}  # what a person says of a language for which there is no table of tests
JAPANESE = "ja"


def why_not_professional(file: File, demand: Demand, today: dt.date) -> list[Refusal]:
    """Why the person of a file cannot be named for a demand: professional work needs a degree or practice; other work nothing."""
    if demand.route != PROFESSIONAL:
        return []
    book = current_book()
    return why_not_qualified(
        degree=any(one.kind in COUNTED for one in degrees_of(file)),
        months=months_of(((one.from_on, one.until) for one in _proven(file, demand, book, today)), today),
        held=_levels(file, demand.professional.get("working_language", ""), book),
        told=demand.professional,
        book=book,
        on=today,
    )


def degrees_of(file: File) -> list[Degree]:
    """The degrees in a file."""
    return list(Degree.objects.filter(file=file))


def _proven(file: File, demand: Demand, book: Book, today: dt.date) -> list[Practice]:
    """Practice in the work of a demand for which a proof lies in the file."""
    work = work_row(book, demand.field, today)
    return [one for one in Practice.objects.filter(file=file).exclude(paper=None) if counts(one.isco, work)]


def _levels(file: File, language: str, book: Book) -> list[str]:
    if language != JAPANESE:
        return [SPOKEN_AT[one["level"]] for one in file.languages if one["language"] == language and one["level"] in SPOKEN_AT]
    rows = [
        row
        for test in passed_tests(file)
        for row in book.in_force("language_levels", test.passed_on, instrument=test.exam)
        if test.level and test.level in (row["level"], row["cefr"], row["satisfies"].split("|")[0])
    ]
    return [row["cefr"] for row in rows]


def learnt_told(file: File, demand: Demand, today: dt.date) -> dict[str, Any]:
    """What the employer of professional work is told besides the profile: degrees, and practice in the work with its proof."""
    if demand.route != PROFESSIONAL:
        return {}
    degrees = [
        {
            "kind": one.kind, "institution": one.institution, "subject": one.subject, "year": one.year,
            "recognition": one.recognition,
        }
        for one in degrees_of(file)[:10]
    ]  # fmt: skip
    practice = [
        {"isco": one.isco, "months": months_of([(one.from_on, one.until)], today)}
        for one in _proven(file, demand, current_book(), today)[:20]
    ]
    return ({"degrees": degrees} if degrees else {}) | ({"practice": practice} if practice else {})
