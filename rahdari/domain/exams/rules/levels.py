"""Which score a level of a language test needs on its day (`language_levels`): the scale of a test may change. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal

from .results import ResultLine

TOTAL = "TOTAL"  # the section that holds the score of the whole test, as an examiner tells it


def least_score(book: Book, exam: str, level: str, on: dt.date) -> int | None:
    """The least score that proves a level on a day; None where the table has none, as for a test of skill."""
    rows = [row for row in book.in_force("language_levels", on, instrument=exam) if level in row.codes("satisfies")]
    scores = [score for row in rows if (score := row.number("score_min")) is not None]
    return min(scores, default=None)


def why_not_level(lines: Iterable[ResultLine], least: int | None) -> list[Refusal]:
    """`score_below_level` for each pass whose whole score lies below what the level of the sitting needs."""
    if least is None:
        return []
    totals = ((line, one.score) for line in lines if line.outcome == "pass" for one in line.sections if one.code == TOTAL)
    return [
        Refusal("score_below_level", {"number": line.number, "score": score, "least": least}, "language_levels", member="results")
        for line, score in totals
        if score < least
    ]
