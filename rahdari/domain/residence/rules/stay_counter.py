"""The counter: which days were spent in the status, how many months they make, when the limit is full.

Days in a row are one piece. Inside a piece months are calendar months, its first day counted, and
each day left out moves the end by one day. Pieces with a gap between them are added as months and
days. No Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY, last_day
from rahdari.base.reference import Book, Row

from .stay_shape import Absence, StayFacts
from .stay_spans import Span, clipped, days_in, joined, shared, without


@dataclass(frozen=True, slots=True)
class Piece:
    """Days in a row in the status, with what the counter showed before them."""

    first: dt.date
    until: dt.date
    left_out: tuple[Span, ...] = ()
    months_before: int = 0
    days_before: int = 0

    def reading(self) -> tuple[int, int]:
        """Whole months and further days on the counter at the end of the piece."""
        end = self.until - dt.timedelta(days=days_in(self.left_out) - self.days_before)
        apart = (end.year - self.first.year) * 12 + end.month - self.first.month
        months = next(months for months in (apart + 1, apart, apart - 1) if last_day(self.first, months) <= end)
        return self.months_before + months, (end - last_day(self.first, months)).days

    def full(self, months: int) -> dt.date:
        """The day on which so many months are full, if the status goes on; the day before the piece when they were already."""
        day = last_day(self.first, months - self.months_before) - dt.timedelta(days=self.days_before)
        for span in self.left_out:
            if span.first > day:
                break
            day += dt.timedelta(days=span.days)
        return max(day, self.first - ONE_DAY)


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter of one person on one day: the pieces lived through, and the one that goes on or would begin."""

    lived: tuple[Piece, ...]
    coming: Piece

    @property
    def in_status(self) -> bool:
        """Whether the person holds the status on the day."""
        return bool(self.lived) and self.lived[-1] is self.coming

    @property
    def months(self) -> int:
        """Whole months used."""
        return self.lived[-1].reading()[0] if self.lived else 0

    def full(self, months: int) -> dt.date:
        """The day on which so many months are full, when the status is kept without a gap from now on."""
        for piece in self.lived:
            if piece.reading()[0] >= months:
                return piece.full(months)
        return self.coming.full(months)


def counter_on(as_of: dt.date, held: Sequence[Span], left_out: Sequence[Span], begins: dt.date | None) -> Counter:
    """The counter on a day.

    `held` are the days in the status up to that day, `left_out` those of them that do not count,
    `begins` the day on which a stay of the future begins, if one is known.
    """
    lived: list[Piece] = []
    months = days = 0
    for span in held:
        lived.append(Piece(span.first, span.last, shared(left_out, [span]), months, days))
        months, days = lived[-1].reading()
    if lived and lived[-1].until == as_of:
        return Counter(tuple(lived), lived[-1])
    first = begins or as_of + ONE_DAY
    return Counter(tuple(lived), Piece(first, first - ONE_DAY, (), months, days))


def days_held(facts: StayFacts, as_of: dt.date, book: Book) -> tuple[Span, ...]:
    """The days up to `as_of` that stand on the counter, each once.

    The stays; the status that prepares SSW(i) (COUNT_BRIDGE); an absence on a permit to come back that began
    in the status (COUNT_REENTRY_ABSENCE). An absence without a permit is outside the status, but a day that
    is given as the first or last of a stay (the day of leaving, the day of landing) stays in it.
    """
    stays = [span for stay in facts.stays or () for span in clipped(stay.first, stay.until, as_of)]
    held = joined([*stays, *bridge_days(facts, as_of, book)])
    if counted_row("COUNT_REENTRY_ABSENCE", facts.status, book):
        for absence in sorted(_with_permit(facts), key=lambda one: one.first):
            if any(span.first <= absence.first <= span.last + ONE_DAY for span in held):
                held = joined([*held, *clipped(absence.first, absence.until, as_of)])
    edges = [Span(day, day) for stay in facts.stays or () for day in (stay.first, stay.until) if day is not None]
    gone = [span for absence in without_permit(facts) for span in clipped(absence.first, absence.until, as_of)]
    return without(held, without(gone, edges))


def bridge_days(facts: StayFacts, as_of: dt.date, book: Book) -> tuple[Span, ...]:
    """The days in the status that prepares this one, where the tables count it."""
    if counted_row("COUNT_BRIDGE", facts.status, book) is None:
        return ()
    bridges = (one for one in facts.earlier_status or () if one.status == "bridge")
    return joined(span for one in bridges for span in clipped(one.first, one.until, as_of))


def absent_days(facts: StayFacts, held: Iterable[Span], as_of: dt.date) -> tuple[Span, ...]:
    """The days of `held` that were spent abroad on a permit to come back."""
    return shared([span for one in _with_permit(facts) for span in clipped(one.first, one.until, as_of)], held)


def without_permit(facts: StayFacts) -> tuple[Absence, ...]:
    """The absences that ended the status, because there was no permit to come back."""
    return tuple(one for one in facts.absences or () if one.permit == "none")


def counted_row(code: str, status: str, book: Book) -> Row | None:
    """The row that says what stands on the counter of a status, None where the tables have none."""
    return book.one("stay_rules", code=code, status=status)


def _with_permit(facts: StayFacts) -> tuple[Absence, ...]:
    return tuple(one for one in facts.absences or () if one.permit != "none")
