"""Who must do what next when a case takes another turn."""

from __future__ import annotations

import datetime as dt

from rahdari.base.work import Unit

from ..models import Case
from ..queries.parties import WORKER
from ..queries.rerouting import open_move
from ..queries.waiting import place_of
from ..rules.rerouting import REPLACED

JAPAN, PAKISTAN = "jp", "pk"
TASKS = (
    "nominate_candidate",
    "set_interview",
    "answer_interview",
    "record_decision",
    "explain_no_show",
    "decide_move",
    "move_case",
)


def _wait_for(unit: Unit, task: str, case: Case, body: str, role: str, *, due_at: dt.datetime | None = None) -> None:
    """Opens the clock of a task of this package on a case; one that was open is replaced."""
    name, page = f"placements.{task}", "placements.see_line" if body == WORKER else "placements.see_case"
    unit.settle(name, case, "replaced")
    unit.wait(name, case, **place_of(name, case, body, role, side=unit.actor.node, at=unit.at, due_at=due_at, page=page))


def _wait_for_new_time(unit: Unit, case: Case) -> None:
    """The employer, or whoever forwards for it, owes a time."""
    unit.settle("placements.record_decision", case, "new_time_owed")
    body, role = (case.placement_business, "placement_business") if case.placement_business else (case.employer, "employer")
    _wait_for(unit, "set_interview", case, body, role)


def _end_open(unit: Unit, case: Case, state: str = REPLACED) -> None:
    """A choice of another recruiter that waits for its answer is over."""
    held = open_move(case)
    if held is not None:
        held.state, held.answered_at = state, unit.at
        unit.save(held)
        unit.settle("placements.answer_move", case, state)


def _wait_for_nobody(unit: Unit, case: Case, outcome: str) -> None:
    """Nothing of this package waits on the case any more."""
    _end_open(unit, case)
    unit.settle([f"placements.{task}" for task in TASKS], case, outcome)
