"""Who must do what next with terms and costs."""

from __future__ import annotations

from rahdari.base.work import Unit
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.parties import WORKER, carries
from rahdari.domain.placements.queries.waiting import place_of

SENDING = "pk"


def _wait_for_worker(unit: Unit, task: str, case: Case) -> None:
    """Opens the worker's clock for a step only they can take."""
    _wait(unit, task, case, WORKER, "worker")


def _wait_for_recruiter(unit: Unit, task: str, case: Case) -> None:
    """Opens the clock of whoever recruits for the case."""
    _wait(unit, task, case, *carries(case, SENDING))


def _wait_for_employer(unit: Unit, task: str, case: Case) -> None:
    """Opens the employer's clock; a waiting row names its use case as the worklist does, also one of a storey above."""
    _wait(unit, task, case, case.employer, "employer")


def _wait(unit: Unit, task: str, case: Case, body: str, role: str) -> None:
    unit.settle(task, case, "replaced")
    unit.wait(task, case, **place_of(task, case, body, role, side=unit.actor.node, at=unit.at))
