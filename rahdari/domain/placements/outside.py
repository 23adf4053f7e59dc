"""The solver that makes a timetable better than the plain rule, where it is installed (`pip install rahdari[timetables]`).

Called by a view that waits, or a benchmark; never inside a transaction. Without the solver, or when it finds nothing in
its time, the plain rule answers: both are held to the same `faults_of`.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle, islice
from typing import Any

from .rules.timetable import Candidate, Meeting, Plan, Seats, Span, cost_of, make_greedily, seats_of
from .rules.timetable.cost import A_DAY, LEFT_OUT, days_waited, for_fullest
from .rules.timetable.greedy import alike, fill_up
from .rules.timetable.seats import When
from .rules.timetable.told import day_of

GREEDY, SOLVER = "greedy", "cp_sat"
SECONDS, WORKERS = 20.0, 2
SHARED = 20  # from how many people on a pattern of busy hours is a kind of its own
NEAR = 0.001  # a timetable proved to be as near as this to the best is taken


@dataclass(frozen=True, slots=True)
class Made:
    """A timetable, who made it, and the least that any could cost as the solver proved it."""

    meetings: list[Meeting]
    maker: str
    least: float | None = None


def has_solver() -> bool:
    """Whether the solver is installed here."""
    return importlib.util.find_spec("ortools") is not None


def make_timetable(plan: Plan, *, seconds: float = SECONDS) -> Made:
    """The better of what the solver and the plain rule make; the plain rule alone where there is no solver."""
    seats = seats_of(plan)
    plain = Made(make_greedily(seats), GREEDY)
    if not has_solver() or not seats.times:
        return plain
    solved = solve(seats, seconds=seconds)
    if solved is None or cost_of(plan, solved.meetings) >= cost_of(plan, plain.meetings):
        return Made(plain.meetings, GREEDY, solved.least if solved is not None else None)
    return solved


def solve(seats: Seats, *, seconds: float = SECONDS) -> Made | None:
    """What the solver makes of the seats in the given seconds; nothing where it found none."""
    cp_model: Any = importlib.import_module("ortools.sat.python.cp_model")
    model = _Model(seats, cp_model.CpModel())
    model.hint(make_greedily(seats))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.relative_gap_limit = NEAR
    solver.parameters.random_seed = 1
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Made(model.read(solver), SOLVER, solver.best_objective_bound)


@dataclass
class _Model:
    """People alike are one number, times alike are one, and so are interviewers with the same hours.

    A pattern of busy hours that few share is left out here (which can only make the proved bound lower) and kept when the
    people are told apart again: each takes the first time of their kind at which they can come.
    """

    seats: Seats
    model: Any
    come: dict[tuple[int, int], Any] = field(default_factory=dict)
    sit: dict[tuple[int, When], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kinds = _coarse(self.seats.plan)
        self.kind_of = {one.case: number for number, (_, those) in enumerate(self.kinds) for one in those}
        self.blocks = self._blocks()
        self.block_of = {when: number for number, (times, _) in enumerate(self.blocks) for when in times}
        self._people()
        self._interviewers()
        self._meet()
        self._cost()

    @cached_property
    def banks(self) -> list[tuple[tuple[str, ...], frozenset[When]]]:
        """Interviewers who sit at the very same times and places, together."""
        own: dict[str, set[When]] = defaultdict(set)
        for when, there in self.seats.sitting.items():
            for one in there:
                own[one].add(when)
        banks: dict[frozenset[When], list[str]] = defaultdict(list)
        for one, times in own.items():
            banks[frozenset(times)].append(one)
        return [(tuple(sorted(those)), times) for times, those in banks.items()]

    def _blocks(self) -> list[tuple[list[When], list[int]]]:
        """Times of one day at which the same kinds of people can come, with those kinds."""
        open_to: dict[When, list[int]] = defaultdict(list)
        for number, (kind, _) in enumerate(self.kinds):
            for when in self.seats.open_to(kind):
                open_to[when].append(number)
        blocks: dict[tuple[dt.date, tuple[int, ...]], list[When]] = defaultdict(list)
        for when in self.seats.times:
            blocks[day_of(when[0]), tuple(open_to[when])].append(when)
        return [(times, list(kinds)) for (_day, kinds), times in blocks.items()]

    def _people(self) -> None:
        of_kind: dict[int, list[Any]] = defaultdict(list)
        for number, (times, kinds) in enumerate(self.blocks):
            room = sum(self.seats.room[when] for when in times)
            for kind in kinds:
                one = self.come[kind, number] = self.model.new_int_var(0, min(room, len(self.kinds[kind][1])), "")
                of_kind[kind].append(one)
        for kind, those in of_kind.items():
            self.model.add(sum(those) <= len(self.kinds[kind][1]))

    def _interviewers(self) -> None:
        for number, (those, times) in enumerate(self.banks):
            at: dict[dt.datetime, list[Any]] = defaultdict(list)
            days: dict[dt.date, list[Any]] = defaultdict(list)
            for when in times:
                sit = self.sit[number, when] = self.model.new_int_var(0, min(len(those), self.seats.room[when]), "")
                at[when[0]].append(sit)
                days[day_of(when[0])].append(sit)
            for here in at.values():
                if len(here) > 1:
                    self.model.add(sum(here) <= len(those))
            for here in days.values():
                self.model.add(sum(here) <= len(those) * self.seats.plan.most_a_day)

    def _meet(self) -> None:
        """At each time and place no more sit than it holds; over times alike as many sit as come."""
        here: dict[When, list[Any]] = defaultdict(list)
        for (_number, when), one in self.sit.items():
            here[when].append(one)
        for when, those in here.items():
            if len(those) > 1:
                self.model.add(sum(those) <= self.seats.room[when])
        for number, (times, kinds) in enumerate(self.blocks):
            come = sum(self.come[kind, number] for kind in kinds)
            self.model.add(sum(one for when in times for one in here[when]) == come)

    def _cost(self) -> None:
        plan = self.seats.plan
        self.fullest = self.model.new_int_var(0, len(plan.candidates), "")
        loads: dict[int, list[Any]] = defaultdict(list)
        for (number, _when), one in self.sit.items():
            loads[number].append(one)
        for number, those in loads.items():
            self.model.add(sum(those) <= self.fullest * len(self.banks[number][0]))
        waited = [days_waited(plan, times[0][0]) for times, _ in self.blocks]
        placed = sum(one * (A_DAY * waited[number] - LEFT_OUT) for (_kind, number), one in self.come.items())
        self.model.minimize(placed + LEFT_OUT * len(plan.candidates) + for_fullest(plan) * self.fullest)

    def hint(self, meetings: list[Meeting]) -> None:
        """Lets the solver begin with a timetable that was made."""
        bank_of = {one: number for number, (those, _) in enumerate(self.banks) for one in those}
        sit = Counter((bank_of[one.interviewer], (one.starts_at, one.place)) for one in meetings)
        come = Counter((self.kind_of[one.case], self.block_of[one.starts_at, one.place]) for one in meetings)
        loads = Counter(bank_of[one.interviewer] for one in meetings)
        for key, one in self.sit.items():
            self.model.add_hint(one, sit[key])
        for kind, one in self.come.items():
            self.model.add_hint(one, come[kind])
        fullest = (-(-load // len(self.banks[number][0])) for number, load in loads.items())
        self.model.add_hint(self.fullest, max(fullest, default=0))

    def read(self, solver: Any) -> list[Meeting]:
        """The meetings of a solution: those of a bank in turn, people at the first time of their kind at which they can come."""
        seats: dict[int, list[tuple[When, str]]] = defaultdict(list)
        for number, (those, times) in enumerate(self.banks):
            turn = cycle(those)
            for when in sorted(times):
                here = islice(turn, solver.value(self.sit[number, when]))
                seats[self.block_of[when]] += [(when, one) for one in here]
        pools: dict[int, list[tuple[When, str]]] = defaultdict(list)
        for (kind, number), one in self.come.items():
            for _ in range(solver.value(one)):
                pools[kind].append(seats[number].pop())
        made = [meeting for kind, (_, those) in enumerate(self.kinds) for meeting in self._told_apart(those, sorted(pools[kind]))]
        return fill_up(self.seats, made)

    def _told_apart(self, those: list[Candidate], pool: list[tuple[When, str]]) -> Iterator[Meeting]:
        length = self.seats.plan.length
        for one in sorted(those, key=lambda one: -len(one.busy)):
            for number, ((begin, place), interviewer) in enumerate(pool):
                asked = Span(begin, begin + length)
                if not any(asked.meets(busy) for busy in one.busy):
                    del pool[number]
                    yield Meeting(begin, place, interviewer, one.case)
                    break


def _coarse(plan: Plan) -> list[tuple[Candidate, list[Candidate]]]:
    """Kinds of people, each with one who stands for it: busy hours that few share are left out of the kind."""
    kinds: dict[Any, list[Candidate]] = defaultdict(list)
    for (places, busy), those in alike(plan).items():
        kinds[places, busy if len(those) >= SHARED else ()] += those
    return [(Candidate("", "", busy, places), those) for (places, busy), those in kinds.items()]
