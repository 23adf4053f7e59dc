"""What the partner tells of exams: seats and results on the sending side, bookings on the examiner's."""

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
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.queries import due_after

from ..access import PERMITS
from ..models import Booking, Result, Sitting
from ..queries.sittings import roster_of, taken_seats
from ..queries.voided import why_barred
from ..rules.booking import BOOKING_MOVES, why_not_mirror_booking
from ..rules.results import ResultLine, SectionScore, why_not_mirror_results
from .certificates import _qualify, _void_proof
from .letters import _write_result
from .results import _replaced, _result_of

RECORD = "exams.record_results"


def mirror_seats(*, actor: Actor, statement: Statement, at: dt.datetime) -> Sitting:
    """Keeps the seats the examiner's node opened. Refuses `already_known` when the sitting is known."""
    with unit_of_work("exams.mirror_seats", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_seats"])
        told = statement.data
        sitting_id = UUID(told["sitting"])
        unit.refuse([Refusal("already_known")] if Sitting.objects.filter(pk=sitting_id).exists() else [])
        fee = told.get("fee")
        sitting = unit.add(
            Sitting(
                id=sitting_id,
                **told_by(statement),
                exam=told["exam"],
                field=told.get("field") or "",
                test_level=told.get("level") or "",
                body=told["body"],
                venue=told["venue"],
                starts_at=dt.datetime.fromisoformat(told["at"]),
                seats=told["seats"],
                booking_until=dt.date.fromisoformat(told["booking_until"]),
                fee_amount=fee["amount"] if fee else None,
                fee_currency=fee["currency"] if fee else "",
                payer=told.get("payer") or "",
            )
        )
        unit.about(sitting, exam=sitting.exam, statement=statement.id)
    return sitting


def mirror_booking(*, actor: Actor, statement: Statement, at: dt.datetime) -> Booking:
    """Keeps a seat the sending side booked, with the identity for the door closed at rest.

    Refuses `full`, `booking_closed`, `sitting_begun`, `already_known`, `barred_until`, `wrong_state`. Leaves the
    examiner's clock to record results.
    """
    with unit_of_work("exams.mirror_booking", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_booking"])
        told = statement.data["details"]
        sitting = unit.lock(Sitting, told["sitting"])
        on = dt.date.fromisoformat(statement.data["on"])
        person = UUID(statement.data["id"])
        unit.refuse(
            why_not_mirror_booking(
                state=sitting.state,
                booked=taken_seats(sitting),
                seats=sitting.seats,
                booking_until=sitting.booking_until,
                on=on,
                starts_at=sitting.starts_at,
                at=statement.issued_at,
                known=sitting.bookings.filter(person=person).exclude(state="seat_cancelled").exists()
                or Booking.objects.filter(number=told["booking"]).exists(),
            )
            + why_barred(person, day_at(sitting.starts_at, sitting.home))
        )
        booking = unit.add(
            Booking(
                **told_by(statement),
                sitting=sitting,
                number=told["booking"],
                person=person,
                name=told["name"],
                birth_date=told["birth_date"],
                passport_no=told["passport_no"],
                booked_for=statement.data["acting"],
                booked_on=on,
            )
        )
        unit.settle(RECORD, sitting, "replaced")
        unit.wait(
            RECORD,
            sitting,
            holder_body=sitting.body,
            holder_role="exam_body",
            holder_side=actor.node,
            matter={"exam": sitting.exam, "venue": sitting.venue},
            url_name="exams.record_results",
            url_args=[str(sitting.pk)],
            due_at=due_after(RECORD, sitting.starts_at, current_book(), actor.node),
        )
        unit.about(booking, sitting=sitting.pk, number=booking.number, statement=statement.id)
    return booking


def mirror_cancelled(*, actor: Actor, statement: Statement, at: dt.datetime) -> Booking:
    """Frees a seat the sending side gave back.

    Refuses `wrong_state`. Raises `Missing` for a booking that was never told, or by another node. Leaves the identity for the
    door erased, and the examiner's clock settled where nobody is left on the roster.
    """
    with unit_of_work("exams.mirror_cancelled", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_cancelled"])
        found = Booking.objects.filter(number=statement.data["details"]["booking"], home=statement.sender).first()
        if found is None or str(found.person) != statement.data["id"]:
            raise Missing("Booking")
        sitting = unit.lock(Sitting, found.sitting_id)
        booking = unit.lock(Booking, found.pk)
        unit.refuse(why_not_move(BOOKING_MOVES, booking.state, "seat_cancelled"))
        booking.state, booking.cancelled_at = "seat_cancelled", statement.issued_at
        booking.name = booking.birth_date = booking.passport_no = None
        unit.save(booking)
        if not roster_of(sitting):
            unit.settle(RECORD, sitting, "nobody_booked")
        unit.about(booking, sitting=sitting.pk, number=booking.number, statement=statement.id)
    return booking


def mirror_results(*, actor: Actor, statement: Statement, at: dt.datetime) -> Sitting:
    """Keeps what the examiner found; a passed test is written into the person's file.

    Refuses `not_on_roster`, `already_recorded`. Raises `Missing` for a sitting that was never told.
    """
    with unit_of_work("exams.mirror_results", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_results"])
        sitting = unit.lock(Sitting, statement.data["sitting"])
        if sitting.home != statement.sender:
            raise Missing(f"Sitting {sitting.pk}")
        roster = {one.number: one for one in roster_of(sitting)}
        told = statement.data["results"]
        lines = [_line(one) for one in told]
        corrected = [one["corrects"] for one in told if one.get("corrects")]
        rows = Result.objects.filter(pk__in=corrected, booking__sitting=sitting).select_related("booking")
        known = {str(one.pk): one for one in rows.select_for_update(of=("self",))}
        unit.refuse(
            why_not_mirror_results(
                lines,
                {number: one.state for number, one in roster.items()},
                [one.get("corrects") or "" for one in told],
                {pk: (one.booking.number, one.state) for pk, one in known.items()},
            )
        )
        sat_on = day_at(sitting.starts_at, sitting.home)
        for line, one in zip(lines, told, strict=True):
            _keep(unit, statement, roster[line.number], line, one, known.get(one.get("corrects") or ""), sat_on)
        if all(one.state == "seat_recorded" for one in roster.values()):
            sitting.state = "sitting_recorded"
        unit.save(sitting)
        unit.about(sitting, results=len(lines), statement=statement.id)
    return sitting


def _keep(
    unit: Unit, statement: Statement, booking: Booking, line: ResultLine, told: Mapping[str, Any], old: Result | None,
    sat_on: dt.date,
) -> None:  # fmt: skip
    """Keeps one result; one that corrects another takes its place, and what that one proved is void."""
    booking.state = "seat_recorded"
    unit.save(booking)
    result = _result_of(unit, booking, line, sat_on)
    for name, value in told_by(statement).items():
        setattr(result, name, value)
    result.id = UUID(told["result"])
    if old is None:
        unit.add(result)
    else:
        _void_proof(unit, old)
        _replaced(unit, old, result, "corrected")
    _qualify(unit, result)
    _write_result(unit, result)


def _line(told: dict[str, object]) -> ResultLine:
    sections = tuple(SectionScore(one["code"], one["score"], one["max"]) for one in told["sections"])  # type: ignore[attr-defined]
    return ResultLine(str(told["booking"]), str(told["outcome"]), True, str(told.get("certificate_no") or ""), sections)
