"""Reading results of Japanese-language tests off the scale that held on the day of the test.

Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .eligibility_facts import LanguageResult

# The Common European Framework, lowest first; A2.1 does not reach A2, A2.2 lies in its upper half.
LADDER = ("", "A1", "A2.1", "A2", "A2.2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one result shows: the rows it may stand on, none when it failed; `why_not` when it cannot be read."""

    result: LanguageResult
    rows: tuple[Row, ...] = ()
    why_not: str = ""

    @property
    def levels(self) -> set[str]:
        """Every CEFR level the result may stand for; an empty text where none is reached."""
        return {row["cefr"] for row in self.rows} or {""}

    def shows(self, wanted: Iterable[str]) -> bool | None:
        """Whether one of the wanted codes is satisfied; None when that cannot be told."""
        if self.why_not:
            return None
        verdicts = {not set(wanted).isdisjoint(row.codes("satisfies")) for row in self.rows} or {False}
        return verdicts.pop() if len(verdicts) == 1 else None


def read_result(result: LanguageResult, book: Book, day: dt.date) -> Reading:
    """Reads one result; without its own date every scale begun by `day` comes into question."""
    if result.score is None and result.level is None:
        said_none = result.said("score") or result.said("level")
        return Reading(result, why_not="" if said_none else "result_not_said")
    rows = [row for row in book.rows("language_levels", instrument=result.test) if _on_scale(row, result, day)]
    if not rows:
        return Reading(result, why_not="no_scale")
    if result.level is not None:
        rows = [row for row in rows if result.level in (row["level"], row["cefr"])]
    elif len(rows) > 1 and _levels_are_tests(rows):
        return Reading(result, why_not="level_not_said")
    if not rows:
        return Reading(result, why_not="no_scale")
    return _by_score(result, rows)


def _on_scale(row: Row, result: LanguageResult, day: dt.date) -> bool:
    if result.taken_on is not None:
        return row.in_force(result.taken_on)
    start = row.day("valid_from")
    return start is None or start <= day


def _levels_are_tests(rows: list[Row]) -> bool:
    """Whether each level is a test of its own (JLPT), so that a score alone says nothing."""
    return len({row["score_max"] for row in rows}) == 1


def _by_score(result: LanguageResult, rows: list[Row]) -> Reading:
    score = result.score
    if score is None:
        return Reading(result, tuple(rows))
    if all(score > (row.number("score_max") or 0) for row in rows):
        return Reading(result, why_not="no_scale")
    reached = tuple(row for row in rows if (row.number("score_min") or 0) <= score <= (row.number("score_max") or 0))
    if not reached and not _levels_are_tests(rows):
        return Reading(result, why_not="no_scale")
    return Reading(result, reached)


def best_level(readings: Iterable[Reading]) -> tuple[str | None, Reading | None]:
    """The highest CEFR level that is certain, and the reading it comes from; None where none was reached or can be told."""
    certain = [(min(one.levels), one) for one in readings if not one.why_not and len(one.levels) == 1 and any(one.levels)]
    return max(certain, key=lambda pair: LADDER.index(pair[0]), default=(None, None))


def told(reading: Reading) -> Reason:
    """The reason that says on which scale a result was read."""
    row = reading.rows[0]
    about = {"test": row["instrument"], "level": row["cefr"]}
    return Reason("language_read", about, f"{row['instrument']}/{row['level']}", row["source"], row["confidence"])
