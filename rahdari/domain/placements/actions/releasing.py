"""A selected candidate let go by the employer after the contract: the decision, told to the other side, and the end."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Case, Decision
from ..queries.cases import case_for
from ..rules.cases import CASE_MOVES, RESCINDED
from .withdrawing import _end_by_employer, _mirror_end_by_employer

STEP = "contract_rescinded"


def release_selected(*, actor: Actor, case_id: UUID, reason: str, at: dt.datetime) -> Decision:
    """Ends the case of a selected candidate, with the reason as a code. Only inside `contracts.rescind_contract`.

    Refuses `not_permitted` outside it, `wrong_state`. Leaves the decision `rescinded`, told, the place free, and nothing
    waiting on the case.
    """
    with unit_of_work("placements.release_selected", actor=actor, at=at) as unit:
        unit.permit(PERMITS["release_selected"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id)
        unit.permit(PERMITS["release_selected"], case)
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        unit.refuse(why_not_move(CASE_MOVES, case.state, RESCINDED))
        decision = _end_by_employer(unit, case, RESCINDED, STEP, reason)
        unit.about(decision, case=case.pk, reason=reason)
    return decision


def _mirror_released(unit: Unit, case: Case, statement: Statement) -> Decision:
    """Pakistan's node takes up that the employer rescinded the contract, also where the worker took it back at the same time."""
    crossed = case.state == "withdrawn" and case.steps.filter(step="application_withdrawn", reason=RESCINDED).exists()
    unit.refuse([] if crossed else why_not_move(CASE_MOVES, case.state, RESCINDED))
    return _mirror_end_by_employer(unit, case, statement, STEP)
