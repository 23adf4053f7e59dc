"""After a test that was not passed: the next sitting in which it can be sat again, for many bookings with one question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rahdari.base.actor import Actor

from ..models import Booking, Result, Sitting
from .sittings import sittings_with_free_seats


def sits_again(booking: Booking) -> bool:
    """Whether the newest result leaves the test to be sat again."""
    result = booking.result
    return result is not None and (result.outcome != "pass" or result.state == "result_void")


def passed(result: Result | None) -> bool:
    """Whether a result stands and was passed."""
    return result is not None and (result.outcome, result.state) == ("pass", "result_stands")


def next_after(actor: Actor, bookings: Sequence[Booking], at: dt.datetime) -> list[Sitting | None]:
    """For each booking the next sitting of its test with a free seat, where the test is to be sat again."""
    tests = {(one.sitting.exam, one.sitting.field) for one in bookings if sits_again(one)}
    if not tests:
        return [None] * len(bookings)
    found: dict[tuple[str, str], Sitting] = {}
    for sitting in sittings_with_free_seats(actor, at).filter(exam__in={exam for exam, _ in tests}):
        found.setdefault((sitting.exam, sitting.field), sitting)
    return [found.get((one.sitting.exam, one.sitting.field)) if sits_again(one) else None for one in bookings]
