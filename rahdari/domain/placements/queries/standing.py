"""Where a case stands, for whoever sees its line: two clocks, who holds it until when, what is missing, how long others took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.domain.candidates.queries import still_missing
from rahdari.domain.jobs.rules.line import STATION_OF

from ..models import Case, Turn
from ..rules.cases import OVER
from ..rules.standing import Clock, clocks_of, first_days, missing_now
from .line import CURRENT, LineStation
from .pace import Pace, pace_at
from .turns import FAR, TurnSeen, left_of


@dataclass(frozen=True, slots=True)
class Lacking:
    """A step that is missing: its station, and at station 6 the tests."""

    station: int
    step: str
    tests: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands; `turn` is None where nobody holds it, `waited` the days since it came to whoever holds it."""

    clocks: list[Clock] = field(default_factory=list)
    turn: TurnSeen | None = None
    waited: int | None = None
    missing: list[Lacking] = field(default_factory=list)
    pace: Pace | None = None

    @property
    def due_at(self) -> dt.datetime | None:
        """Until when whoever holds it must act; None where no target is known."""
        return None if self.turn is None or self.turn.row.due_at.year >= FAR else self.turn.row.due_at


def standing_of(case: Case, line: Sequence[LineStation], at: dt.datetime) -> Standing:
    """Where a case that goes on stands at a moment, by its line (`line_of`); of one that is over nothing waits any more.

    That a step is missing, and who must take it, is told to everybody who sees the line; what a step said is not told here.
    """
    if case.state in OVER:
        return Standing()
    today = day_at(at, case.home)
    rows = [step.row for step in chain.from_iterable(one.steps for one in line) if step.row.contested_by is None]
    rows.sort(key=lambda row: (row.at, str(row.pk)))
    turn = Turn.objects.filter(case=case, closed=False).first()
    here = next((one.no for one in line if one.state == CURRENT), 0)
    return Standing(
        clocks=clocks_of(current_book().rows("line_clocks"), first_days((one.step, one.on) for one in rows), case.route, today),
        turn=None if turn is None else TurnSeen(turn, left_of(turn, at)),
        waited=None if turn is None else max(0, (today - day_at(turn.since, case.home)).days),
        missing=[_lacking(case, step) for step in missing_now([one.step for one in rows], case.route)],
        pace=pace_at(case, here, today) if here else None,
    )


def _lacking(case: Case, step: str) -> Lacking:
    if step != "tests_passed" or case.file is None:
        return Lacking(STATION_OF[step], step)
    return Lacking(STATION_OF[step], step, still_missing(case.file, case.demand.tests, case.demand.field))
