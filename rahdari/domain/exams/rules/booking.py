"""Booking a seat: is one free, is the person old enough, do they hold another seat for the same test.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal

BOOKING_MOVES = {"seat_booked": {"seat_recorded"}, "seat_recorded": set()}


def years_old(born: dt.date, on: dt.date) -> int:
    """Whole years on a day; a year is complete on the birthday."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def why_too_late(*, booking_until: dt.date, on: dt.date, starts_at: dt.datetime, at: dt.datetime) -> list[Refusal]:
    """Why it is too late to book: the last day is over, else the sitting has begun."""
    if on > booking_until:
        return [Refusal("booking_closed", {"day": booking_until})]
    return [Refusal("sitting_begun", {"starts_at": starts_at})] if at >= starts_at else []


def why_not_book_seat(
    *, state: str, booked: int, seats: int, booking_until: dt.date, today: dt.date, starts_at: dt.datetime, at: dt.datetime,
    born: dt.date, sat_on: dt.date, min_age: int | None, booked_elsewhere: bool, source: str = "", confidence: str = "",
) -> list[Refusal]:  # fmt: skip
    """Why a seat cannot be booked. `booked` are the seats taken, `min_age` that of the test on its day (exam_kinds).

    Days are those of the sitting's home: the last day of booking may be that of the sitting, then its begin ends booking.
    """
    against = [] if state == "seats_open" else [Refusal("wrong_state", {"now": state})]
    against += why_too_late(booking_until=booking_until, on=today, starts_at=starts_at, at=at)
    if booked >= seats:
        against.append(Refusal("full", {"seats": seats}))
    if booked_elsewhere:
        against.append(Refusal("booked_elsewhere"))
    if min_age is not None and years_old(born, sat_on) < min_age:
        about = {"age": years_old(born, sat_on), "min_age": min_age, "day": sat_on}
        against.append(Refusal("under_test_age", about, "exam_kinds", source, confidence))
    return against


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
