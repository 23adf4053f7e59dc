"""The line of all cases as anyone reads it: numbers of fewer than five, and what would give them away, are not told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache

from rahdari.base.actor import Actor
from rahdari.base.reference import Book, Row
from rahdari.domain.jobs.queries.line import station_names
from rahdari.domain.jobs.rules.line import STATION_OF
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD

from ..rules.funnel import ALL, ENDED, ENDED_IN_ALL, HERE, HERE_IN_ALL, OF_CASES, OF_DEMANDS, PAPER, PASSED, WHY, WHYS, sums_of
from ..rules.suppression import Key, hidden_numbers
from .counting import Counted, count_line

PERIOD = dt.timedelta(days=365)
HIDDEN = None
FRESH_SECONDS = 600  # so old may what is shown be; counting a large corridor takes a second


@dataclass(frozen=True, slots=True)
class StationFigures:
    """One station; a number is None where it is not told. `here` and `ended` are of cases alone (`of_demands` is false)."""

    no: int
    side: str
    row: Row
    of_demands: bool
    passed: int | None
    paper: int | None
    here: int | None
    ended: int | None
    median_days: int | None


@dataclass(frozen=True, slots=True)
class WhyFigures:
    """How many cases ended in one way; None where it is not told."""

    code: str
    number: int | None


@dataclass(frozen=True, slots=True)
class ClockFigures:
    """A clock: its median over the cases that ended it, None where they are fewer than five."""

    row: Row
    median_days: int | None


@dataclass(frozen=True, slots=True)
class LineFigures:
    """The line of all cases of a field, or of all fields: from one day to another, as of a day, with what is not told."""

    of_field: str
    since: dt.date
    until: dt.date
    fields: Sequence[Row]
    stations: Sequence[StationFigures]
    whys: Sequence[WhyFigures]
    clocks: Sequence[ClockFigures]
    here: int | None
    ended: int | None
    hides: bool

    @property
    def of_cases(self) -> list[StationFigures]:
        """The stations that people pass."""
        return [one for one in self.stations if not one.of_demands]


def line_figures(actor: Actor, book: Book, of_field: str, today: dt.date) -> LineFigures:
    """The figures of a field (all fields where it is unknown or empty) of the year up to a day, as this node has them."""
    rows = {row["code"]: row for row in book.rows("fields")}
    of_field = of_field if of_field in rows else ALL
    since = today - PERIOD + dt.timedelta(days=1)
    clocks = book.in_force("line_clocks", today)
    counted, hidden = _kept(actor.node, book, since, today)
    told = _Told(counted, hidden, of_field)
    return LineFigures(
        of_field=of_field,
        since=since,
        until=today,
        fields=[row for code, row in rows.items() if row.in_force(today) or code == of_field],
        stations=[told.station(actor.node, book, no) for no in (*OF_DEMANDS, *OF_CASES[actor.node])],
        whys=[WhyFigures(code, told.number(WHY, code)) for code in WHYS],
        clocks=[told.clock(row) for row in clocks],
        here=told.number(HERE_IN_ALL, None),
        ended=told.number(ENDED_IN_ALL, None),
        hides=any(key[0] == of_field for key in hidden),
    )


def _kept(node: str, book: Book, since: dt.date, until: dt.date) -> tuple[Counted, frozenset[Key]]:
    """What is counted of all fields, and what of it is not told: the same for every reader, so kept for some minutes."""
    place = f"dashboards.line.{node}.{until}.{book.version}"
    kept: tuple[Counted, frozenset[Key]] | None = cache.get(place)
    if kept is None:
        counted = count_line(node, book.in_force("line_clocks", until), since, until)
        kept = counted, hidden_numbers(counted.counts.cells, sums_of(counted.counts, OF_CASES[node]))
        cache.set(place, kept, FRESH_SECONDS)
    return kept


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one field."""

    counted: Counted
    hidden: frozenset[Key]
    of_field: str

    def number(self, measure: str, at: object) -> int | None:
        key = (self.of_field, measure, at)
        return HIDDEN if key in self.hidden else self.counted.counts.cells.get(key, 0)

    def clock(self, row: Row) -> ClockFigures:
        ends_at = STATION_OF[row["until_step"]]
        untold = self.number(PASSED, ends_at) is HIDDEN
        return ClockFigures(row, HIDDEN if untold else _median(self.counted.clocks.get((self.of_field, row["code"]))))

    def station(self, node: str, book: Book, no: int) -> StationFigures:
        named, of_demands = station_names(book)[no], no in OF_DEMANDS
        passed = self.number(PASSED, no)
        return StationFigures(
            no=no,
            side="pk" if named.side == "both" else named.side,
            row=named.row,
            of_demands=of_demands,
            passed=passed,
            paper=self.number(PAPER, no),
            here=HIDDEN if of_demands else self.number(HERE, no),
            ended=HIDDEN if of_demands else self.number(ENDED, no),
            # A median beside a number that is not told would say that it is not small.
            median_days=HIDDEN if passed is HIDDEN else _median(self.counted.medians.get((self.of_field, no))),
        )


def _median(found: tuple[int, float] | None) -> int | None:
    """In whole days, a half rounded up; not told of fewer than five."""
    return int(found[1] + 0.5) if found is not None and found[0] >= FEWEST_TOLD else HIDDEN
