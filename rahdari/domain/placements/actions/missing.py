"""Station 8: an interview that was not held, whose fault it was, and the worker's word on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals.forms import write_moment

from ..access import PERMITS
from ..messages import DECIDED, decided
from ..models import Case, Interview
from ..queries.cases import case_for
from ..queries.interviews import heard_until, newest_interview
from ..queries.parties import WORKER, to_recruiter
from ..rules.moves import CANDIDATE, why_not_explain, why_not_no_show
from .steps import record_step
from .waiting import JAPAN, PAKISTAN, _wait_for, _wait_for_new_time


def record_no_show(*, actor: Actor, case_id: UUID, party: str, seen: int | None = None, at: dt.datetime) -> Interview:
    """The employer says that an interview was not held, and whose fault it was: candidate, employer, or the link.

    Refuses `too_early` before half an hour after its begin, `reason_missing` for an unknown party, `no_interview`, `wrong_state`,
    `not_own_case`, `stale`. Leaves the worker's clock to be heard; where it was not their fault, a new time is owed at once.
    """
    with unit_of_work("placements.record_no_show", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_no_show"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["record_no_show"], case)
        interview = newest_interview(case)
        begin = interview.starts_at if interview is not None else None
        unit.refuse(why_not_no_show(state=case.state, party=party, starts_at=begin, at=at))
        if interview is None:
            raise AssertionError("refused above")
        on = day_at(at, JAPAN)
        marking = to_recruiter(case)
        if case.demand.is_shared:
            content = decided(case=str(case.pk), outcome="no_show", on=on, reason=party)
            unit.say(DECIDED, content, marking=marking.told(), thread=case.pk)
        record_step(actor=actor, case_id=case.pk, step="not_appeared", on=on, reason=party, at=at)
        _miss(unit, case, interview, party)
        unit.about(interview, case=case.pk, party=party)
    return interview


def _miss(unit: Unit, case: Case, interview: Interview, party: str) -> None:
    """The interview was not held: the case waits for the worker's word, or for a new time."""
    interview.missed_party, interview.missed_at = party, unit.at
    unit.save(interview)
    case.refresh_from_db()
    case.state = "missed"
    unit.save(case)
    unit.settle("placements.answer_interview", case, "missed")
    if unit.actor.node == PAKISTAN:
        if party == CANDIDATE:
            _wait_for(unit, "explain_no_show", case, WORKER, "worker")
    elif party == CANDIDATE:
        _wait_for(unit, "record_decision", case, case.employer, "employer")
    else:
        _wait_for_new_time(unit, case)


def _mirror_missed(unit: Unit, case: Case, statement: Statement) -> None:
    """Pakistan's node takes up that an interview was not held, inside the unit that takes up the decision."""
    interview = newest_interview(case)
    if interview is None:
        unit.refuse([Refusal("no_interview")])
        raise AssertionError("refused above")
    reason, on = statement.data["reason"] or "", dt.date.fromisoformat(statement.data["on"])
    unit.refuse(why_not_no_show(state=case.state, party=reason, starts_at=interview.starts_at, at=statement.issued_at))
    acting = case.employer
    record_step(
        actor=unit.actor, case_id=case.pk, step="not_appeared", on=on, acting=acting, reason=reason, told=statement, at=unit.at
    )
    _miss(unit, case, interview, reason)


def explain_no_show(
    *, actor: Actor, case_id: UUID, text: str, other_times: Sequence[dt.datetime] = (), at: dt.datetime
) -> Interview:
    """The worker says why they did not come and when they can; with it they have one new time by right.

    The words stay here, closed at rest; the employer hears only that the worker was heard, and the other times. Refuses
    `nothing_to_explain`, `already_answered`, `too_late` after three working days, `reason_missing`, `not_own_case`.
    """
    with unit_of_work("placements.explain_no_show", actor=actor, at=at) as unit:
        unit.permit(PERMITS["explain_no_show"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id)
        unit.permit(PERMITS["explain_no_show"], case)
        interview = newest_interview(case)
        if interview is None:
            unit.refuse([Refusal("nothing_to_explain")])
            raise AssertionError("refused above")
        told: dict[str, Any] = {"party": interview.missed_party, "heard": interview.heard_at is not None}
        unit.refuse(why_not_explain(state=case.state, due_at=heard_until(interview), at=at, **told))
        unit.refuse([] if text.strip() else [Refusal("reason_missing", member="text")])
        interview.heard_at, interview.heard = at, text.strip()
        interview.answer, interview.other_times = "no", [write_moment(one) for one in other_times]
        unit.save(interview)
        details = {"answer": "no", "other_times": interview.other_times}
        record_step(
            actor=actor,
            case_id=case.pk,
            step="interview_answered",
            on=day_at(at, PAKISTAN),
            acting=WORKER,
            details=details,
            at=at,
        )
        unit.settle("placements.explain_no_show", case)
        unit.about(interview, case=case.pk)
    return interview
