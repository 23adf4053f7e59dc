"""Waiting for a seat and giving one back, as people and programs do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.web.steps import Step

from .. import actions
from ..models import Booking
from ..queries.seen import sitting_facts
from ..queries.sittings import booking_for, sitting_for
from .shapes import FileId, as_booked
from .steps import _crumbs, _files


class WaitForSeat(Facts):
    """A place among those who wait; a worker says nothing, an office names the file."""

    file_id: FileId | None = None


class CancelSeat(Facts):
    """Nothing is asked: the seat is given back."""


def take_wait_for_seat(**given: Any) -> Booking:
    """Puts a person among those who wait for a seat."""
    return actions.wait_for_seat(**as_booked(given))


def _waiting(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    sitting, worker = sitting_for(actor, sitting_id), actor.role == "worker"
    return {
        "crumbs": _crumbs(sitting),
        "lead": gettext("When a seat comes free while booking is open, the first who waits has it. You need do nothing."),
        "about": gettext("The sitting"),
        "facts": sitting_facts(sitting),
        "leave_out": ("file_id",) if worker else (),
        "codes": {} if worker else {"file_id": _files(actor)},
    }


def _cancelling(actor: Actor, booking_id: UUID) -> Mapping[str, Any]:
    booking = booking_for(actor, booking_id)
    return {
        "crumbs": _crumbs(sitting_for(actor, booking.sitting_id)),
        "lead": gettext(
            "Somebody who waits has the seat at once. You cannot take it back; while seats are free you can book anew."
        ),
        "about": gettext("The sitting"),
        "facts": sitting_facts(booking.sitting),
        "initial": {"seen": booking.version},
    }


WAIT_FOR_SEAT = Step(
    "exams", "wait_for_seat", WaitForSeat, take_wait_for_seat, _waiting, _("You wait for a seat."), "exams.see_sitting"
)  # fmt: skip
CANCEL_SEAT = Step(
    "exams", "cancel_seat", CancelSeat, actions.cancel_seat, _cancelling, _("The seat is given back."), "exams.see_booking"
)  # fmt: skip
