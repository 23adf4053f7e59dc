"""Station 8: the employer sets a time, the worker answers; or whoever recruits enters the time from the employer's letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.actions import keep_paper
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.jobs.rules.papers import PAPER, SYSTEM, Paper
from rahdari.seals.forms import write_moment

from ..access import PERMITS
from ..messages import INTERVIEW_SET, interview_set
from ..models import Case, Event, Interview, MoveAsked, Timetable
from ..queries.cases import case_for
from ..queries.events import crossed_slot, event_or_none
from ..queries.interviews import (
    decided_by_paper_alone,
    interviews_by,
    move_allowed,
    moves_made,
    newest_interview,
    other_interviews,
)
from ..queries.parties import WORKER, to_recruiter
from ..rules.cases import CASE_MOVES, answer_until, why_not_answer, why_not_interview
from ..rules.moves import MOVED, MOVES_ALONE, why_not_this_move, why_this_time
from ..rules.timetable.asked import plain
from .steps import record_step
from .waiting import _wait_for_new_time

JAPAN = "jp"


def set_interview(
    *, actor: Actor, case_id: UUID, starts_at: dt.datetime, place: str = "", minutes: int = 30, language: str = "en",
    interpreter: str = "none", interviewer: str = "", timetable: Timetable | None = None, event: Event | None = None,
    on: dt.date | None = None, paper: Paper | None = None, seen: int | None = None, at: dt.datetime,
) -> Interview:  # fmt: skip
    """The employer or its placement business sets a time, or moves it; on Pakistan's node one is entered from the letter.

    Refuses `less_than_48_h` and `outside_worker_hours` (unless the worker proposed the time), `clash`, `place_missing`,
    `licence_not_valid`, `not_own_case`, `wrong_state`, `stale`, and what a paper lacks; from paper the rules run on its date.
    Leaves the time told, and the clock of the worker's answer.
    """
    with unit_of_work("placements.set_interview", actor=actor, at=at) as unit:
        unit.permit(PERMITS["set_interview"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen, beside=("demand",))
        unit.permit(PERMITS["set_interview"], case)
        own_side = actor.node == JAPAN
        on = day_at(at, actor.node) if on is None else on
        set_at = at if own_side else dt.datetime.combine(on, dt.time(0), ZONES[actor.node])
        others = [*other_interviews(case), *interviews_by(case, plain(interviewer))]
        unit.refuse([] if place.strip() else [Refusal("place_missing", member="place")])
        before = newest_interview(case)
        proposed = _proposed(before, starts_at)
        why = why_this_time(first=before is None, proposed=proposed, missed=case.state == "missed")
        moved = moves_made(case) if own_side and why == MOVED else 0
        asked = move_allowed(case) if moved >= MOVES_ALONE else None
        unit.refuse(why_not_this_move(why=why, moved=moved, allowed=asked is not None))
        told: dict[str, Any] = {"state": case.state, "starts_at": starts_at, "minutes": minutes, "at": set_at, "others": others}
        unit.refuse(why_not_interview(**told, proposed=proposed))
        entered = paper is not None or not own_side
        kept = keep_paper(actor=actor, paper=paper, on=on, own_side=own_side, numbered=False, at=at) if entered else None
        interview = Interview(
            home=actor.node,
            case=case,
            starts_at=starts_at,
            zone=str(ZONES[JAPAN]),
            minutes=minutes,
            place=place.strip(),
            language=language,
            interpreter=interpreter,
            supersedes=before,
            set_at=at,
            why=why,
            source=SYSTEM if kept is None else PAPER,
            paper=kept,
            interviewer=plain(interviewer),
            timetable=timetable,
            event=event,
        )
        if kept is None:
            _say(unit, interview)
        unit.add(interview)
        _use(unit, asked)
        _set(unit, case, interview)
        details = {"starts_at": write_moment(starts_at)}
        record_step(actor=actor, case_id=case.pk, step="interview_set", on=on, details=details, paper=kept, at=at)
        unit.about(interview, case=case.pk, starts_at=starts_at, source=interview.source)
    return interview


def _proposed(before: Interview | None, starts_at: dt.datetime) -> bool:
    """Whether the worker named this very time when they could not come to the one set before."""
    return before is not None and write_moment(starts_at) in before.other_times


def _use(unit: Unit, asked: MoveAsked | None) -> None:
    """A move that the contact point allowed is used up."""
    if asked is not None:
        asked.state = "used"
        unit.save(asked)


def _say(unit: Unit, interview: Interview) -> None:
    before = interview.supersedes
    content = interview_set(
        case=str(interview.case.pk),
        at=interview.starts_at,
        zone=interview.zone,
        minutes=interview.minutes,
        place=interview.place,
        language=interview.language,
        interpreter=interview.interpreter,
        supersedes=str(before.statement) if before is not None and before.statement else None,
        event=str(interview.event_id) if interview.event_id else None,
    )
    marking = to_recruiter(interview.case)
    interview.level, interview.bodies = marking.level, list(marking.bodies)
    if interview.case.demand.is_shared:
        interview.statement = unit.say(INTERVIEW_SET, content, marking=marking.told(), thread=interview.case.pk).id


def _set(unit: Unit, case: Case, interview: Interview) -> None:
    """The case stands at the interview; who is next is told: the worker on one node, the employer on the other."""
    case.state = "interview_set"
    unit.save(case)
    unit.settle("placements.set_interview", case)
    task, side = ("placements.record_decision", JAPAN) if unit.actor.node == JAPAN else ("placements.answer_interview", "pk")
    unit.settle((task, "placements.explain_no_show"), case, "moved")
    if side == JAPAN:
        due = due_after(task, interview.starts_at, current_book(), JAPAN)
        holder = {"holder_body": case.employer, "holder_role": "employer"}
        page = "placements.see_case"
    else:
        holder = {"holder_body": WORKER, "holder_role": "worker"}
        due, page = answer_until(unit.at, interview.starts_at), "placements.see_line"
    unit.wait(
        task,
        case,
        **holder,
        holder_side=side,
        matter={"name": case.name, "field": case.demand.field},
        url_name=page,
        url_args=[str(case.pk)],
        due_at=due,
    )


def mirror_interview(*, actor: Actor, statement: Statement, at: dt.datetime) -> Interview:
    """Pakistan's node takes up a time the employer set; where one was entered from paper, it is confirmed or contested.

    A case that a paper has carried on to a decision stays decided until the employer's own word on that comes.
    Refuses `wrong_state` where the candidate was not nominated or is decided on; `Missing` for no case of ours.
    """
    with unit_of_work("placements.mirror_interview", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_interview"])
        data = statement.data
        case = unit.lock(Case, UUID(data["case"]), beside=("demand",))
        unit.refuse([] if case.home == actor.node else [Refusal("not_own_case")])
        ahead = decided_by_paper_alone(case)
        unit.refuse([] if ahead or "interview_set" in CASE_MOVES[case.state] else [Refusal("wrong_state")])
        before, starts_at = newest_interview(case), dt.datetime.fromisoformat(data["at"])
        interview = Interview(
            **told_by(statement),
            case=case,
            starts_at=starts_at,
            zone=data["zone"],
            minutes=data["minutes"],
            place=data["place"],
            language=data["language"],
            interpreter=data["interpreter"],
            supersedes=before,
            set_at=at,
            why=why_this_time(first=before is None, proposed=_proposed(before, starts_at), missed=case.state == "missed"),
            event=event_or_none(data.get("event")),
        )
        if before is not None and crossed_slot(before, data):
            return _behind_slot(unit, interview, before)
        unit.add(interview)
        if not ahead:
            _set(unit, case, interview)
        record_step(
            actor=actor,
            case_id=case.pk,
            step="interview_set",
            on=day_at(statement.issued_at, statement.sender),
            acting=case.placement_business or case.employer,
            details={"starts_at": write_moment(interview.starts_at)},
            told=statement,
            at=at,
        )
        unit.about(interview, case=case.pk)
    return interview


def _behind_slot(unit: Unit, interview: Interview, slot: Interview) -> Interview:
    """The worker took a time of an announced day while this one was under way: that one stands, on both nodes."""
    interview.supersedes = None
    unit.add(interview)
    slot.supersedes = interview
    unit.save(slot)
    unit.about(interview, case=interview.case_id, behind=slot.pk)
    return interview


def answer_interview(
    *, actor: Actor, case_id: UUID, answer: str, other_times: Sequence[dt.datetime] = (), at: dt.datetime
) -> Interview:
    """The worker says whether they come, or which other times they can; the employer is told.

    Refuses `too_late` 48 hours after the time was set, `already_answered`, `yes_or_no_missing`, `no_interview`, `not_own_case`.
    """
    with unit_of_work("placements.answer_interview", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_interview"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id)
        unit.permit(PERMITS["answer_interview"], case)
        interview = newest_interview(case)
        if interview is None or case.state != "interview_set":
            unit.refuse([Refusal("no_interview")])
            raise AssertionError("refused above")
        unit.refuse(
            why_not_answer(
                set_at=interview.set_at,
                starts_at=interview.starts_at,
                answered=interview.answered_at is not None,
                answer=answer,
                at=at,
            )
        )
        told = {"answer": answer, "other_times": [write_moment(one) for one in other_times]}
        _answer(unit, interview, told)
        record_step(
            actor=actor, case_id=case.pk, step="interview_answered", on=day_at(at, "pk"), acting=WORKER, details=told, at=at
        )
        unit.settle("placements.answer_interview", case)
        unit.about(interview, case=case.pk, answer=answer)
    return interview


def _answer(unit: Unit, interview: Interview, told: Mapping[str, Any]) -> None:
    interview.answer, interview.other_times = str(told["answer"]), told["other_times"]
    interview.answered_at = unit.at
    unit.save(interview)


def mirror_answer(*, actor: Actor, statement: Statement, at: dt.datetime) -> Interview:
    """Japan's node takes up what the worker answered. Refuses `no_interview`; `Missing` for no case told here."""
    with unit_of_work("placements.mirror_answer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_answer"])
        case = unit.lock(Case, UUID(statement.data["id"]))
        interview = newest_interview(case)
        if interview is None:
            unit.refuse([Refusal("no_interview")])
            raise AssertionError("refused above")
        details = dict(statement.data["details"])
        if case.state == "missed":
            interview.heard_at = at
            _wait_for_new_time(unit, case)
        _answer(unit, interview, details)
        record_step(
            actor=actor,
            case_id=case.pk,
            step="interview_answered",
            on=dt.date.fromisoformat(statement.data["on"]),
            acting=statement.data["acting"],
            details=details,
            told=statement,
            at=at,
        )
        unit.about(interview, case=case.pk, answer=interview.answer)
    return interview
