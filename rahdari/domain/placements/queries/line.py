"""The line of one case: nineteen stations, each passed, current, ahead, passed through or not on the route, with its steps.

Everybody who may see a case sees which stations are passed and when; what a step says beyond that is seen where its
marking opens it, and by the worker of the case always.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.reference import Row
from rahdari.domain.candidates.queries import passed_tests, still_missing, waiving
from rahdari.domain.disclosure.queries import opened_to
from rahdari.domain.jobs.models import DemandStep, Step
from rahdari.domain.jobs.queries.line import station_names, steps_of
from rahdari.domain.jobs.rules.line import (
    ALWAYS,
    NEVER,
    ROUTES,
    STATIONS,
    is_service,
    passes,
    stations_open_before,
    stations_passed,
)
from rahdari.domain.jobs.rules.papers import PAPER, SYSTEM

from ..models import Case, StationEvent

PASSED, CURRENT, AHEAD, THROUGH, NOT_ON_ROUTE = "passed", "current", "ahead", "through", "not_on_route"


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A step as the actor may see it; `open` tells whether its content is open to them."""

    row: Step
    open: bool

    @property
    def hatched(self) -> bool:
        """From paper, and the side that took the step has not confirmed it."""
        return self.row.source == PAPER and self.row.confirmed_by is None

    @property
    def contested(self) -> bool:
        """From paper, and the side that took the step says otherwise."""
        return self.row.contested_by is not None


@dataclass(frozen=True, slots=True)
class LineStation:
    """One station of a case: its number, side and names, its state, the day it was passed, and the steps on it."""

    no: int
    side: str
    row: Row
    state: str
    on: dt.date | None = None
    hatched: bool = False
    contested: bool = False
    steps: Sequence[StepSeen] = field(default_factory=tuple)


def line_of(actor: Actor, case: Case) -> list[LineStation]:
    """The stations of a case the actor may see (`case_for`), in their order."""
    seen = _steps_seen(actor, case)
    passed = passed_stations(case, [one.row for one in seen])
    names, route = station_names(current_book(), case.route), ROUTES[case.route]
    open_ones = stations_open_before(STATIONS[-1] + 1, passed, case.route)
    current = open_ones[0] if open_ones else 0
    line = []
    for no in STATIONS:
        if is_service(case.route) and route[no] == NEVER:
            continue  # who stays at home is shown no certificate, visa, clearance or flight
        here = [one for one in seen if one.row.station == no]
        state = _state(no, route[no], passed, current)
        line.append(_station(no, names[no].side, names[no].row, state, here))
    return line


def passed_stations(case: Case, steps: Iterable[Step] | None = None) -> frozenset[int]:
    """The stations a case has passed; packages above ask it before they take their step."""
    rows = steps if steps is not None else _every_step(case)
    return stations_passed(row.step for row in rows)


def _every_step(case: Case) -> list[Step]:
    return [*steps_of(case.demand, case.vacancy), *StationEvent.objects.filter(case=case), *tests_step(case)]


def tests_step(case: Case) -> list[StationEvent]:
    """Station 6 as the file shows it: the tests the demand asks for, passed, or training that stands for them.

    Nothing while one is missing, or without a file.
    """
    if case.file is None or still_missing(case.file, case.demand.tests, case.demand.field):
        return []
    tests = [one for one in passed_tests(case.file) if one.exam in case.demand.tests]
    interned = waiving(case.file, case.demand.tests, case.demand.field)
    if not tests and not interned:
        return []
    by_paper = bool(interned) or any(one.source == PAPER for one in tests)
    return [
        StationEvent(
            home=case.home,
            case=case,
            station=6,
            step="tests_passed",
            on=max([*(one.passed_on for one in tests), *(one.ended_on for one in interned)]),
            acting="EXAM_BODY",
            source=PAPER if by_paper else SYSTEM,
            stands_for="jp" if by_paper else "",
            details={"tests": [one.exam for one in tests]},
            at=case.opened_at,
        )
    ]


def open_before(case: Case, station: int) -> list[int]:
    """The stations before this one that the route of the case needs and that are not passed: empty when the step may be taken."""
    return stations_open_before(station, passed_stations(case), case.route)


def _state(no: int, applies: str, passed: frozenset[int], current: int) -> str:
    if applies == NEVER:
        return NOT_ON_ROUTE
    if no in passed:
        return PASSED
    if no == current:
        return CURRENT
    return THROUGH if applies != ALWAYS and no < max(passed, default=0) else AHEAD


def _station(no: int, side: str, row: Row, state: str, here: Sequence[StepSeen]) -> LineStation:
    own_word = [one for one in here if passes(one.row.step) and one.row.source != PAPER]
    papers = [one for one in here if passes(one.row.step) and one.row.source == PAPER]
    counts = (own_word or papers)[-1:]
    return LineStation(
        no=no,
        side=side,
        row=row,
        state=state,
        on=counts[0].row.on if counts else None,
        hatched=bool(counts) and counts[0].hatched,
        contested=any(one.contested for one in here),
        steps=tuple(here),
    )


def _steps_seen(actor: Actor, case: Case) -> list[StepSeen]:
    """Every step of the case and of its demand in the order they were recorded, each with whether its content is open."""
    everything = Q() if actor.person is not None and actor.person == case.worker else opened_to(actor)
    of_case = StationEvent.objects.filter(case=case).select_related("paper")
    opened = set(of_case.filter(everything).values_list("pk", flat=True))
    of_demand = steps_of(case.demand, case.vacancy)
    opened |= set(of_demand.filter(everything).values_list("pk", flat=True))
    shown = tests_step(case)
    rows: list[DemandStep | StationEvent] = [*of_demand, *of_case, *shown]
    return [StepSeen(row, row.pk in opened or row in shown) for row in rows]
