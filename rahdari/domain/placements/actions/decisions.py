"""Station 9: the employer decides after the interview; or whoever recruits enters the decision from the employer's letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.actions import keep_paper
from rahdari.domain.jobs.models import Demand, StepPaper
from rahdari.domain.jobs.rules.papers import PAPER, SYSTEM, Paper
from rahdari.domain.jobs.rules.terms import hash_holds

from ..access import PERMITS
from ..messages import DECIDED, decided
from ..models import Case, Decision, Interview, StationEvent
from ..queries.cases import case_for
from ..queries.interviews import (
    decided_by_paper_alone,
    heard_until,
    newest_decision,
    newest_interview,
    ranks_taken,
    selected_before,
    times_missed,
)
from ..queries.parties import to_recruiter
from ..rules.cases import OUTCOMES, RESCINDED, why_not_decide, why_not_from_reserve, why_not_rank_taken, why_not_take_up
from ..rules.moves import why_not_decide_missed
from .changing import CHANGED, _mirror_changed
from .missing import _mirror_missed
from .releasing import _mirror_released
from .steps import record_step
from .waiting import _wait_for_nobody
from .withdrawing import _mirror_returned

JAPAN = "jp"
CALLS = ("contracts.call_reserve", "contracts.offer_service")  # what may call somebody from the reserve list


def record_decision(
    *, actor: Actor, case_id: UUID, outcome: str, reason: str = "", rank: int | None = None,
    terms: Mapping[str, Any] | None = None, employer_signed_on: dt.date | None = None, on: dt.date | None = None,
    paper: Paper | StepPaper | None = None, seen: int | None = None, at: dt.datetime,
) -> Decision:  # fmt: skip
    """The employer puts a candidate on the reserve list or does not select them; on Pakistan's node from the letter.

    `selected` comes only from `contracts.offer_employment`, which brings the terms the employer signed. Refuses
    `no_interview`, `over_places`, `reason_missing`, `rank_missing`, `rank_taken`, `terms_missing`, `hash_differs`,
    `worker_not_heard`, `new_time_owed`, `not_own_case`, `wrong_state`, `stale`, and what a paper lacks. Leaves the decision
    told, and the steps `interviewed` and the outcome.
    """
    with unit_of_work("placements.record_decision", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_decision"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["record_decision"], case)
        demand = unit.lock(Demand, case.demand_id) if outcome == "selected" else case.demand  # the last place is given once
        own_side = actor.node == JAPAN
        on = day_at(at, actor.node) if on is None else on
        interview = newest_interview(case)
        signed = terms is not None and employer_signed_on is not None and bool(unit.within)
        unit.refuse(
            why_not_decide(
                state=case.state,
                outcome=outcome,
                reason=reason,
                rank=rank,
                interview_at=interview.starts_at if interview is not None else None,
                at=at if own_side else _end_of(on, actor.node),
                selected=selected_before(case) if outcome == "selected" else 0,
                places=demand.permitted_places or demand.places,
                signed=signed,
            )
        )
        unit.refuse(_why_not_missed(case, interview, at))
        unit.refuse(why_not_from_reserve(state=case.state, outcome=outcome, called=unit.within in CALLS))
        unit.refuse(why_not_rank_taken(outcome=outcome, rank=rank, taken=ranks_taken(case) if outcome == "reserve" else ()))
        unit.refuse([] if terms is None or hash_holds(terms) else [Refusal("hash_differs")])
        kept = _kept(actor, paper, on, own_side, at)
        decision = Decision(
            home=actor.node,
            case=case,
            outcome=outcome,
            on=on,
            reason=reason,
            rank=rank,
            terms=dict(terms) if terms is not None else None,
            terms_hash=terms["terms_hash"] if terms is not None else "",
            employer_signed_on=employer_signed_on,
            source=SYSTEM if kept is None else PAPER,
            paper=kept,
            decided_at=at,
        )
        if kept is None:
            _say(unit, decision, from_reserve=case.state == "reserve")
        unit.add(decision)
        _record(unit, case, decision, interview, kept)
        unit.about(decision, case=case.pk, outcome=outcome, source=decision.source)
    return decision


def _why_not_missed(case: Case, interview: Interview | None, at: dt.datetime) -> list[Refusal]:
    if interview is None:
        return []
    told: dict[str, Any] = {
        "party": interview.missed_party,
        "heard": interview.heard_at is not None,
        "due_at": heard_until(interview),
    }
    return why_not_decide_missed(state=case.state, missed=times_missed(case), at=at, **told)


def _end_of(on: dt.date, node: str) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(23, 59, 59), ZONES[node])


def _kept(actor: Actor, paper: Paper | StepPaper | None, on: dt.date, own_side: bool, at: dt.datetime) -> StepPaper | None:
    if isinstance(paper, StepPaper) or (paper is None and own_side):
        return paper
    return keep_paper(actor=actor, paper=paper, on=on, own_side=own_side, numbered=False, at=at)


def _say(unit: Unit, decision: Decision, *, from_reserve: bool) -> None:
    content = decided(
        case=str(decision.case.pk),
        outcome=decision.outcome,
        on=decision.on,
        reason=decision.reason,
        rank=decision.rank,
        from_reserve=from_reserve,
        terms=decision.terms,
        employer_signed_on=decision.employer_signed_on,
    )
    marking = to_recruiter(decision.case)
    decision.level, decision.bodies = marking.level, list(marking.bodies)
    if decision.case.demand.is_shared:
        decision.statement = unit.say(DECIDED, content, marking=marking.told(), thread=decision.case.pk).id


def _record(
    unit: Unit, case: Case, decision: Decision, interview: Interview | None, kept: StepPaper | None,
    told: Statement | None = None,
) -> None:  # fmt: skip
    """The case in its new state, the interview held, the outcome: both as steps of the side that took them."""
    acting = case.employer
    source = SYSTEM if kept is None else PAPER
    told_before = StationEvent.objects.filter(case=case, step="interviewed", source=source).exists()
    if interview is not None and interview.missed_at is None and not told_before:
        held_on = min(day_at(interview.starts_at, JAPAN), decision.on)
        record_step(
            actor=unit.actor, case_id=case.pk, step="interviewed", on=held_on, acting=acting, paper=kept, told=told, at=unit.at
        )
    details = {"outcome": decision.outcome, "terms_hash": decision.terms_hash, "rank": decision.rank}
    record_step(
        actor=unit.actor,
        case_id=case.pk,
        step=decision.outcome,
        on=decision.on,
        acting=acting,
        reason=decision.reason,
        details={name: value for name, value in details.items() if value},
        paper=kept,
        told=told,
        at=unit.at,
    )
    case.refresh_from_db()
    case.state = decision.outcome
    unit.save(case)
    unit.settle("placements.record_decision", case)
    _wait_for_nobody(unit, case, "decided")


# What is told by the same statement and is no decision after an interview.
ELSEWHERE: Mapping[str, Callable[[Unit, Case, Statement], object]] = {
    "returned": _mirror_returned,
    "no_show": _mirror_missed,
    RESCINDED: _mirror_released,
    CHANGED: _mirror_changed,
}


def mirror_decision(*, actor: Actor, statement: Statement, at: dt.datetime) -> Decision | None:
    """Pakistan's node takes up what the employer decided; a decision entered from paper is confirmed or contested by it.

    The employer's own word counts from then on, whatever the paper said. Refuses `outcome_unknown`, `hash_differs`,
    `wrong_state` where no interview was set; `Missing` for no case of ours.
    """
    with unit_of_work("placements.mirror_decision", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_decision"])
        data = statement.data
        case = unit.lock(Case, UUID(data["case"]))
        unit.refuse([] if case.home == actor.node else [Refusal("not_own_case")])
        terms, outcome = data["terms"], data["outcome"]
        if outcome in ELSEWHERE:
            ELSEWHERE[outcome](unit, case, statement)
            unit.about(case, outcome=outcome)
            return newest_decision(case)
        unit.refuse([] if outcome in OUTCOMES else [Refusal("outcome_unknown")])
        unit.refuse([] if terms is None or hash_holds(terms) else [Refusal("hash_differs")])
        unit.refuse(why_not_take_up(state=case.state, outcome=outcome, by_paper_alone=decided_by_paper_alone(case)))
        signed_on = data["employer_signed_on"]
        decision = Decision(
            **told_by(statement),
            case=case,
            outcome=outcome,
            on=dt.date.fromisoformat(data["on"]),
            reason=data["reason"] or "",
            rank=data["rank"],
            terms=terms,
            terms_hash=terms["terms_hash"] if terms is not None else "",
            employer_signed_on=dt.date.fromisoformat(signed_on) if signed_on else None,
            decided_at=at,
        )
        unit.add(decision)
        _record(unit, case, decision, newest_interview(case), None, statement)
        unit.about(decision, case=case.pk, outcome=outcome)
    return decision
