"""Sittings, bookings and results for tests, made by the acts of those who may.

examiner()                      an officer of an exam body, on Japan's node
sitting()                       seats of a sitting, on the present node of the test (Japan's)
result_line(booking)            what the examiner found for a booking: passed, identity checked
signed_json(signing_key(), …)   a file of results an examiner's system signed
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import uuid4

from django.test import override_settings

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Anomaly, Bar, Booking, ExaminerKey, Result, Sitting, Voiding
from rahdari.domain.exams.rules.result_files import TYP
from rahdari.domain.exams.rules.results import ResultLine
from rahdari.domain.jobs.messages import Subject, journey_stage
from rahdari.seals.forms import encode
from rahdari.seals.jws import sign
from rahdari.seals.keys import PrivateKey, new_key
from tests.make import candidates
from tests.make.statements import mailroom, spoken

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
STARTS_AT = dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)
BODY = "jp:org:exam-body"
SKILL = "SSW1_SKILL"
BASIS = "Figures of a test, invented"


def examiner(body: str = BODY, node: str = "jp") -> Actor:
    """An officer of an exam body; each call another person."""
    return Actor(node=node, role="exam_body", body=body, person=uuid4(), name="Examiner (invented)")


def sitting(
    exam: str = SKILL, field: str = "NURSING_CARE", level: str = "", *, seats: int = 2, starts_at: dt.datetime = STARTS_AT,
    by: Actor | None = None, at: dt.datetime = AT,
) -> Sitting:  # fmt: skip
    """Seats of a sitting that are open for booking until the day before it."""
    until = (starts_at - dt.timedelta(days=1)).date() if starts_at - at > dt.timedelta(days=1) else at.date()
    until = max(until, day_at(at, "jp"))  # where it is a day later already
    told = {"exam": exam, "field": field, "level": level, "venue": "Lahore (invented)", "seats": seats, "basis": BASIS}
    return actions.open_seats(actor=by or examiner(), **told, starts_at=starts_at, booking_until=until, at=at)


def result_line(booking: Booking, outcome: str = "pass", *, checked: bool = True, certificate_no: str = "C-1") -> ResultLine:
    """What the examiner found for a booking."""
    return ResultLine(booking.number, outcome, checked, certificate_no if outcome == "pass" else "")


def signing_key() -> PrivateKey:
    """A key of an examiner's own system."""
    return new_key("clerk", 0, 4_000_000_000)


def signed_json(key: PrivateKey, sitting: str, rows: Any) -> bytes:
    """Results as a JOSE file."""
    return sign(json.dumps({"sitting": sitting, "results": rows}).encode(), key, TYP).encode()


def signed_csv(key: PrivateKey, text: str) -> tuple[bytes, str]:
    """Results as CSV, and the detached signature beside it."""
    header, _payload, mark = sign(text.encode(), key, TYP).split(".")
    return text.encode(), f"{header}..{mark}"


def public_x(key: PrivateKey) -> str:
    """The public half as an officer types it."""
    return encode(key.public.raw)


def key_in_use(key: PrivateKey, body: str = BODY, at: dt.datetime = AT) -> ExaminerKey:
    """A key of the examiner that one officer entered and another confirmed."""
    until = (at + dt.timedelta(days=60)).date()
    entered = actions.enter_key(actor=examiner(body), x=public_x(key), until=until, at=at)
    return actions.confirm_key(actor=examiner(body), key_id=entered.pk, at=at)


def own_result(outcome: str = "pass", *, body: str = BODY, at: dt.datetime = AT, certificate_no: str = "C-1") -> Result:
    """A result recorded on Japan's node alone: the booking is told as the partner would tell it."""
    opened = sitting("NURSING_CARE_SKILL", by=examiner(body), starts_at=at + dt.timedelta(days=9), at=at)
    booking = told_booking(opened, at=at)
    line = result_line(booking, outcome, certificate_no=certificate_no)
    after = opened.starts_at + dt.timedelta(hours=2)
    actions.record_results(actor=examiner(body), sitting_id=opened.pk, results=[line], at=after)
    return Result.objects.get(booking=booking)


