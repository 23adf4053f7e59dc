"""Reads of exams. Seats are public; a roster is the examiner's own; a booking is seen by the person and whoever booked it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.work import Missing
from rahdari.domain.candidates.models import File
from rahdari.domain.candidates.queries import file_for, file_of
from rahdari.domain.disclosure.queries import visible_to

from ..models import Booking, Result, Sitting
from ..rules.booking import TAKES_A_SEAT

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that are taken for another on paper
NUMBER_LENGTH = 10
OFFICES = {"promoter_manager", "promoter_clerk", "training_desk", "oec_officer", "oec_counter"}


def sittings_visible_to(actor: Actor) -> QuerySet[Sitting]:
    """The sittings with the number of seats taken, the next first; all of them are public."""
    taken = Sitting.objects.annotate(taken=Count("bookings", filter=Q(bookings__state__in=TAKES_A_SEAT)))
    return visible_to(actor, taken).order_by("starts_at", "id")


def taken_seats(sitting: Sitting) -> int:
    """How many seats of a sitting are taken."""
    return int(sitting.bookings.filter(state__in=TAKES_A_SEAT).count())


def sitting_for(actor: Actor, sitting_id: UUID) -> Sitting:
    """One sitting; `Missing` when there is none."""
    found = sittings_visible_to(actor).filter(pk=sitting_id).first()
    if found is None:
        raise Missing(f"Sitting {sitting_id}")
    return found


def roster_of(sitting: Sitting) -> list[Booking]:
    """Every seat taken in a sitting by its number: for actions, not for a page."""
    return list(sitting.bookings.filter(state__in=TAKES_A_SEAT).select_related("sitting", "file").order_by("number"))


def roster_for(actor: Actor, sitting_id: UUID) -> list[Booking]:
    """The roster of the examiner's own sitting with the identities for the door; `Missing` to everybody else."""
    sitting = sitting_for(actor, sitting_id)
    if actor.role != "exam_body" or sitting.body != actor.body or actor.node != sitting.home:
        raise Missing(f"Sitting {sitting_id}")
    seats = sitting.bookings.filter(state__in=TAKES_A_SEAT).prefetch_related("results")
    return list(visible_to(actor, seats.order_by("number")))


def bookings_visible_to(actor: Actor) -> QuerySet[Booking]:
    """The seats a worker holds or waits for, or those an office booked, with their results."""
    bookings = Booking.objects.select_related("sitting").prefetch_related("results").order_by("-booked_on", "-id")
    if actor.role == "worker" and actor.person:
        return bookings.filter(file__person_id=actor.person)
    return bookings.filter(booked_for=actor.body) if actor.role in OFFICES and actor.body else bookings.none()


def booking_for(actor: Actor, booking_id: UUID) -> Booking:
    """One of the actor's own bookings; `Missing` for any other."""
    found = bookings_visible_to(actor).filter(pk=booking_id).first()
    if found is None:
        raise Missing(f"Booking {booking_id}")
    return found


def booking_of_result(actor: Actor, result_id: UUID) -> Booking:
    """The actor's own booking that a result belongs to; `Missing` for any other."""
    found = bookings_visible_to(actor).filter(results=result_id).first()
    if found is None:
        raise Missing(f"Result {result_id}")
    return found


def sittings_with_free_seats(actor: Actor, at: dt.datetime) -> QuerySet[Sitting]:
    """The sittings with a free seat that can still be booked, the next first."""
    free: Any = {"taken__lt": F("seats")}
    to_come = sittings_visible_to(actor).filter(state="seats_open", starts_at__gt=at, **free)
    open_now = Q()
    for home in ZONES:
        open_now |= Q(home=home, booking_until__gte=day_at(at, home))
    return to_come.filter(open_now)


def next_sittings(actor: Actor, exam: str, field: str, at: dt.datetime) -> QuerySet[Sitting]:
    """The sittings of a test with a free seat that can still be booked, the next first."""
    return sittings_with_free_seats(actor, at).filter(exam=exam, field=field)


def result_for(actor: Actor, result_id: UUID) -> Result:
    """One result entered from a certificate, for the desk that entered it and for Protectors; `Missing` to others."""
    entered = Result.objects.select_related("paper", "file").filter(pk=result_id, booking=None, home=actor.node)
    if actor.role == "training_desk" and actor.body:
        entered = entered.filter(paper__entered_body=actor.body)
    elif actor.role != "protector":
        entered = entered.none()
    found: Result | None = entered.first()
    if found is None:
        raise Missing(f"Result {result_id}")
    return found


def file_to_book(actor: Actor, file_id: UUID | None, at: dt.datetime) -> File:
    """The file a seat is booked for: a worker's own, or one the office may see; `Missing` when there is none."""
    if actor.role != "worker" and file_id is not None:
        return file_for(actor, file_id, at)
    own = file_of(actor.person)
    if own is None:
        raise Missing("File")
    return own


def held_elsewhere(file: File, sitting: Sitting, at: dt.datetime) -> bool:
    """Whether the person holds a seat for the same test in a sitting that is still to come, also out of a file merged here."""
    own = Q(person=file.pseudonym) | Q(file=file)
    held = Booking.objects.filter(own, state="seat_booked", sitting__starts_at__gt=at)
    same = held.filter(sitting__exam=sitting.exam, sitting__field=sitting.field)
    return same.exists()


def fresh_number(node: str) -> str:
    """A booking number that nobody can guess and that can be read aloud."""
    return f"{node.upper()}-" + "".join(secrets.choice(LETTERS) for _ in range(NUMBER_LENGTH))
