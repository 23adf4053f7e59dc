"""Station 8 for many: a timetable is drafted, looked at, and sent as invitations to all of its candidates at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Timetable
from ..queries.timetables import (
    LOOKED_AT,
    Asked,
    asked_again,
    demand_to_interview,
    faults_now,
    meetings_of,
    plan_for,
    timetable_for,
    waiting_for_a_time,
)
from ..rules.timetable import TIMETABLE_MOVES, Meeting, faults_of, left_out, seats_of, why_not_chosen
from .interviews import set_interview


def draft_timetable(
    *, actor: Actor, demand_id: UUID, asked: Asked, meetings: Sequence[Meeting], maker: str, at: dt.datetime
) -> Timetable:
    """Keeps a timetable that was made from what was `asked`, to be looked at; nobody is told yet.

    Refuses `interview_hours_missing` and the like, `nobody_chosen`, `too_many_chosen`, `not_waiting` for who has a time already
    or was not named, `timetable_outdated` where a meeting breaks a rule (whoever made it), `not_own_demand`; `Missing` for a
    foreign demand.
    """
    with unit_of_work("placements.draft_timetable", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_timetable"])
        demand = demand_to_interview(actor, demand_id)
        unit.permit(PERMITS["draft_timetable"], demand)
        unit.refuse(why_not_chosen(asked.cases, asked.hours))
        cases = list(waiting_for_a_time(actor, demand).filter(pk__in=asked.cases))
        unit.refuse([] if len(cases) == len(set(asked.cases)) else [Refusal("not_waiting", member="cases")])
        plan = plan_for(demand, cases, asked, at + LOOKED_AT)
        _refuse_faults(unit, len(faults_of(plan, meetings)))
        timetable = Timetable(
            demand=demand,
            body=actor.body,
            asked=_kept(asked),
            meetings=[[one.case, one.interviewer, one.place, one.starts_at.isoformat()] for one in sorted(meetings)],
            left_out=left_out(seats_of(plan), meetings),
            maker=maker,
            drafted_at=at,
        )
        unit.add(timetable)
        unit.about(timetable, demand=demand.pk, interviews=len(meetings), left_out=len(timetable.left_out), maker=maker)
    return timetable


def _kept(asked: Asked) -> dict[str, Any]:
    told = asdict(asked)
    lines = [
        {name: one.isoformat() if hasattr(one, "isoformat") else one for name, one in line.items()} for line in told["hours"]
    ]
    return told | {"cases": [str(one) for one in asked.cases], "hours": lines}


def _refuse_faults(unit: Unit, number: int) -> None:
    unit.refuse([Refusal("timetable_outdated", {"number": number})] if number else [])


def send_timetable(*, actor: Actor, timetable_id: UUID, seen: int | None = None, at: dt.datetime) -> Timetable:
    """Sends the invitations of a timetable, all or none: each an interview as if it were set alone.

    Two timetables of one employer are sent one after the other, so that no interviewer is promised twice. Refuses
    `timetable_outdated` when a meeting breaks a rule meanwhile (somebody has a time elsewhere, 48 hours are not left), what
    `set_interview` refuses, `wrong_state`, `stale`, `not_own_demand`.
    """
    with unit_of_work("placements.send_timetable", actor=actor, at=at) as unit:
        unit.permit(PERMITS["send_timetable"])
        timetable = _held(unit, timetable_id, seen, "send_timetable")
        unit.refuse(why_not_move(TIMETABLE_MOVES, timetable.state, "sent"))
        unit.alone(f"placements.timetable {timetable.demand.employer}")
        asked, meetings = asked_again(timetable), meetings_of(timetable)
        unit.refuse([] if meetings else [Refusal("nobody_chosen")])
        _refuse_faults(unit, len(faults_now(timetable, at)))
        for one in meetings:
            set_interview(
                actor=actor,
                case_id=UUID(one.case),
                starts_at=one.starts_at,
                place=one.place,
                minutes=asked.minutes,
                language=asked.language,
                interpreter=asked.interpreter,
                interviewer=one.interviewer,
                timetable=timetable,
                at=at,
            )
        timetable.state, timetable.sent_at = "sent", at
        unit.save(timetable)
        unit.about(timetable, demand=timetable.demand_id, interviews=len(meetings))
    return timetable


def withdraw_timetable(*, actor: Actor, timetable_id: UUID, seen: int | None = None, at: dt.datetime) -> Timetable:
    """Puts a draft aside; nobody was told of it. Refuses `wrong_state`, `stale`, `not_own_demand`."""
    with unit_of_work("placements.withdraw_timetable", actor=actor, at=at) as unit:
        unit.permit(PERMITS["withdraw_timetable"])
        timetable = _held(unit, timetable_id, seen, "withdraw_timetable")
        unit.refuse(why_not_move(TIMETABLE_MOVES, timetable.state, "withdrawn"))
        timetable.state = "withdrawn"
        unit.save(timetable)
        unit.about(timetable, demand=timetable.demand_id)
    return timetable


def _held(unit: Unit, timetable_id: UUID, seen: int | None, use_case: str) -> Timetable:
    timetable_for(unit.actor, timetable_id)
    timetable = unit.lock(Timetable, timetable_id, seen=seen)
    unit.permit(PERMITS[use_case], timetable)
    return timetable
