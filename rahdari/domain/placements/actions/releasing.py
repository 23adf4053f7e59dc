"""A selected candidate let go by the employer after the contract: the decision, told to the other side, and the end."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by

from ..access import PERMITS
from ..messages import DECIDED, decided
from ..models import Case, Decision
from ..queries.cases import case_for
from ..queries.parties import to_recruiter
from ..rules.cases import CASE_MOVES, RESCINDED
from .steps import record_step
from .waiting import JAPAN
from .withdrawing import _over

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
        on, marking = day_at(at, JAPAN), to_recruiter(case)
        decision = Decision(home=actor.node, case=case, outcome=RESCINDED, on=on, reason=reason, decided_at=at)
        decision.level, decision.bodies = marking.level, list(marking.bodies)
        if case.demand.is_shared:
            content = decided(case=str(case.pk), outcome=RESCINDED, on=on, reason=reason)
            decision.statement = unit.say(DECIDED, content, marking=marking.told(), thread=case.pk).id
        unit.add(decision)
        record_step(actor=actor, case_id=case.pk, step=STEP, on=on, reason=reason, at=at)
        _over(unit, case, RESCINDED)
        unit.about(decision, case=case.pk, reason=reason)
    return decision


def _mirror_released(unit: Unit, case: Case, statement: Statement) -> Decision:
    """Pakistan's node takes up that the employer rescinded the contract, inside the unit that takes up the decision."""
    data = statement.data
    unit.refuse(why_not_move(CASE_MOVES, case.state, RESCINDED))
    on = dt.date.fromisoformat(data["on"])
    told = {"outcome": RESCINDED, "on": on, "reason": data["reason"] or "", "decided_at": unit.at}
    decision = unit.add(Decision(**told_by(statement), case=case, **told))
    record_step(
        actor=unit.actor,
        case_id=case.pk,
        step=STEP,
        on=on,
        acting=case.employer,
        reason=decision.reason,
        told=statement,
        at=unit.at,
    )
    _over(unit, case, RESCINDED)
    return decision
