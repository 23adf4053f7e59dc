"""The door of a sitting: the examiner compares face and passport, and notes what they found."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Booking, Sitting
from ..rules.door import CHECKED, why_not_check_identity
from ..rules.figures import figure


def check_identity(
    *, actor: Actor, sitting_id: UUID, number: str, door: str, reason: str = "", seen: int | None = None, at: dt.datetime
) -> Booking:
    """Notes of one person of the roster that their identity was checked at the door, or that they were turned away and why.

    May be noted anew until the result is recorded; the audit keeps each. Refuses `not_on_roster`, `door_not_open`,
    `door_closed`, `door_missing`, `reason_missing`, `stale`. Leaves the note, which the partner is not told.
    """
    with unit_of_work("exams.check_identity", actor=actor, at=at) as unit:
        unit.permit(PERMITS["check_identity"])
        sitting = unit.lock(Sitting, sitting_id)
        unit.permit(PERMITS["check_identity"], sitting)
        found = Booking.objects.filter(sitting=sitting, number=number.strip().upper()).exclude(state="seat_cancelled").first()
        if found is None:
            unit.refuse([Refusal("not_on_roster", {"number": number[:20]}, member="number")])
        assert found is not None
        booking = unit.lock(Booking, found.pk, seen=seen)
        unit.refuse(
            why_not_check_identity(
                state=booking.state,
                starts_at=sitting.starts_at,
                at=at,
                hours_before=figure(current_book(), "door_opens", day_at(at, actor.node), sitting.exam),
                door=door,
                reason=reason,
            )
        )
        booking.door, booking.door_reason = door, "" if door == CHECKED else reason
        booking.door_at, booking.door_by = at, actor.person
        unit.save(booking)
        unit.about(booking, sitting=sitting.pk, number=booking.number, door=door, reason=booking.door_reason)
    return booking
