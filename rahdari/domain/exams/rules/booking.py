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


def why_not_book_seat(
    *, state: str, booked: int, seats: int, booking_until: dt.date, today: dt.date, born: dt.date, sat_on: dt.date,
    min_age: int | None, booked_elsewhere: bool, source: str = "", confidence: str = "",
) -> list[Refusal]:  # fmt: skip
    """Why a seat cannot be booked. `booked` are the seats taken, `min_age` that of the test on its day (exam_kinds)."""
    against = [] if state == "seats_open" else [Refusal("wrong_state", {"now": state})]
    if today > booking_until:
        against.append(Refusal("booking_closed", {"day": booking_until}))
    if booked >= seats:
        against.append(Refusal("full", {"seats": seats}))
    if booked_elsewhere:
        against.append(Refusal("booked_elsewhere"))
    if min_age is not None and years_old(born, sat_on) < min_age:
        about = {"age": years_old(born, sat_on), "min_age": min_age, "day": sat_on}
        against.append(Refusal("under_test_age", about, "exam_kinds", source, confidence))
    return against


def why_not_mirror_booking(
    *, state: str, booked: int, seats: int, booking_until: dt.date, on: dt.date, known: bool
) -> list[Refusal]:
    """Why a booking that the partner tells is not taken; `on` is the day it was made, whenever it came."""
    against = [] if state == "seats_open" else [Refusal("wrong_state", {"now": state})]
    if known:
        against.append(Refusal("already_known"))
    if on > booking_until:
        against.append(Refusal("booking_closed", {"day": booking_until}))
    if booked >= seats:
        against.append(Refusal("full", {"seats": seats}))
    return against
