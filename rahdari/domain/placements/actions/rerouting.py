"""A case whose recruiter's licence fell: its worker chooses who recruits instead, the one chosen answers; else it is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.models import Waiting
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.candidates.actions import give_consent
from rahdari.domain.candidates.rules.files import SHOW_FILE
from rahdari.domain.jobs.rules.demands import CORPORATION

from ..access import PERMITS
from ..messages import WITHDRAWN, withdrawn
from ..models import Case, CaseMove, Turn
from ..queries.cases import case_for
from ..queries.holds import open_holds
from ..queries.parties import RECRUITER_ROLE, WORKER, carries, recruiter_role, to_employer
from ..queries.rerouting import choice_until, is_offered, licence_of, open_move, state_before
from ..rules.holds import LICENCE
from ..rules.moves import tells_withdrawal
from ..rules.rerouting import (
    AGREED,
    CORPORATION_ROUTE,
    DECLINED,
    REPLACED,
    why_not_answer_move,
    why_not_close_case,
    why_not_move_case,
)
from .held_letters import _write_answer
from .steps import record_step
from .waiting import PAKISTAN, _end_open, _wait_for
from .withdrawing import _over

PROTECTOR = "PROTECTOR"


def move_case(
    *, actor: Actor, case_id: UUID, route: str, promoter: str = "", show_file: bool = False, seen: int | None = None,
    at: dt.datetime,
) -> CaseMove:  # fmt: skip
    """The worker of a case whose recruiter's licence fell chooses the corporation or another promoter to go on with.

    One who chose before may choose anew until the answer; a case that was closed or taken back meanwhile may so be opened
    again within the days of `action_targets`. Refuses `no_choice_offered`, `route_not_open`, `consent_missing`,
    `not_own_case`, `stale`. Leaves the choice, the consent, and the clock of the one chosen; nothing moves before it agrees.
    """
    with unit_of_work("placements.move_case", actor=actor, at=at) as unit:
        unit.permit(PERMITS["move_case"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["move_case"], case)
        body = CORPORATION if route == CORPORATION_ROUTE else promoter
        licensed, licence = licence_of(route, body, day_at(at, PAKISTAN))
        told = {"route": route, "same": body == case.promoter, "licensed": licensed, "consent": show_file}
        unit.refuse(why_not_move_case(offered=is_offered(case, at), **told))  # type: ignore[arg-type]
        _end_open(unit, case, REPLACED)
        give_consent(actor=actor, purpose=SHOW_FILE, body=body, at=at)
        move = unit.add(CaseMove(case=case, route=route, promoter=body, licence=licence, chosen_at=at))
        unit.settle("placements.move_case", case)
        _wait_for(unit, "answer_move", case, body, RECRUITER_ROLE.get(body, "promoter_manager"))
        unit.about(move, case=case.pk, route=route, promoter=body)
    return move


def answer_move(
    *, actor: Actor, case_id: UUID, agrees: bool = False, reason: str = "", seen: int | None = None, at: dt.datetime
) -> CaseMove:
    """The one a worker chose takes the case over, with all that was done in it, or declines with a reason.

    `Missing` for a case that was not brought before the actor. Refuses `no_choice_offered` once the licence that fell holds
    again, `route_not_open` when the answerer's own does not, `reason_missing`, `wrong_state`, `stale`. Agreed, it leaves the
    case with its new recruiter and released, `J:case_moved` told to the employer; either way a letter to the worker.
    """
    with unit_of_work("placements.answer_move", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_move"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        move = open_move(case)
        if move is None:
            raise Missing(f"CaseMove of {case_id}")
        move = unit.lock(CaseMove, move.pk)
        unit.permit(PERMITS["answer_move"], move)
        licensed, licence = licence_of(move.route, move.promoter, day_at(at, PAKISTAN))
        told: dict[str, Any] = {"state": move.state, "offered": is_offered(case, at), "agrees": agrees}
        unit.refuse(why_not_answer_move(**told, licensed=licensed, reason=reason))
        move.state, move.reason, move.answered_at = AGREED if agrees else DECLINED, "" if agrees else reason, at
        unit.save(move)
        unit.settle("placements.answer_move", case, move.state)
        if agrees:
            _take_over(unit, case, move, licence)
        elif case.state != "withdrawn":
            _wait_for(unit, "move_case", case, WORKER, "worker")
        _write_answer(unit, case, move)
        unit.about(move, case=case.pk, agrees=agrees, reason=move.reason)
    return move


def _take_over(unit: Unit, case: Case, move: CaseMove, licence: str) -> None:
    """The case goes on with its new recruiter: what waited for the old one waits for it."""
    before, reopened = case.promoter, case.state == "withdrawn"
    case.route, case.promoter, case.licence = move.route, move.promoter, licence
    if reopened:
        case.state = state_before(case)
    unit.save(case)
    for one in open_holds(case):
        if one.cause == LICENCE:
            one.released_at = unit.at
            unit.save(one)
    rows = Waiting.objects.filter(subject_kind="placements.case", subject_id=str(case.pk), closed_at=None, holder_body=before)
    rows.update(holder_body=case.promoter, holder_role=recruiter_role(case))
    turn = Turn.objects.filter(case=case).first()
    if turn is not None:
        turn.recruiter, turn.closed = case.promoter, False
        unit.save(turn)
    told = case.state != "applied"
    details = {"route": case.route, "licence": case.licence, "promoter": case.promoter} if told else {}
    step = "case_moved" if told else "application_released"
    on = day_at(unit.at, PAKISTAN)
    record_step(actor=unit.actor, case_id=case.pk, step=step, on=on, reason=LICENCE, details=details, at=unit.at)
    if reopened and case.state == "applied":
        _wait_for(unit, "nominate_candidate", case, *carries(case, PAKISTAN))


def close_case(*, actor: Actor, case_id: UUID, seen: int | None = None, at: dt.datetime) -> Case:
    """A Protector closes a held case whose worker chose nothing in time; the worker may still have it opened again.

    Refuses `no_choice_offered` for a case that no fallen licence holds, or after the selection, `choice_still_open`,
    `move_waits`, `stale`. Leaves the case over, and `placement.withdrawn` where the employer knew of it.
    """
    with unit_of_work("placements.close_case", actor=actor, at=at) as unit:
        unit.permit(PERMITS["close_case"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        told: dict[str, Any] = {"causes": [one.cause for one in open_holds(case)], "state": case.state, "at": at}
        unit.refuse(why_not_close_case(**told, until=choice_until(case), asked=open_move(case) is not None))
        on = day_at(at, PAKISTAN)
        if tells_withdrawal(case.state) and case.demand.is_shared:
            content = withdrawn(case=str(case.pk), reason=LICENCE, on=on)
            unit.say(WITHDRAWN, content, marking=to_employer(case).told(), thread=case.pk)
        step = {"step": "application_withdrawn", "on": on, "acting": PROTECTOR, "reason": LICENCE}
        record_step(actor=actor, case_id=case.pk, **step, at=at)  # type: ignore[arg-type]
        _over(unit, case, "withdrawn")
        unit.settle("placements.move_case", case, "closed")
        unit.about(case, reason=LICENCE)
    return case
