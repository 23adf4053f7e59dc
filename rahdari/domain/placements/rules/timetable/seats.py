"""Where and when there are seats: hours of interviewers on one grid of times, less what is taken, rooms that are full, night.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..cases import why_not_hours
from .told import Candidate, Plan, Span

When = tuple[dt.datetime, str]  # begin and place


@dataclass(frozen=True)
class Seats:
    """The seats of a plan: who sits at each time and place, and how many interviews it holds; times in their order."""

    plan: Plan
    sitting: dict[When, tuple[str, ...]]
    room: dict[When, int]

    @cached_property
    def times(self) -> list[When]:
        """Every time and place with a seat, the earliest first."""
        return sorted(self.sitting)

    @cached_property
    def begins(self) -> list[dt.datetime]:
        """The begins of `times`."""
        return [begin for begin, _ in self.times]

    def open_to(self, candidate: Candidate) -> list[When]:
        """The times at which a candidate could come, were nobody else there."""
        return [] if candidate.places.isdisjoint(self.names) and candidate.places else list(self._open_to(candidate))

    @cached_property
    def names(self) -> frozenset[str]:
        """The places that have a seat."""
        return frozenset(place for _, place in self.times)

    def _open_to(self, candidate: Candidate) -> Iterator[When]:
        closed: set[int] = set()
        for span in candidate.busy:
            first = bisect_right(self.begins, span.begin - self.plan.length)
            closed.update(range(first, bisect_left(self.begins, span.end)))
        for number, when in enumerate(self.times):
            if number not in closed and (not candidate.places or when[1] in candidate.places):
                yield when


def seats_of(plan: Plan) -> Seats:
    """The seats of a plan: on one grid of times, so that no two of them overlap without beginning together."""
    sitting: dict[When, list[str]] = defaultdict(list)
    held = _by_interviewer(plan)
    for hours in plan.hours:
        for span in hours.spans:
            for begin in _grid(plan, span):
                asked = Span(begin, begin + plan.length)
                if not any(asked.meets(one) for one in held.get(hours.interviewer, ())):
                    sitting[begin, hours.place].append(hours.interviewer)
    room = {when: _room(plan, when, len(set(there))) for when, there in sitting.items()}
    return Seats(
        plan,
        {when: tuple(sorted(set(there))) for when, there in sitting.items() if room[when] > 0},
        {when: left for when, left in room.items() if left > 0},
    )


def _by_interviewer(plan: Plan) -> dict[str, list[Span]]:
    held: dict[str, list[Span]] = defaultdict(list)
    for one in plan.taken:
        held[one.interviewer].append(one.span)
    return held


def _grid(plan: Plan, span: Span) -> Iterator[dt.datetime]:
    """The begins within a span that leave the notice and lie in the day of people in Pakistan."""
    origin = min((one.begin for hours in plan.hours for one in hours.spans), default=span.begin)
    first = max(span.begin, plan.earliest)
    begin = origin + plan.step * -((origin - first) // plan.step)
    while begin + plan.length <= span.end:
        if not why_not_hours(begin, plan.minutes):
            yield begin
        begin += plan.step


def _room(plan: Plan, when: When, there: int) -> int:
    begin, place = when
    asked = Span(begin, begin + plan.length)
    held = most_at_once(one.span for one in plan.taken if one.place == place and one.span.meets(asked))
    return min(there, plan.at_once(place) - held)


def most_at_once(spans: Iterable[Span]) -> int:
    """How many of the spans there are at the fullest moment."""
    marks = sorted(mark for span in spans for mark in ((span.begin, 1), (span.end, -1)))
    now = most = 0
    for _, change in marks:
        now += change
        most = max(most, now)
    return most
