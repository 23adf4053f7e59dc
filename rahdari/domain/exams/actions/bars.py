"""Barring a person from tests without a void result: proposed on an upheld sign, decided by a second officer, lifted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.candidates.actions import bar_file
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.queries import due_after

from ..access import PERMITS
from ..messages import VOIDED, bar_told, marking_of_results
from ..models import Anomaly, Bar, Booking, Sitting
from ..queries.bars import bar_for
from ..queries.voided import bar_of
from ..rules.bars import (
    BAR_ASKED,
    BAR_DECIDED,
    BAR_DROPPED,
    BAR_LIFTED,
    BAR_MOVES,
    why_not_ask_bar,
    why_not_bar,
    why_not_lift_bar,
)
from ..rules.figures import figure
from .letters import _write_bar
from .results import _bookers

DECIDE = "exams.bar_person"


def ask_bar(*, actor: Actor, anomaly_id: UUID, number: str, code: str, why: str, barred_until: dt.date, at: dt.datetime) -> Bar:
    """An officer of the examiner proposes to bar the person of a booking, for an upheld sign of fraud, until a day.

    Refuses `sign_not_upheld`, `not_in_sign`, `barred_already`, `bar_not_for_this`, `reason_missing`, `bar_too_long`
    (`longest_bar` of exam_rules). Leaves the proposal, closed at rest, and the clock of the second officer. Nothing is told.
    """
    with unit_of_work("exams.ask_bar", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_bar"])
        found = Anomaly.objects.select_related("sitting").filter(pk=anomaly_id).first()
        if found is None:
            raise Missing(f"Anomaly {anomaly_id}")
        unit.permit(PERMITS["ask_bar"], found.sitting)
        sign = unit.lock(Anomaly, anomaly_id)
        number, today = number.strip().upper(), day_at(at, actor.node)
        booking = Booking.objects.filter(sitting=sign.sitting_id, number=number).first()
        held = Bar.objects.filter(anomaly=sign, booking=booking, state__in=[BAR_ASKED, BAR_DECIDED])
        unit.refuse(
            why_not_ask_bar(
                sign=sign.state,
                numbers=sign.numbers if booking is not None else (),
                number=number,
                code=code,
                why=why,
                barred_until=barred_until,
                today=today,
                longest_bar=figure(current_book(), "longest_bar", today, found.sitting.exam),
                barred=booking is not None and held.exists(),
            )
        )
        bar = Bar(home=actor.node, booking=booking, anomaly=sign, code=code, why=why.strip(), barred_until=barred_until)
        bar.asked_at, bar.asked_by = at, actor.person
        unit.add(bar)
        _wait(unit, bar, found.sitting)
        unit.about(bar, sitting=sign.sitting_id, code=code)
    return bar


def _wait(unit: Unit, bar: Bar, sitting: Sitting) -> None:
    unit.wait(
        DECIDE,
        bar,
        holder_body=sitting.body,
        holder_role="exam_body",
        holder_side=unit.actor.node,
        matter={"exam": sitting.exam, "code": bar.code},
        url_name="exams.see_bar",
        url_args=[str(bar.pk)],
        due_at=due_after(DECIDE, unit.at, current_book(), unit.actor.node),
    )


def bar_person(*, actor: Actor, bar_id: UUID, seen: int | None = None, at: dt.datetime) -> Bar:
    """A second officer bars the person whom another one proposed; no result becomes void by it.

    Refuses `four_eyes`, `bar_over`, `wrong_state`, `stale`. Leaves the bar, where booking asks for it on both nodes, and
    `exam.voided` without a result, told to whoever booked; the person is written to.
    """
    with unit_of_work("exams.bar_person", actor=actor, at=at) as unit:
        unit.permit(PERMITS["bar_person"])
        bar = _own(unit, "bar_person", bar_id, seen)
        same = actor.person is None or bar.asked_by == actor.person
        today = day_at(at, actor.node)
        unit.refuse(why_not_bar(state=bar.state, same_person=same, barred_until=bar.barred_until, today=today))
        bar.state, bar.decided_at, bar.decided_by = BAR_DECIDED, at, actor.person
        _tell(unit, bar)
        unit.save(bar)
        unit.settle(DECIDE, bar)
        unit.about(bar, code=bar.code, until=bar.barred_until)
    return bar


def drop_bar(*, actor: Actor, bar_id: UUID, seen: int | None = None, at: dt.datetime) -> Bar:
    """Takes a proposal back: nobody is barred. Refuses `wrong_state`, `stale`. Leaves the clock settled."""
    with unit_of_work("exams.drop_bar", actor=actor, at=at) as unit:
        unit.permit(PERMITS["drop_bar"])
        bar = _own(unit, "drop_bar", bar_id, seen)
        unit.refuse(why_not_move(BAR_MOVES, bar.state, BAR_DROPPED))
        bar.state = BAR_DROPPED
        unit.save(bar)
        unit.settle(DECIDE, bar, "dropped")
        unit.about(bar, code=bar.code)
    return bar


def lift_bar(*, actor: Actor, bar_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Bar:
    """Another officer than the one who decided a bar lifts it before its day, with a reason.

    Refuses `four_eyes`, `reason_missing`, `wrong_state`, `stale`. Leaves the person free to book, unless something else bars
    them, and `exam.voided` that says so; the person is written to.
    """
    with unit_of_work("exams.lift_bar", actor=actor, at=at) as unit:
        unit.permit(PERMITS["lift_bar"])
        bar = _own(unit, "lift_bar", bar_id, seen)
        same = actor.person is None or bar.decided_by == actor.person
        unit.refuse(why_not_lift_bar(state=bar.state, same_person=same, reason=reason))
        bar.state, bar.lifted_at, bar.lifted_by, bar.lifted_why = BAR_LIFTED, at, actor.person, reason.strip()
        _tell(unit, bar)
        unit.save(bar)
        unit.about(bar, code=bar.code)
    return bar


def _own(unit: Unit, use_case: str, bar_id: UUID, seen: int | None) -> Bar:
    """A bar of this node, locked, if it is for a sitting of the actor's."""
    found = bar_for(unit.actor, bar_id)
    unit.permit(PERMITS[use_case], found.booking.sitting)
    return unit.lock(Bar, bar_id, seen=seen)


