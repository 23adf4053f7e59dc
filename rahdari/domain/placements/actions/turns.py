"""Keeps whose turn a case is, inside the one writer of the line: no package above has to think of it."""

from __future__ import annotations

import datetime as dt

from rahdari.base.clock import ZONES
from rahdari.base.editions import current_book
from rahdari.base.work import Unit
from rahdari.domain.jobs.queries import due_after

from ..models import Case, StationEvent, Turn
from ..queries.interviews import newest_interview
from ..rules.cases import answer_until
from ..rules.turns import ENDS, Next, holder_of, next_after

OF_AN_INTERVIEW = ("placements.answer_interview", "placements.record_decision")
NO_CLOCK = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def _keep_turn(unit: Unit, case: Case, event: StationEvent) -> None:
    """After a step: who must do what next, or nobody any more; a step that changes nothing about it leaves it."""
    held = Turn.objects.filter(case=case).first()
    if event.step in ENDS:
        if held is not None and not held.closed:
            held.closed = True
            unit.save(held)
        return
    if event.step == "costs_declared" and case.promoter and event.acting != case.promoter:
        return  # what the employer adds is no turn: the worker's begins when whoever recruits has declared
    found = next_after(event.step, answer=str(event.details.get("answer", "")), party=event.reason, route=case.route)
    if found is None:
        return
    turn = held or Turn(case=case)
    turn.recruiter, turn.employer = case.promoter, case.employer
    turn.holder, turn.task, turn.since, turn.closed = holder_of(found, recruited=bool(case.promoter)), found.task, event.at, False
    turn.due_at = _due(case, found, event.at) or NO_CLOCK
    if held is None:
        unit.add(turn)
    else:
        unit.save(turn)


def _due(case: Case, found: Next, at: dt.datetime) -> dt.datetime | None:
    """The end of the last day: from the closing of the vacancy for a nomination, from the interview for what follows it."""
    if found.task == "placements.nominate_candidate":
        at = max(at, dt.datetime.combine(case.vacancy.closes_on, dt.time(23, 59, 59), ZONES["pk"]))
    interview = newest_interview(case) if found.task in OF_AN_INTERVIEW else None
    if interview is not None and found.task == "placements.answer_interview":
        return answer_until(at, interview.starts_at)
    at = max(at, interview.starts_at) if interview is not None else at
    return due_after(found.task, at, current_book(), found.side)
