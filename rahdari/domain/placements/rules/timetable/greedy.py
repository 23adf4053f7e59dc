"""A timetable by the plain rule: who can come least often chooses first, the earliest time, the interviewer with least to do.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from .seats import Seats, When
from .told import Candidate, Meeting, Plan, Span, day_of

Kind = tuple[frozenset[str], tuple[Span, ...]]


def alike(plan: Plan) -> dict[Kind, list[Candidate]]:
    """The candidates by when and where they can come; of several cases of one person only the first is taken."""
    kinds: dict[Kind, list[Candidate]] = defaultdict(list)
    seen: set[str] = set()
    for one in plan.candidates:
        if one.person not in seen:
            kinds[one.places, one.busy].append(one)
            seen.add(one.person)
    return kinds


def make_greedily(seats: Seats) -> list[Meeting]:
    """A timetable without a fault; not always the best, and the same each time."""
    return fill_up(seats, [])


def fill_up(seats: Seats, made: list[Meeting]) -> list[Meeting]:
    """The meetings made already, with those who have no time yet added by the plain rule."""
    ledger = _Ledger(seats)
    for one in made:
        ledger.note((one.starts_at, one.place), one.interviewer)
    placed = {one.case for one in made}
    kinds = []
    for those in alike(seats.plan).values():
        waiting = [one for one in those if one.case not in placed]
        if waiting:
            kinds.append((seats.open_to(waiting[0]), waiting))
    found = list(made)
    for open_times, waiting in sorted(kinds, key=lambda one: len(one[0])):
        found += _in_turn(ledger, open_times, waiting)
    return sorted(found)


def _in_turn(ledger: _Ledger, open_times: list[When], waiting: list[Candidate]) -> Iterator[Meeting]:
    """One after the other at the first time that is left; a time that is gone stays gone."""
    at = 0
    for candidate in waiting:
        while at < len(open_times) and (chosen := ledger.free(open_times[at])) is None:
            at += 1
        if at == len(open_times) or chosen is None:
            return
        ledger.note(open_times[at], chosen)
        yield Meeting(*open_times[at], chosen, candidate.case)


class _Ledger:
    """Which seats are gone."""

    def __init__(self, seats: Seats) -> None:
        self.seats = seats
        self.left = dict(seats.room)
        self.sits: set[tuple[str, dt.datetime]] = set()
        self.days: Counter[tuple[str, dt.date]] = Counter()
        self.loads: Counter[str] = Counter()

    def free(self, when: When) -> str | None:
        """The interviewer with least to do who can take one more at this time and place, if there is one."""
        if not self.left[when]:
            return None
        begin, day = when[0], day_of(when[0])
        free = [
            one
            for one in self.seats.sitting[when]
            if (one, begin) not in self.sits and self.days[one, day] < self.seats.plan.most_a_day
        ]
        return min(free, key=lambda one: (self.days[one, day], self.loads[one], one)) if free else None

    def note(self, when: When, interviewer: str) -> None:
        """This seat is gone."""
        self.left[when] -= 1
        self.sits.add((interviewer, when[0]))
        self.days[interviewer, day_of(when[0])] += 1
        self.loads[interviewer] += 1
