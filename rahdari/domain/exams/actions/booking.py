"""Booking a seat, waiting for one, giving it back: the examiner is told who will stand at the door, and nothing of any case."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.candidates.models import File
from rahdari.domain.candidates.rules.doubts import why_not_without_passport
from rahdari.domain.jobs.messages import STAGE, Subject, journey_stage, step_marking
from rahdari.domain.jobs.rules.line import STATION_OF

from ..access import PERMITS
from ..models import Booking, Sitting
from ..queries.sittings import file_to_book, fresh_number, held_elsewhere, taken_seats
from ..rules.booking import Asking, why_not_book_seat, why_not_cancel_seat, why_not_person, why_not_wait_for_seat, why_too_late
from ..rules.sittings import exam_row
from .letters import _write_moved_up

BOOKED, CANCELLED = "test_booked", "test_cancelled"
ASKED_AT_ONCE = 20  # of those who wait, how many are read at once when a seat comes free


def book_seat(*, actor: Actor, sitting_id: UUID, file_id: UUID | None = None, at: dt.datetime) -> Booking:
    """Books a seat for a worker's own file, or for a file an office may see (`file_id`).

    Refuses `booking_closed`, `sitting_begun`, `full`, `under_test_age`, `barred_until`, `booked_elsewhere` (a seat for the
    same test that is still to come), `passport_missing`, `wrong_state`. Leaves the booking and the step `test_booked`, which
    the exam body alone may see. Somebody who waited for a seat of this sitting keeps the number they have.
    """
    with unit_of_work("exams.book_seat", actor=actor, at=at) as unit:
        unit.permit(PERMITS["book_seat"])
        file: File = file_to_book(actor, file_id, at)
        unit.permit(PERMITS["book_seat"], file)
        unit.refuse(why_not_without_passport(file.passport_no))
        sitting = unit.lock(Sitting, sitting_id)
        _one_person_at_a_time(unit, [file.pseudonym])
        told = _seats(sitting)
        unit.refuse(why_not_book_seat(**told, **_times(sitting, at), against_person=_against(file, sitting, at)))
        waiting = Booking.objects.filter(sitting=sitting, person=file.pseudonym, state="seat_waiting").first()
        booking = waiting or _new(unit, sitting, file, at)
        _take_seat(unit, booking, file, at, new=waiting is None)
        unit.about(booking, sitting=sitting.pk, number=booking.number)
    return booking


def wait_for_seat(*, actor: Actor, sitting_id: UUID, file_id: UUID | None = None, at: dt.datetime) -> Booking:
    """Puts a person among those who wait for a seat of a sitting that is full; the first who may sit moves up by themself.

    Refuses `seats_free` while a seat can be booked, `waiting_already`, and whatever `book_seat` refuses of the person. Leaves a
    booking that waits; the examiner learns nothing of it before there is a seat.
    """
    with unit_of_work("exams.wait_for_seat", actor=actor, at=at) as unit:
        unit.permit(PERMITS["wait_for_seat"])
        file: File = file_to_book(actor, file_id, at)
        unit.permit(PERMITS["wait_for_seat"], file)
        unit.refuse(why_not_without_passport(file.passport_no))
        sitting = unit.lock(Sitting, sitting_id)
        _one_person_at_a_time(unit, [file.pseudonym])
        told = _seats(sitting)
        waits = sitting.bookings.filter(person=file.pseudonym, state="seat_waiting").exists()
        unit.refuse(
            why_not_wait_for_seat(**told, **_times(sitting, at), against_person=_against(file, sitting, at))
            + ([Refusal("waiting_already")] if waits else [])
        )
        booking = _new(unit, sitting, file, at)
        booking.state, booking.waits_since = "seat_waiting", at
        unit.add(booking)
        unit.about(booking, sitting=sitting.pk, number=booking.number)
    return booking


def cancel_seat(*, actor: Actor, booking_id: UUID, seen: int | None = None, at: dt.datetime) -> Booking:
    """Gives a seat back, or a place among those who wait; the first who waits and may sit has the seat from then on.

    Refuses `not_own_booking`, `wrong_state`, `sitting_begun`, `stale`. Leaves the booking cancelled, `test_cancelled` told where
    the examiner knew of it, and the one who moved up with `test_booked` and a
    letter, while booking is still open.
    """
    with unit_of_work("exams.cancel_seat", actor=actor, at=at) as unit:
        unit.permit(PERMITS["cancel_seat"])
        found = Booking.objects.filter(pk=booking_id, home=actor.node).first()
        if found is None:
            raise Missing(f"Booking {booking_id}")
        sitting = unit.lock(Sitting, found.sitting_id)
        booking = unit.lock(Booking, booking_id, seen=seen)
        unit.permit(PERMITS["cancel_seat"], booking)
        unit.refuse(why_not_cancel_seat(state=booking.state, starts_at=sitting.starts_at, at=at))
        held = booking.state == "seat_booked"
        booking.state, booking.cancelled_at = "seat_cancelled", at
        unit.save(booking)
        if held:
            _say(unit, CANCELLED, booking, sitting, {"booking": booking.number})
            _move_up(unit, sitting, at)
        unit.about(booking, sitting=sitting.pk, number=booking.number, held=held)
    return booking


def _move_up(unit: Unit, sitting: Sitting, at: dt.datetime) -> None:
    """Gives free seats to those who wait, the first first; whoever may not sit any more is passed over and goes on waiting."""
    if why_too_late(**_late(sitting, at)):
        return
    free = sitting.seats - taken_seats(sitting)
    while free > 0 and (first := _first_who_may_sit(sitting, free, at)):
        _one_person_at_a_time(unit, [booking.person for booking, _file in first])
        for booking, file in first:
            if not _against(file, sitting, at):  # may have changed while another booking of theirs was under way
                _take_seat(unit, booking, file, at, new=False)
                _write_moved_up(unit, booking, file)
                free -= 1


def _first_who_may_sit(sitting: Sitting, most: int, at: dt.datetime) -> list[tuple[Booking, File]]:
    """Of those who wait the first who may sit, with their files, however many before them may not."""
    rows = Booking.objects.filter(sitting=sitting, state="seat_waiting").select_related("file").order_by("waits_since", "id")
    found: list[tuple[Booking, File]] = []
    for booking in rows.select_for_update(of=("self",)).iterator(ASKED_AT_ONCE):
        if booking.file is not None and not _against(booking.file, sitting, at):
            found.append((booking, booking.file))
        if len(found) == most:
            break
    return found


def _one_person_at_a_time(unit: Unit, people: list[UUID]) -> None:
    """Holds back other bookings of the same people, in sittings of their own; always after the sitting, in one order."""
    for person in sorted(people):
        unit.alone(f"exams.seats_of {person}")


def _late(sitting: Sitting, at: dt.datetime) -> dict[str, Any]:
    return {"booking_until": sitting.booking_until, "on": day_at(at, sitting.home), "starts_at": sitting.starts_at, "at": at}


def _times(sitting: Sitting, at: dt.datetime) -> dict[str, Any]:
    late = _late(sitting, at)
    return {"today": late.pop("on"), **late}


def _seats(sitting: Sitting) -> dict[str, Any]:
    return {"state": sitting.state, "booked": taken_seats(sitting), "seats": sitting.seats}


def _against(file: File, sitting: Sitting, at: dt.datetime) -> list[Refusal]:
    """Why this person may not sit this test."""
    sat_on = day_at(sitting.starts_at, sitting.home)
    exam = exam_row(current_book(), sitting.exam, sat_on)
    return why_not_person(
        Asking(file.birth_date, file.barred_until, held_elsewhere(file, sitting, at)),
        sat_on=sat_on,
        min_age=None if exam is None else exam.number("min_age"),
        source="" if exam is None else exam["source"],
        confidence="" if exam is None else exam["confidence"],
    )


def _new(unit: Unit, sitting: Sitting, file: File, at: dt.datetime) -> Booking:
    """A booking of this person, not written yet."""
    actor = unit.actor
    return Booking(
        home=actor.node,
        sitting=sitting,
        number=fresh_number(actor.node),
        person=file.pseudonym,
        file=file,
        booked_for=actor.body or "WORKER",
        booked_on=day_at(at, actor.node),
    )


def _take_seat(unit: Unit, booking: Booking, file: File, at: dt.datetime, *, new: bool) -> None:
    """Gives the seat and tells the examiner what is needed at the door."""
    sitting = booking.sitting
    marking = step_marking(BOOKED, to=sitting.home, parties={"exam_body": sitting.body})
    booking.state, booking.booked_on = "seat_booked", day_at(at, unit.actor.node)
    booking.level, booking.bodies = marking.level, list(marking.bodies)
    unit.add(booking) if new else unit.save(booking)
    identity = {"name": file.name, "birth_date": file.birth_date.isoformat(), "passport_no": file.passport_no}
    _say(unit, BOOKED, booking, sitting, {"sitting": str(sitting.pk), "booking": booking.number, **identity})


def _say(unit: Unit, step: str, booking: Booking, sitting: Sitting, details: dict[str, Any]) -> None:
    content = journey_stage(
        subject=Subject("persons", booking.person),
        station=STATION_OF[step],
        step=step,
        on=day_at(unit.at, unit.actor.node),
        acting=booking.booked_for,
        details=details,
    )
    marking = step_marking(step, to=sitting.home, parties={"exam_body": sitting.body})
    unit.say(STAGE, content, marking=marking.told(), thread=sitting.pk)
