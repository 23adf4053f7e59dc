"""Sittings, bookings and results for tests, made by the acts of those who may.

examiner()                      an officer of an exam body, on Japan's node
sitting()                       seats of a sitting, on the present node of the test (Japan's)
result_line(booking)            what the examiner found for a booking: passed, identity checked
"""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from rahdari.base.actor import Actor
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Booking, Sitting
from rahdari.domain.exams.rules.results import ResultLine

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
STARTS_AT = dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)
BODY = "jp:org:exam-body"
SKILL = "SSW1_SKILL"


def examiner(body: str = BODY, node: str = "jp") -> Actor:
    """An officer of an exam body; each call another person."""
    return Actor(node=node, role="exam_body", body=body, person=uuid4(), name="Examiner (invented)")


def sitting(
    exam: str = SKILL, field: str = "NURSING_CARE", level: str = "", *, seats: int = 2, starts_at: dt.datetime = STARTS_AT,
    by: Actor | None = None, at: dt.datetime = AT,
) -> Sitting:  # fmt: skip
    """Seats of a sitting that are open for booking until the day before it."""
    until = (starts_at - dt.timedelta(days=1)).date() if starts_at - at > dt.timedelta(days=1) else at.date()
    told = {"exam": exam, "field": field, "level": level, "venue": "Lahore (invented)", "seats": seats}
    return actions.open_seats(actor=by or examiner(), **told, starts_at=starts_at, booking_until=until, at=at)


def result_line(booking: Booking, outcome: str = "pass", *, checked: bool = True, certificate_no: str = "C-1") -> ResultLine:
    """What the examiner found for a booking."""
    return ResultLine(booking.number, outcome, checked, certificate_no if outcome == "pass" else "")
