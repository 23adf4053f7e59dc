"""A licence is suspended, a field is stopped, a result is void: the cases it touches are held, and released when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.queries import due_after

from ..access import PERMITS
from ..models import Case, Hold, Turn
from ..queries.holds import cases_touched, open_holds
from ..queries.parties import WORKER
from ..queries.rerouting import state_before
from ..rules.cases import OVER
from ..rules.holds import CAUSES, LICENCE, holds
from .held_letters import _write_held
from .steps import record_step
from .waiting import _end_open, _wait_for, _wait_for_new_time

TOLD_FROM = 7  # before the nomination the employer knows of no case, and hears nothing
CHOICE = "placements.hold_cases"


def hold_cases(*, actor: Actor, cause: str, of: str, exam: str = "", at: dt.datetime) -> int:
    """Holds every case of this node that a cause touches: `licence` of a promoter, `field_order` of a field, `permission` of a
    demand, `qualification_void` of a person (with `exam` only where that test is asked); says how many.

    A case that is held by the same cause already stays as it is. Refuses an unknown cause. Leaves the hold, the step in the line,
    and for the employer of whoever was nominated the statement with the last day of the worker's choice.
    """
    with unit_of_work("placements.hold_cases", actor=actor, at=at) as unit:
        unit.permit(PERMITS["hold_cases"])
        unit.refuse([] if cause in CAUSES else [Refusal("reason_missing", member="cause")])
        unit.alone(f"placements.holds {cause} {of}")
        held = [_hold(unit, case, cause, of) for case in cases_touched(actor.node, cause, of, exam) if _free(case, cause, of)]
        unit.about(held[0] if held else Hold(cause=cause, of=of), cause=cause, of=of, cases=len(held))
    return len(held)


def _free(case: Case, cause: str, of: str) -> bool:
    return holds(cause, state=case.state, station=case.station) and not any(
        (one.cause, one.of) == (cause, of) for one in open_holds(case)
    )


def _hold(unit: Unit, case: Case, cause: str, of: str) -> Hold:
    hold = unit.add(Hold(case=case, cause=cause, of=of, since=unit.at))
    until = due_after(CHOICE, unit.at, current_book(), unit.actor.node) or unit.at
    told = case.station >= TOLD_FROM
    details = {"reason": cause, "until": day_at(until, unit.actor.node).isoformat()} if told else {"reason": cause}
    step = "case_held" if told else "application_held"
    on = day_at(unit.at, unit.actor.node)
    record_step(actor=unit.actor, case_id=case.pk, step=step, on=on, acting="BEOE", reason=cause, details=details, at=unit.at)
    if cause == LICENCE:
        _end_open(unit, case)
        _wait_for(unit, "move_case", case, WORKER, "worker", due_at=until)
        _write_held(unit, case, day_at(until, unit.actor.node))
    return hold


def release_cases(*, actor: Actor, cause: str, of: str, at: dt.datetime) -> int:
    """Releases what a cause held: the licence is valid again, the order lifted; says how many.

    The employer hears of a case that goes on; one that has ended, or is held by something else, only loses this hold.
    """
    with unit_of_work("placements.release_cases", actor=actor, at=at) as unit:
        unit.permit(PERMITS["release_cases"])
        unit.alone(f"placements.holds {cause} {of}")
        rows = Hold.objects.filter(cause=cause, of=of, released_at=None, case__home=actor.node).order_by("id")
        released = list(rows.select_related("case__demand"))
        for one in released:
            _release(unit, one)
        unit.about(released[0] if released else Hold(cause=cause, of=of), cause=cause, of=of, cases=len(released))
    return len(released)


def _release(unit: Unit, hold: Hold) -> None:
    hold.released_at = unit.at
    unit.save(hold)
    case, told = hold.case, hold.case.station >= TOLD_FROM
    if hold.cause == LICENCE:
        _end_open(unit, case)
        unit.settle("placements.move_case", case, "released")
    if case.state in OVER or (told and open_holds(case)):
        return  # nothing goes on: the case has ended, or something else holds it still
    on = day_at(unit.at, unit.actor.node)
    details = {"route": case.route, "licence": case.licence or case.demand.promoter_licence} if told else {}
    step = "case_moved" if told else "application_released"
    record_step(
        actor=unit.actor, case_id=case.pk, step=step, on=on, acting="BEOE", reason=hold.cause, details=details, at=unit.at
    )


def mirror_hold(*, actor: Actor, statement: Statement, at: dt.datetime) -> Case:
    """Japan's node takes up that a case is held, or goes on: until then the employer's next steps are refused."""
    with unit_of_work("placements.mirror_hold", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_hold"])
        data = statement.data
        case = unit.lock(Case, UUID(data["id"]))
        unit.refuse([] if case.home == statement.sender else [Refusal("not_own_case")])
        on = dt.date.fromisoformat(data["on"])
        told = {"step": data["step"], "acting": data["acting"], "reason": data["reason"] or ""}
        record_step(actor=actor, case_id=case.pk, on=on, details=data["details"], told=statement, **told, at=at)
        if data["step"] == "case_held":
            cause = data["details"]["reason"]
            if not any(one.cause == cause for one in open_holds(case)):
                unit.add(Hold(case=case, cause=cause, of=statement.sender, since=at))
        else:
            moved = bool(data["details"].get("promoter"))  # another recruiter ends what held the case for the old one alone
            for one in open_holds(case):
                if not moved or one.cause == LICENCE:
                    one.released_at = at
                    unit.save(one)
            _follow_move(unit, case, data["details"])
        unit.about(case, step=data["step"])
    return case


def _follow_move(unit: Unit, case: Case, details: Mapping[str, Any]) -> None:
    """The recruiter the worker chose stands for the case from now on; one that was closed meanwhile is open again."""
    if not details.get("promoter"):
        return
    case.refresh_from_db()
    case.route, case.promoter, case.licence = details["route"], details["promoter"], details["licence"]
    if case.state == "withdrawn":
        case.state = state_before(case)
        if case.state == "nominated":
            _wait_for_new_time(unit, case)
    unit.save(case)
    turn = Turn.objects.filter(case=case).first()
    if turn is not None:
        turn.recruiter, turn.closed = case.promoter, False
        unit.save(turn)
