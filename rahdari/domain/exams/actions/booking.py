"""Booking a seat: the examiner is told who will stand at the door, and nothing of any case."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.models import File
from rahdari.domain.candidates.rules.doubts import why_not_without_passport
from rahdari.domain.jobs.messages import STAGE, Subject, journey_stage, step_marking
from rahdari.domain.jobs.rules.line import STATION_OF

from ..access import PERMITS
from ..models import Booking, Sitting
from ..queries.sittings import file_to_book, fresh_number, held_elsewhere
from ..rules.booking import why_not_book_seat
from ..rules.sittings import exam_row

STEP = "test_booked"


def book_seat(*, actor: Actor, sitting_id: UUID, file_id: UUID | None = None, at: dt.datetime) -> Booking:
    """Books a seat for a worker's own file, or for a file an office may see (`file_id`).

    Refuses `booking_closed`, `sitting_begun`, `full`, `under_test_age`, `booked_elsewhere` (a seat for the same test that is
    still to come), `passport_missing`, `wrong_state`. Leaves the
    booking and the step `test_booked`, which the exam body alone may see.
    """
    with unit_of_work("exams.book_seat", actor=actor, at=at) as unit:
        unit.permit(PERMITS["book_seat"])
        file: File = file_to_book(actor, file_id, at)
        unit.permit(PERMITS["book_seat"], file)
        unit.refuse(why_not_without_passport(file.passport_no))
        sitting = unit.lock(Sitting, sitting_id)
        sat_on = day_at(sitting.starts_at, sitting.home)
        exam = exam_row(current_book(), sitting.exam, sat_on)
        unit.refuse(
            why_not_book_seat(
                state=sitting.state,
                booked=sitting.bookings.count(),
                seats=sitting.seats,
                booking_until=sitting.booking_until,
                today=day_at(at, sitting.home),
                starts_at=sitting.starts_at,
                at=at,
                born=file.birth_date,
                sat_on=sat_on,
                min_age=None if exam is None else exam.number("min_age"),
                booked_elsewhere=held_elsewhere(file, sitting, at),
                source="" if exam is None else exam["source"],
                confidence="" if exam is None else exam["confidence"],
            )
        )
        marking = step_marking(STEP, to=sitting.home, parties={"exam_body": sitting.body})
        booking = unit.add(
            Booking(
                home=actor.node,
                level=marking.level,
                bodies=list(marking.bodies),
                sitting=sitting,
                number=fresh_number(actor.node),
                person=file.pseudonym,
                file=file,
                booked_for=actor.body or "WORKER",
                booked_on=day_at(at, actor.node),
            )
        )
        content = _told(booking, sitting, file)
        unit.say(STAGE, content, marking=marking.told(), thread=sitting.pk)
        unit.about(booking, sitting=sitting.pk, number=booking.number)
    return booking


def _told(booking: Booking, sitting: Sitting, file: File) -> dict[str, Any]:
    """What the examiner needs at the door."""
    return journey_stage(
        subject=Subject("persons", file.pseudonym),
        station=STATION_OF[STEP],
        step=STEP,
        on=booking.booked_on,
        acting=booking.booked_for,
        details={
            "sitting": str(sitting.pk),
            "booking": booking.number,
            "name": file.name,
            "birth_date": file.birth_date.isoformat(),
            "passport_no": file.passport_no,
        },
    )
