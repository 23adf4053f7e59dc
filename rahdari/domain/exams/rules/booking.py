"""Booking a seat: is one free, is the person old enough, do they hold another seat for the same test; waiting; cancelling.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

BOOKING_MOVES = {
    "seat_waiting": {"seat_booked", "seat_cancelled"},
    "seat_booked": {"seat_recorded", "seat_cancelled"},
    "seat_recorded": set(),
    "seat_cancelled": set(),
}
TAKES_A_SEAT = ("seat_booked", "seat_recorded")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a seat, as far as the rules ask: born when, barred until which day, holding a seat for the same test."""

    born: dt.date
    barred_until: dt.date | None = None
    booked_elsewhere: bool = False


def years_old(born: dt.date, on: dt.date) -> int:
    """Whole years on a day; a year is complete on the birthday."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def why_too_late(*, booking_until: dt.date, on: dt.date, starts_at: dt.datetime, at: dt.datetime) -> list[Refusal]:
    """Why it is too late to book: the last day is over, else the sitting has begun."""
    if on > booking_until:
        return [Refusal("booking_closed", {"day": booking_until})]
    return [Refusal("sitting_begun", {"starts_at": starts_at})] if at >= starts_at else []


def why_not_person(
    asking: Asking, *, sat_on: dt.date, min_age: int | None, source: str = "", confidence: str = ""
) -> list[Refusal]:
    """Why this person may not sit this test on its day: a seat elsewhere, too young (exam_kinds), barred from tests."""
    against = [Refusal("booked_elsewhere")] if asking.booked_elsewhere else []
    if min_age is not None and years_old(asking.born, sat_on) < min_age:
        about = {"age": years_old(asking.born, sat_on), "min_age": min_age, "day": sat_on}
        against.append(Refusal("under_test_age", about, "exam_kinds", source, confidence))
    if asking.barred_until is not None and sat_on < asking.barred_until:
        against.append(Refusal("barred_until", {"day": asking.barred_until}))
    return against


def why_not_book_seat(
    *, state: str, booked: int, seats: int, booking_until: dt.date, today: dt.date, starts_at: dt.datetime, at: dt.datetime,
    against_person: Iterable[Refusal] = (),
) -> list[Refusal]:  # fmt: skip
    """Why a seat cannot be booked. `booked` are the seats taken, `against_person` what `why_not_person` found.

    Days are those of the sitting's home: the last day of booking may be that of the sitting, then its begin ends booking.
    """
    against = [] if state == "seats_open" else [Refusal("wrong_state", {"now": state})]
    against += why_too_late(booking_until=booking_until, on=today, starts_at=starts_at, at=at)
    if booked >= seats:
        against.append(Refusal("full", {"seats": seats}))
    return [*against, *against_person]


def why_not_wait_for_seat(
    *, state: str, booked: int, seats: int, booking_until: dt.date, today: dt.date, starts_at: dt.datetime, at: dt.datetime,
    against_person: Iterable[Refusal] = (),
) -> list[Refusal]:  # fmt: skip
    """Why nobody can wait for a seat: as for booking, but only while none is free."""
    against = [] if state == "seats_open" else [Refusal("wrong_state", {"now": state})]
    against += why_too_late(booking_until=booking_until, on=today, starts_at=starts_at, at=at)
    if booked < seats:
        against.append(Refusal("seats_free", {"free": seats - booked}))
    return [*against, *against_person]


def why_not_cancel_seat(*, state: str, starts_at: dt.datetime, at: dt.datetime) -> list[Refusal]:
    """Why a seat, or a place among those who wait, cannot be given back: it is gone, or the sitting has begun."""
    against = why_not_move(BOOKING_MOVES, state, "seat_cancelled")
    return against + ([Refusal("sitting_begun", {"starts_at": starts_at})] if at >= starts_at else [])


def why_not_mirror_booking(
    *, state: str, booked: int, seats: int, booking_until: dt.date, on: dt.date, starts_at: dt.datetime, at: dt.datetime,
    known: bool,
) -> list[Refusal]:  # fmt: skip
    """Why a booking that the partner tells is not taken; `on` and `at` are when it was made, whenever it came."""
    against = [] if state == "seats_open" else [Refusal("wrong_state", {"now": state})]
    if known:
        against.append(Refusal("already_known"))
    against += why_too_late(booking_until=booking_until, on=on, starts_at=starts_at, at=at)
    if booked >= seats:
        against.append(Refusal("full", {"seats": seats}))
    return against