def told_booking(of: Sitting, *, name: str = "ZARGHUNA KHAN", at: dt.datetime = AT, number: str = "") -> Booking:
    """A seat as the partner tells it."""
    details = {
        "sitting": str(of.pk), "booking": number or f"PK-{uuid4().hex[:10].upper()}", "name": name, "birth_date": "2001-03-14",
        "passport_no": f"ZZ{uuid4().int % 10**7:07}",
    }  # fmt: skip
    data = journey_stage(
        subject=Subject("persons", uuid4()), station=6, step="test_booked", on=day_at(at, "pk"), acting="WORKER", details=details
    )
    told = spoken("journey.stage/1", data, sender="pk", receiver="jp", thread=of.pk, bodies=("CONTACT_JP", of.body), at=at)
    return actions.mirror_booking(actor=mailroom("jp"), statement=told, at=at)


def results_told(booking: Booking, outcome: str = "pass", *, at: dt.datetime = AT, certificate_no: str | None = "C-1") -> Result:
    """A result as Japan's node tells it, taken up on the present one, Pakistan's."""
    line = {"booking": booking.number, "result": str(uuid4()), "outcome": outcome, "sections": [],
            "certificate_no": certificate_no if outcome == "pass" else None}  # fmt: skip
    data = {"sitting": str(booking.sitting_id), "on": day_at(at, "jp").isoformat(), "results": [line]}
    about = {"thread": booking.sitting_id, "bodies": ("CONTACT_PK",), "at": at}
    told = spoken("exam.results/1", data, sender="jp", receiver="pk", **about)
    actions.mirror_results(actor=mailroom("pk"), statement=told, at=at)
    return Result.objects.get(pk=line["result"])


def fraud_sign(*, at: dt.datetime = AT) -> Anomaly:
    """A sign of fraud on Japan's node: two people of a sitting on one device."""
    opened = sitting("NURSING_CARE_SKILL", starts_at=at + dt.timedelta(days=9), at=at)
    numbers = [told_booking(opened, name="Invented Person", at=at).number for _ in range(2)]
    after = opened.starts_at + dt.timedelta(hours=2)
    table = "\n".join(["number,device", *(f"{number},one" for number in numbers)]).encode()
    actions.hand_in_traces(actor=examiner(), sitting_id=opened.pk, content=table, at=after)
    actions.flag_anomaly(actor=machine("jp", "timetable"), sitting_id=opened.pk, at=after)
    return Anomaly.objects.get(sitting=opened)


def bar(*, at: dt.datetime = AT) -> Bar:
    """A proposal on Japan's node to bar somebody, for an upheld sign of fraud."""
    sign, after = fraud_sign(at=at), at + dt.timedelta(days=10)
    told = {"verdict": "anomaly_upheld", "reason": "Film (invented)"}
    actions.decide_anomaly(actor=examiner(), anomaly_id=sign.pk, **told, at=after)
    asked = {"number": sign.numbers[0], "code": "proxy", "why": "Film (invented)"}
    until = (after + dt.timedelta(days=300)).date()
    return actions.ask_bar(actor=examiner(), anomaly_id=sign.pk, **asked, barred_until=until, at=after)


def voiding(*, at: dt.datetime = AT) -> Voiding:
    """A proposal on Japan's node to make a result void."""
    result = own_result(at=at)
    told = {"numbers": [result.booking.number], "code": "proxy", "evidence": "Film (invented)", "invited_on": at.date()}
    after = result.booking.sitting.starts_at + dt.timedelta(hours=3)
    return actions.ask_void(actor=examiner(), sitting_id=result.booking.sitting_id, **told, at=after)


def result_on_both(*, at: dt.datetime = AT) -> Result:
    """A result as Pakistan's node holds it, of a worker who booked there; its sitting is told by Japan's."""
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        opened = sitting("NURSING_CARE_SKILL", starts_at=at + dt.timedelta(days=9), at=at)
    with override_settings(RAHDARI_NODE="pk", RAHDARI_PARTNER="jp"):
        booking = actions.book_seat(actor=candidates.file(tests=(), at=at)[0], sitting_id=opened.pk, at=at)
        return results_told(booking, "fail", at=at)
