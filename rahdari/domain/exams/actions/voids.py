"""Making results void on the examiner's node: proposed by one officer, each person heard, decided by another, appealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import offices_of
from rahdari.base.editions import current_book
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.jobs.queries import due_after

from ..access import PERMITS
from ..messages import APPEAL, VOIDED, appeal_told, marking_of_results, voided_told
from ..models import Result, Sitting, VoidedResult, Voiding
from ..rules.figures import figure
from ..rules.results import SectionScore
from ..rules.voids import (
    APPEAL_GRANTED,
    APPEAL_REFUSED,
    VOID_MOVES,
    why_not_ask_void,
    why_not_decide_appeal,
    why_not_hear,
    why_not_void,
)
from .results import _bookers, correct_result

DECIDE, APPEAL_TASK = "exams.void_results", "exams.decide_appeal"


def ask_void(
    *, actor: Actor, sitting_id: UUID, numbers: Sequence[str], code: str, evidence: str, invited_on: dt.date,
    barred_until: dt.date | None = None, at: dt.datetime,
) -> Voiding:  # fmt: skip
    """An officer of the examiner proposes to make results void, on evidence; each person was invited to say what they know.

    Refuses `no_result_stands`, `void_asked_already`, `reason_missing`, `void_evidence_missing`, `bar_not_for_this`,
    `bar_too_long`. Leaves the proposal, closed at rest, and the clock of the second officer. Nothing is told.
    """
    with unit_of_work("exams.ask_void", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_void"])
        sitting = unit.lock(Sitting, sitting_id)
        unit.permit(PERMITS["ask_void"], sitting)
        book, today = current_book(), day_at(at, actor.node)
        rows = Result.objects.filter(booking__sitting=sitting).exclude(state="result_replaced").select_related("booking")
        found = {one.booking.number: one for one in rows if one.booking is not None}
        asked = VoidedResult.objects.filter(voiding__sitting=sitting, voiding__state="void_asked")
        wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
        unit.refuse(
            why_not_ask_void(
                states={number: one.state for number, one in found.items()},
                numbers=wanted,
                code=code,
                evidence=evidence,
                barred_until=barred_until,
                today=today,
                longest_bar=figure(book, "longest_bar", today, sitting.exam),
                open_already=set(asked.values_list("result__booking__number", flat=True)),
            )
        )
        voiding = Voiding(home=actor.node, sitting=sitting, code=code, evidence=evidence.strip(), barred_until=barred_until)
        voiding.invited_on, voiding.asked_at, voiding.asked_by = min(invited_on, today), at, actor.person
        unit.add(voiding)
        for number in wanted:
            unit.add(VoidedResult(voiding=voiding, result=found[number]))
        _wait(unit, DECIDE, voiding, sitting.body, at)
        unit.about(voiding, sitting=sitting.pk, code=code, results=len(wanted))
    return voiding


def record_hearing(
    *, actor: Actor, voiding_id: UUID, number: str, heard: str, said: str = "", on: dt.date, seen: int | None = None,
    at: dt.datetime,
) -> Voiding:  # fmt: skip
    """Notes what a person said to the proposal, or that they did not answer within `invitation_to_hearing` (exam_rules).

    Refuses `not_on_roster`, `wrong_state`, `heard_missing`, `what_missing`, `date_in_future`, `heard_too_soon`, `stale`.
    """
    with unit_of_work("exams.record_hearing", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_hearing"])
        voiding = _own(unit, "record_hearing", voiding_id, seen=seen)
        row = voiding.results.filter(result__booking__number=number.strip().upper()).first()
        if row is None:
            raise Missing("VoidedResult")
        book, today = current_book(), day_at(at, actor.node)
        days = figure(book, "invitation_to_hearing", today, voiding.sitting.exam)
        answer_by = offices_of(actor.node.upper(), book).working_days_after(voiding.invited_on or today, days)
        unit.refuse(why_not_hear(state=voiding.state, heard=heard, said=said, on=on, today=today, answer_by=answer_by))
        row.heard, row.said, row.heard_on = heard, said.strip() or None, on
        unit.save(row)
        unit.about(voiding, result=row.result_id, heard=heard)
    return voiding


def void_results(*, actor: Actor, voiding_id: UUID, seen: int | None = None, at: dt.datetime) -> Voiding:
    """A second officer makes the results of a proposal void, from today.

    Refuses `four_eyes`, `people_not_heard`, `results_changed`, `wrong_state`, `stale`. Leaves the results void, `exam.voided`
    with the bar, the last day for an appeal (`appeal_against_void`), and the event `exams.results_voided`, on which a notice is
    drafted.
    """
    with unit_of_work("exams.void_results", actor=actor, at=at) as unit:
        unit.permit(PERMITS["void_results"])
        voiding = _own(unit, "void_results", voiding_id, seen=seen)
        rows = list(voiding.results.select_related("result__booking").order_by("id"))
        results = [unit.lock(Result, row.result_id) for row in rows]
        unit.refuse(
            why_not_void(
                state=voiding.state,
                same_person=actor.person is None or voiding.asked_by == actor.person,
                heard=[row.heard for row in rows],
                result_states=[one.state for one in results],
            )
        )
        book, today = current_book(), day_at(at, actor.node)
        days = figure(book, "appeal_against_void", today, voiding.sitting.exam)
        voiding.state, voiding.decided_at, voiding.decided_by, voiding.void_from = "void_decided", at, actor.person, today
        voiding.appeal_until = offices_of(actor.node.upper(), book).working_days_after(today, days)
        bookings = [row.result.booking for row in rows if row.result.booking is not None]
        marking = marking_of_results(_bookers(bookings))
        voiding.level, voiding.bodies = marking["level"], list(marking["bodies"])
        unit.save(voiding)
        for one in results:
            one.state, one.void_from = "result_void", today
            unit.save(one)
        told = voided_told(
            voiding=str(voiding.pk), sitting=str(voiding.sitting_id), results=[str(one.pk) for one in results], code=voiding.code,
            since=today, appeal_until=voiding.appeal_until, barred_until=voiding.barred_until,
        )  # fmt: skip
        unit.say(VOIDED, told, marking=marking, thread=voiding.sitting_id)
        unit.settle(DECIDE, voiding)
        unit.tell("exams.results_voided", voiding=voiding.pk, code=voiding.code)
        unit.about(voiding, code=voiding.code, results=len(results), barred=voiding.barred_until is not None)
    return voiding


def drop_void(*, actor: Actor, voiding_id: UUID, seen: int | None = None, at: dt.datetime) -> Voiding:
    """Takes a proposal back: the results stand. Refuses `wrong_state`, `stale`. Leaves the clock settled."""
    with unit_of_work("exams.drop_void", actor=actor, at=at) as unit:
        unit.permit(PERMITS["drop_void"])
        voiding = _own(unit, "drop_void", voiding_id, seen=seen)
        unit.refuse(why_not_move(VOID_MOVES, voiding.state, "void_dropped"))
        voiding.state, voiding.decided_at, voiding.decided_by = "void_dropped", at, None
        unit.save(voiding)
        unit.settle(DECIDE, voiding, "dropped")
        unit.about(voiding, code=voiding.code)
    return voiding


def decide_appeal(
    *, actor: Actor, voiding_id: UUID, number: str, granted: bool, reason: str, seen: int | None = None, at: dt.datetime
) -> Voiding:
    """A third officer decides an appeal: granted, the result comes back as a new one and the bar ends; refused, it stays void.

    Refuses `no_appeal`, `four_eyes` to whoever proposed or decided the voiding, `reason_missing`, `stale`. Leaves `exam.appeal`
    with the decision, and where it is granted what `correct_result` leaves.
    """
    with unit_of_work("exams.decide_appeal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decide_appeal"])
        voiding = _own(unit, "decide_appeal", voiding_id, seen=seen)
        row = voiding.results.select_related("result__booking").filter(result__booking__number=number.strip().upper()).first()
        if row is None or row.result.booking is None:
            raise Missing("VoidedResult")
        same = actor.person is None or actor.person in (voiding.asked_by, voiding.decided_by)
        unit.refuse(why_not_decide_appeal(appeal=row.appeal, same_person=same, reason=reason))
        row.appeal, row.appeal_decided_by = APPEAL_GRANTED if granted else APPEAL_REFUSED, actor.person
        row.appeal_reason = reason.strip()
        unit.save(row)
        marking = marking_of_results(_bookers([row.result.booking]))
        told = appeal_told(result=str(row.result_id), state=row.appeal, text=row.appeal_reason, on=day_at(at, actor.node))
        unit.say(APPEAL, told, marking=marking, thread=voiding.sitting_id)
        unit.settle(APPEAL_TASK, row)
        if granted:
            old = row.result
            sections = [SectionScore(one["code"], one["score"], one["max"]) for one in old.sections]
            whole = {"outcome": old.outcome, "certificate_no": old.certificate_no, "sections": sections}
            correct_result(actor=actor, result_id=old.pk, **whole, reason=APPEAL_GRANTED, at=at)
        unit.about(voiding, result=row.result_id, granted=granted)
    return voiding


def _own(unit: Unit, use_case: str, voiding_id: UUID, *, seen: int | None = None) -> Voiding:
    """A proposal of this node, locked after its sitting, if it is of a sitting of the actor's."""
    found = Voiding.objects.filter(pk=voiding_id, home=unit.actor.node).first()
    if found is None:
        raise Missing(f"Voiding {voiding_id}")
    sitting = unit.lock(Sitting, found.sitting_id)
    unit.permit(PERMITS[use_case], sitting)
    voiding = unit.lock(Voiding, voiding_id, seen=seen)
    voiding.sitting = sitting
    return voiding


def _wait(unit: Unit, task: str, subject: Voiding | VoidedResult, body: str, at: dt.datetime) -> None:
    voiding = subject if isinstance(subject, Voiding) else subject.voiding
    unit.wait(
        task,
        subject,
        holder_body=body,
        holder_role="exam_body",
        holder_side=unit.actor.node,
        matter={"exam": voiding.sitting.exam, "code": f"void_{voiding.code}"},
        url_name="exams.see_voiding",
        url_args=[str(voiding.pk)],
        due_at=due_after(task, at, current_book(), unit.actor.node),
    )
