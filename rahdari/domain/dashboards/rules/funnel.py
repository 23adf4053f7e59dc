"""The line of all cases in figures: what is counted at each station, and how the numbers hang together.

    passed   cases that passed the station for the first time between two days
    paper    those of them whose step stands on a paper alone
    here     open cases that wait to pass the station
    ended    cases that ended there between the two days; `why` says in which way

Pure: no Django, no database, no clock here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rahdari.domain.jobs.rules.line import ALWAYS, ROUTES, STATIONS

from .suppression import Key, Sum

ALL = ""  # every field together
PASSED, OWN, PAPER, HERE, ENDED, WHY, HERE_IN_ALL, ENDED_IN_ALL = (
    "passed", "own", "paper", "here", "ended", "why", "here_in_all", "ended_in_all",
)  # fmt: skip
MEASURES = (PASSED, PAPER, HERE, ENDED, "median_days")
# Tests are sat before or after the application, and for several cases at once: they are counted by sitting, elsewhere.
TESTS = 6
OF_DEMANDS = (1, 2, 3, 4)
# Before the nomination nothing of a person crosses: Japan's node knows no application.
OF_CASES: Mapping[str, tuple[int, ...]] = {
    "pk": tuple(no for no in STATIONS if no >= 5 and no != TESTS),
    "jp": tuple(no for no in STATIONS if no >= 7),
}
LAST = STATIONS[-1]
WHYS = ("withdrawn", "refused", "let_go", "returned", "not_selected", "rescinded")
Cell = tuple[str, str, object]  # field, what is counted, station or way of ending


@dataclass
class Counts:
    """Numbers as they were counted, by field; those of all fields are their sums."""

    cells: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, of_field: str, measure: str, at: object, number: int) -> None:
        """Counts for the field, for all fields, and for what it is a part of."""
        sums = {HERE: HERE_IN_ALL, ENDED: ENDED_IN_ALL}
        for one in (of_field, ALL):
            self.cells[one, measure, at] += number
            if measure in sums:
                self.cells[one, sums[measure], None] += number

    @property
    def fields(self) -> list[str]:
        """The fields of which anything was counted."""
        return sorted({of_field for of_field, _, _ in self.cells} - {ALL})


def waits_at(route: str, passed: int, counted: Sequence[int]) -> int | None:
    """The station at which a case stands whose furthest passed one is this; None after the last."""
    ahead = (no for no in counted if no > passed and ROUTES[route][no] == ALWAYS)
    return next(ahead, None)


def sums_of(counts: Counts, counted: Sequence[int]) -> list[Sum]:
    """Every sum that a reader of the tables can write down.

    That a case passed the next station, waits for it or ended there holds for all of them only while nothing lies outside the
    days that are counted; it is a sum where it holds.
    """
    found: list[Sum] = []
    for of_field in (ALL, *counts.fields):
        of_demands = [(of_field, measure, no) for measure in (PASSED,) for no in OF_DEMANDS]
        for key in [*of_demands, *((of_field, PASSED, no) for no in counted)]:
            found.append((key, [(of_field, OWN, key[2]), (of_field, PAPER, key[2])]))
        found.append(((of_field, HERE_IN_ALL, None), [(of_field, HERE, no) for no in counted]))
        found.append(((of_field, ENDED_IN_ALL, None), [(of_field, ENDED, no) for no in counted]))
        found.append(((of_field, ENDED_IN_ALL, None), [(of_field, WHY, one) for one in WHYS]))
        found += _flow(counts, of_field, counted)
    at: list[tuple[str, object]] = [(PASSED, no) for no in (*OF_DEMANDS, *counted)]
    at += [(OWN, no) for no in (*OF_DEMANDS, *counted)] + [(PAPER, no) for no in (*OF_DEMANDS, *counted)]
    at += [(measure, no) for measure in (HERE, ENDED) for no in counted] + [(WHY, one) for one in WHYS]
    at += [(HERE_IN_ALL, None), (ENDED_IN_ALL, None)]
    found += [((ALL, measure, one), [(of_field, measure, one) for of_field in counts.fields]) for measure, one in at]
    return [(total, [part for part in parts if part in counts.cells]) for total, parts in found if total in counts.cells]


def _flow(counts: Counts, of_field: str, counted: Sequence[int]) -> Iterable[Sum]:
    for before, after in pairwise(counted):
        total = (of_field, PASSED, before)
        parts: list[Key] = [(of_field, measure, after) for measure in (PASSED, HERE, ENDED)]
        if counts.cells.get(total) and counts.cells[total] == sum(counts.cells.get(one, 0) for one in parts):
            yield total, parts
