"""An application taken back by its worker, at any time and without a reason; a candidate returned by the employer with one."""

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
from ..messages import DECIDED, WITHDRAWN, decided, withdrawn
from ..models import Case, Decision
from ..queries.cases import case_for
from ..queries.parties import WORKER, to_employer, to_recruiter
from ..rules.cases import CASE_MOVES, RESCINDED
from ..rules.moves import tells_withdrawal, why_not_return
from .steps import record_step
from .waiting import JAPAN, PAKISTAN, _end_open


def withdraw_application(
    *, actor: Actor, case_id: UUID, reason: str = "own_wish", seen: int | None = None, at: dt.datetime
) -> Case:
    """The worker takes an application back: at any time before the contract, free, and without saying why.

    A worker who was offered terms declines them (`contracts.decline_offer`, which calls this with its reason). Refuses
    `offer_stands` there, `wrong_state` once it is over, `not_own_case`, `stale`. The employer hears of it if it knew of the case.
    """
    with unit_of_work("placements.withdraw_application", actor=actor, at=at) as unit:
        unit.permit(PERMITS["withdraw_application"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["withdraw_application"], case)
        unit.refuse(why_not_move(CASE_MOVES, case.state, "withdrawn"))
        alone = case.state == "selected" and not unit.within
        unit.refuse([Refusal("offer_stands")] if alone else [])
        reason = reason if unit.within else "own_wish"
        on = day_at(at, PAKISTAN)
        if tells_withdrawal(case.state) and case.demand.is_shared:
            content = withdrawn(case=str(case.pk), reason=reason, on=on)
            unit.say(WITHDRAWN, content, marking=to_employer(case).told(), thread=case.pk)
        record_step(actor=actor, case_id=case.pk, step="application_withdrawn", on=on, acting=WORKER, reason=reason, at=at)
        _over(unit, case, "withdrawn")
        unit.about(case, reason=reason)
    return case


def _over(unit: Unit, case: Case, state: str) -> None:
    case.refresh_from_db()
    case.state = state
    unit.save(case)
    _end_open(unit, case)
    unit.settle_all(case, state)


def mirror_withdrawal(*, actor: Actor, statement: Statement, at: dt.datetime) -> Case:
    """Japan's node takes up that a worker took their application back. Refuses `wrong_state`; `Missing` for no case told here."""
    with unit_of_work("placements.mirror_withdrawal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_withdrawal"])
        data = statement.data
        case = unit.lock(Case, UUID(data["case"]))
        unit.refuse([] if case.home == statement.sender else [Refusal("not_own_case")])
        crossed = case.state == RESCINDED == data["reason"]  # both sides took the contract back at once: the worker's word counts
        unit.refuse([] if crossed else why_not_move(CASE_MOVES, case.state, "withdrawn"))
        on = dt.date.fromisoformat(data["on"])
        told = {"acting": WORKER, "reason": data["reason"], "told": statement}
        record_step(actor=actor, case_id=case.pk, step="application_withdrawn", on=on, **told, at=at)
        _over(unit, case, "withdrawn")
        unit.about(case, reason=data["reason"])
    return case


def return_nomination(*, actor: Actor, case_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Decision:
    """The employer returns a candidate without an interview, with a reason the worker is told.

    Refuses `reason_unlawful` (sex, religion, family and the like), `reason_missing`, `wrong_state`, `not_own_case`, `stale`.
    """
    with unit_of_work("placements.return_nomination", actor=actor, at=at) as unit:
        unit.permit(PERMITS["return_nomination"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["return_nomination"], case)
        unit.refuse(why_not_return(state=case.state, reason=reason))
        decision = _end_by_employer(unit, case, "returned", "nomination_returned", reason)
        unit.about(decision, case=case.pk, reason=reason)
    return decision


def _mirror_returned(unit: Unit, case: Case, statement: Statement) -> Decision:
    """Pakistan's node takes up that the employer returned a candidate, inside the unit that takes up the decision."""
    unit.refuse(why_not_return(state=case.state, reason=statement.data["reason"] or ""))
    return _mirror_end_by_employer(unit, case, statement, "nomination_returned")


def _end_by_employer(unit: Unit, case: Case, outcome: str, step: str, reason: str) -> Decision:
    """The employer's decision that ends a case, told to whoever recruits; the case is over with it."""
    on, marking = day_at(unit.at, JAPAN), to_recruiter(case)
    decision = Decision(home=unit.actor.node, case=case, outcome=outcome, on=on, reason=reason, decided_at=unit.at)
    decision.level, decision.bodies = marking.level, list(marking.bodies)
    if case.demand.is_shared:
        content = decided(case=str(case.pk), outcome=outcome, on=on, reason=reason)
        decision.statement = unit.say(DECIDED, content, marking=marking.told(), thread=case.pk).id
    unit.add(decision)
    record_step(actor=unit.actor, case_id=case.pk, step=step, on=on, reason=reason, at=unit.at)
    _over(unit, case, outcome)
    return decision


def _mirror_end_by_employer(unit: Unit, case: Case, statement: Statement, step: str) -> Decision:
    """The same as the sending side takes it up; a case the worker took back meanwhile stays taken back."""
    data = statement.data
    on, reason = dt.date.fromisoformat(data["on"]), data["reason"] or ""
    told = {"outcome": data["outcome"], "on": on, "reason": reason, "decided_at": unit.at}
    decision = unit.add(Decision(**told_by(statement), case=case, **told))
    record_step(
        actor=unit.actor, case_id=case.pk, step=step, on=on, acting=case.employer, reason=reason, told=statement, at=unit.at
    )
    if case.state != "withdrawn":
        _over(unit, case, data["outcome"])
    return decision
