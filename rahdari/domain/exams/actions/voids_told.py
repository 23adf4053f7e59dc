"""Void results and appeals as the other node hears them: the file of the person follows, and so does the bar."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.candidates.actions import bar_file
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.messages.journey import CONTACT

from ..access import PERMITS
from ..messages import APPEAL, appeal_told, marking_of_appeal
from ..models import Result, Sitting, VoidedResult, Voiding
from ..queries.voided import bar_of
from ..rules.voids import APPEAL_GRANTED, APPEALED, why_not_appeal
from .certificates import _void_proof
from .letters import _write_void
from .voids import APPEAL_TASK, _wait


def mirror_voided(*, actor: Actor, statement: Statement, at: dt.datetime) -> Voiding:
    """Keeps that results were made void: what they proved is taken out of the files, and the bar is noted there.

    Refuses `already_known`, `wrong_state`. Raises `Missing` for a result that was never told, or by another node. Leaves the
    event `exams.tests_void` for each person, on which whatever holds cases can act, and a
    letter to them that names the last day for an appeal.
    """
    with unit_of_work("exams.mirror_voided", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_voided"])
        told = statement.data
        sitting = unit.lock(Sitting, told["sitting"])
        unit.refuse([Refusal("already_known")] if Voiding.objects.filter(pk=told["voiding"]).exists() else [])
        bar = told.get("barred_until")
        voiding = unit.add(
            Voiding(
                id=UUID(told["voiding"]),
                **told_by(statement),
                sitting=sitting,
                code=told["code"],
                barred_until=dt.date.fromisoformat(bar) if bar else None,
                state="void_decided",
                decided_at=statement.issued_at,
                void_from=dt.date.fromisoformat(told["from"]),
                appeal_until=dt.date.fromisoformat(told["appeal_until"]),
            )
        )
        for result_id in told["results"]:
            _void(unit, voiding, sitting, statement, result_id)
        unit.about(voiding, code=voiding.code, results=len(told["results"]), statement=statement.id)
    return voiding


def _void(unit: Unit, voiding: Voiding, sitting: Sitting, statement: Statement, result_id: str) -> None:
    result = unit.lock(Result, result_id)
    booking = result.booking
    if booking is None or booking.sitting_id != sitting.pk or result.home != statement.sender:
        raise Missing(f"Result {result_id}")
    unit.refuse([] if result.state == "result_stands" else [Refusal("wrong_state", {"now": result.state})])
    result.state, result.void_from = "result_void", voiding.void_from
    unit.save(result)
    unit.add(VoidedResult(voiding=voiding, result=result))
    _void_proof(unit, result)
    if result.file is not None:
        _write_void(unit, voiding, result.file)
    if result.file_id is not None and voiding.barred_until is not None:
        bar_file(actor=unit.actor, file_id=result.file_id, until=bar_of(result.file_id), at=unit.at)
    unit.tell("exams.tests_void", person=booking.person, exam=result.exam, field=result.field, result=result.pk)


def appeal_void(*, actor: Actor, result_id: UUID, text: str, seen: int | None = None, at: dt.datetime) -> Result:
    """A worker appeals against that their result was made void, in their own words; the examiner is told them.

    Refuses `not_own_booking`, `wrong_state`, `appealed_already`, `appeal_late`, `what_missing`, `stale`. Leaves the appeal and
    the statement `exam.appeal`.
    """
    with unit_of_work("exams.appeal_void", actor=actor, at=at) as unit:
        unit.permit(PERMITS["appeal_void"])
        result = unit.lock(Result, result_id, seen=seen)
        booking = result.booking
        if booking is None or booking.file is None:
            raise Missing(f"Result {result_id}")
        unit.permit(PERMITS["appeal_void"], booking)
        row = VoidedResult.objects.select_for_update(of=("self",)).select_related("voiding").filter(result=result).last()
        until = row.voiding.appeal_until if row is not None else None
        sitting = booking.sitting
        today = day_at(at, sitting.home)
        against = why_not_appeal(state=result.state, appeal=row.appeal if row else "", appeal_until=until, today=today, text=text)
        unit.refuse(against)
        assert row is not None
        row.appeal, row.appeal_text, row.appealed_at = APPEALED, text.strip(), at
        unit.save(row)
        told = appeal_told(result=str(result.pk), state=APPEALED, text=text.strip(), on=day_at(at, actor.node))
        unit.say(APPEAL, told, marking=marking_of_appeal(CONTACT[sitting.home], sitting.body), thread=sitting.pk)
        unit.about(result, sitting=sitting.pk)
    return result


def mirror_appeal(*, actor: Actor, statement: Statement, at: dt.datetime) -> VoidedResult:
    """Keeps an appeal on the examiner's node and starts its clock, or on the other the decision of one; then the bar follows.

    Refuses `already_known`. Raises `Missing` for a result that is not void, or by another node than the one that may say so.
    """
    with unit_of_work("exams.mirror_appeal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_appeal"])
        told = statement.data
        rows = VoidedResult.objects.select_for_update(of=("self",)).select_related("voiding__sitting", "result__booking")
        row: VoidedResult | None = rows.filter(result=told["result"]).order_by("id").last()
        asks = told["state"] == APPEALED
        if row is None or row.result.booking is None or _sayer(row, asks=asks) != statement.sender:
            raise Missing(f"Result {told['result']}")
        unit.refuse([Refusal("already_known")] if row.appeal != ("" if asks else APPEALED) else [])
        row.appeal = told["state"]
        if asks:
            row.appeal_text, row.appealed_at = told["text"], statement.issued_at
            _wait(unit, APPEAL_TASK, row, row.voiding.sitting.body, at)
        else:
            row.appeal_reason = told["text"]
        unit.save(row)
        if row.appeal == APPEAL_GRANTED and row.result.file_id is not None and row.voiding.barred_until is not None:
            bar_file(actor=actor, file_id=row.result.file_id, until=bar_of(row.result.file_id), at=at)
        unit.about(row, state=row.appeal, statement=statement.id)
    return row


def _sayer(row: VoidedResult, *, asks: bool) -> str:
    """The node that may say so: whoever told the booking appeals, the home of the sitting decides."""
    booking = row.result.booking
    assert booking is not None
    return str(booking.home if asks else row.voiding.sitting.home)
