"""A time of an expo or interview day: taken by the worker, or given by whoever recruits or interviews them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.seals.forms import write_moment

from ..access import PERMITS
from ..messages import INTERVIEW_SET, interview_set
from ..models import Case, Event, Interview
from ..queries.cases import case_for
from ..queries.events import event_for, event_or_none, slots_of_event, slots_taken
from ..queries.interviews import newest_interview, other_interviews
from ..queries.parties import WORKER, to_employer
from ..rules.cases import CASE_MOVES
from ..rules.events import why_not_slot, why_not_take
from .interviews import JAPAN, _set, set_interview
from .steps import record_step


def book_slot(
    *, actor: Actor, case_id: UUID, event_id: UUID, starts_at: dt.datetime, seen: int | None = None, at: dt.datetime
) -> Interview:
    """A worker who was named takes a time of a day at which the employer interviews; the corporation gives one to its own
    candidate, an employer to its, and both ask the worker as for any interview.

    Times of one firm on one day are given one after the other, so that no table is promised twice. Refuses `slot_taken`,
    `not_a_slot`, `firm_not_there`, `event_called_off`, `clash` with another interview of the worker, `less_than_48_h` unless
    the worker chose it, `wrong_state`, `not_own_case`, `case_held`, `stale`. Leaves the interview, told to the other side.
    """
    with unit_of_work("placements.book_slot", actor=actor, at=at) as unit:
        unit.permit(PERMITS["book_slot"])
        case_for(actor, case_id)
        event = event_for(event_id)
        unit.alone(f"placements.event {event.pk}")
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["book_slot"], case)
        event.refresh_from_db()
        unit.refuse(
            why_not_slot(
                event=event.state,
                slots=slots_of_event(event),
                firms=event.firms,
                employer=case.employer,
                starts_at=starts_at,
                minutes=event.minutes,
                tables=event.tables,
                taken=slots_taken(event, case.employer),
            )
        )
        interview = _given(actor, case, event, starts_at, at) if actor.node == JAPAN else _taken(unit, case, event, starts_at)
        unit.about(interview, case=case.pk, event=event.pk, starts_at=starts_at)
    return interview


def _given(actor: Actor, case: Case, event: Event, starts_at: dt.datetime, at: dt.datetime) -> Interview:
    """The employer gives its candidate a time of the day: an interview as any other."""
    told: dict[str, Any] = {"minutes": event.minutes, "language": event.language, "interpreter": event.interpreter}
    return set_interview(actor=actor, case_id=case.pk, starts_at=starts_at, place=event.place, **told, event=event, at=at)


def _taken(unit: Unit, case: Case, event: Event, starts_at: dt.datetime) -> Interview:
    own_choice = unit.actor.role == "worker"
    others = other_interviews(case)
    told: dict[str, Any] = {
        "state": case.state,
        "starts_at": starts_at,
        "minutes": event.minutes,
        "at": unit.at,
        "others": others,
    }
    unit.refuse(why_not_take(**told, own_choice=own_choice))
    marking, answer = to_employer(case), "yes" if own_choice else ""
    interview = Interview(
        home=unit.actor.node, level=marking.level, bodies=list(marking.bodies), case=case, event=event, starts_at=starts_at,
        zone=event.zone, minutes=event.minutes, place=event.place, language=event.language, interpreter=event.interpreter,
        set_at=unit.at, answer=answer, answered_at=unit.at if own_choice else None,
    )  # fmt: skip
    if case.demand.is_shared:
        content = interview_set(
            case=str(case.pk), at=starts_at, zone=event.zone, minutes=event.minutes, place=event.place, language=event.language,
            interpreter=event.interpreter, supersedes=None, event=str(event.pk), answer=answer or None,
        )  # fmt: skip
        interview.statement = unit.say(INTERVIEW_SET, content, marking=marking.told(), thread=case.pk).id
    unit.add(interview)
    _set(unit, case, interview)
    if own_choice:
        unit.settle("placements.answer_interview", case)
    _note(unit, case, interview, on=day_at(unit.at, unit.actor.node), acting=WORKER if own_choice else unit.actor.body)
    return interview


def _note(unit: Unit, case: Case, interview: Interview, *, on: dt.date, acting: str, told: Statement | None = None) -> None:
    details = {"starts_at": write_moment(interview.starts_at), "answer": interview.answer}
    record_step(
        actor=unit.actor, case_id=case.pk, step="slot_taken", on=on, acting=acting, details=details, told=told, at=unit.at
    )


def mirror_slot(*, actor: Actor, statement: Statement, at: dt.datetime) -> Interview:
    """Japan's node takes up a time that was taken on the other side; one the employer set meanwhile gives way to it.

    More than its tables may come at one time where the employer gave the last one at the same moment: the list of the day says
    so. Refuses `wrong_state` for a candidate who is decided on, `not_own_case`; `Missing` for a case not told here.
    """
    with unit_of_work("placements.mirror_slot", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_slot"])
        data = statement.data
        case = unit.lock(Case, UUID(data["case"]))
        unit.refuse([] if case.home == statement.sender else [Refusal("not_own_case")])
        unit.refuse([] if "interview_set" in CASE_MOVES[case.state] else [Refusal("wrong_state")])
        answer = data.get("answer") or ""
        same = {name: data[name] for name in ("zone", "minutes", "place", "language", "interpreter")}
        interview = Interview(
            **told_by(statement), **same, case=case, event=event_or_none(data.get("event")), answer=answer,
            starts_at=dt.datetime.fromisoformat(data["at"]), supersedes=newest_interview(case), set_at=at,
            answered_at=at if answer else None,
        )  # fmt: skip
        unit.add(interview)
        _set(unit, case, interview)
        on = day_at(statement.issued_at, statement.sender)
        _note(unit, case, interview, on=on, acting=WORKER if answer else case.promoter, told=statement)
        unit.about(interview, case=case.pk)
    return interview
