"""Reads of exams. Seats are public; a roster is the examiner's own; a booking is seen by the person and whoever booked it."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.db.models import Count, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing
from rahdari.domain.candidates.models import File
from rahdari.domain.candidates.queries import file_for, file_of
from rahdari.domain.disclosure.queries import visible_to

from ..models import Booking, Result, Sitting

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that are taken for another on paper
NUMBER_LENGTH = 10
OFFICES = {"promoter_manager", "promoter_clerk", "training_desk", "oec_officer", "oec_counter"}


def sittings_visible_to(actor: Actor) -> QuerySet[Sitting]:
    """The sittings with the number of seats taken, the next first; all of them are public."""
    taken = Sitting.objects.annotate(taken=Count("bookings"))
    return visible_to(actor, taken).order_by("starts_at", "id")


def sitting_for(actor: Actor, sitting_id: UUID) -> Sitting:
    """One sitting; `Missing` when there is none."""
    found = sittings_visible_to(actor).filter(pk=sitting_id).first()
    if found is None:
        raise Missing(f"Sitting {sitting_id}")
    return found


def roster_of(sitting: Sitting) -> list[Booking]:
    """Every booking of a sitting by its number: for actions, not for a page."""
    return list(sitting.bookings.select_related("sitting", "file").order_by("number"))


def roster_for(actor: Actor, sitting_id: UUID) -> list[Booking]:
    """The roster of the examiner's own sitting with the identities for the door; `Missing` to everybody else."""
    sitting = sitting_for(actor, sitting_id)
    if actor.role != "exam_body" or sitting.body != actor.body or actor.node != sitting.home:
        raise Missing(f"Sitting {sitting_id}")
    return list(visible_to(actor, sitting.bookings.order_by("number")))


def bookings_visible_to(actor: Actor) -> QuerySet[Booking]:
    """The seats a worker holds, or those an office booked, with their results."""
    bookings = Booking.objects.select_related("sitting", "result").order_by("-booked_on", "-id")
    if actor.role == "worker" and actor.person:
        return bookings.filter(file__person_id=actor.person)
    return bookings.filter(booked_for=actor.body) if actor.role in OFFICES and actor.body else bookings.none()


def result_for(actor: Actor, result_id: UUID) -> Result:
    """One result entered from a certificate, for the desk that entered it and for Protectors; `Missing` to others."""
    entered = Result.objects.select_related("paper", "file").filter(pk=result_id, booking=None, home=actor.node)
    if actor.role == "training_desk" and actor.body:
        entered = entered.filter(paper__entered_body=actor.body)
    elif actor.role != "protector":
        entered = entered.none()
    found = entered.first()
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
    """Whether the person holds a seat for the same test in a sitting that is still to come."""
    held = Booking.objects.filter(person=file.pseudonym, state="seat_booked", sitting__starts_at__gt=at)
    same = held.filter(sitting__exam=sitting.exam, sitting__field=sitting.field)
    return same.exists()


def fresh_number(node: str) -> str:
    """A booking number that nobody can guess and that can be read aloud."""
    return f"{node.upper()}-" + "".join(secrets.choice(LETTERS) for _ in range(NUMBER_LENGTH))