def _tell(unit: Unit, bar: Bar) -> None:
    booking = bar.booking
    marking = marking_of_results(_bookers([booking]))
    bar.level, bar.bodies = marking["level"], list(marking["bodies"])
    told = bar_told(
        bar=str(bar.pk), sitting=str(booking.sitting_id), booking=booking.number, code=bar.code, state=bar.state,
        since=day_at(unit.at, unit.actor.node), barred_until=bar.barred_until if bar.state == BAR_DECIDED else None,
    )  # fmt: skip
    unit.say(VOIDED, told, marking=marking, thread=booking.sitting_id)


def mirror_bar(*, actor: Actor, statement: Statement, at: dt.datetime) -> Bar:
    """Keeps on the sending node that a person was barred, or is free again, and notes it in their file.

    Refuses `wrong_state`. Raises `Missing` for a booking of no sitting of the sender's. Leaves a letter to the person.
    """
    with unit_of_work("exams.mirror_bar", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_bar"])
        told, of = statement.data, statement.data["bar"]
        rows = Booking.objects.select_related("sitting", "file__person")
        booking = rows.filter(sitting=told["sitting"], number=of["booking"], sitting__home=statement.sender).first()
        if booking is None:
            raise Missing(f"Booking {of['booking']}")
        held = Bar.objects.filter(pk=told["voiding"], booking=booking).first()
        unit.refuse(why_not_move(BAR_MOVES, held.state if held is not None else BAR_ASKED, of["state"]))
        if held is None:
            until = dt.date.fromisoformat(told["barred_until"])
            bar = Bar(pk=UUID(told["voiding"]), **told_by(statement), booking=booking, code=told["code"], barred_until=until)
            bar.state, bar.decided_at = of["state"], statement.issued_at
            unit.add(bar)
        else:
            bar = unit.lock(Bar, held.pk)
            bar.state, bar.lifted_at = of["state"], statement.issued_at
            unit.save(bar)
        if booking.file is not None:
            bar_file(actor=actor, file_id=booking.file.pk, until=bar_of(booking.file.pk), at=at)
            _write_bar(unit, bar, booking.file)
        unit.about(bar, state=bar.state, statement=statement.id)
    return bar
