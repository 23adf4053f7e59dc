"""Exams for programs: the seats anyone sees, the roster of the examiner, and every step."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from rahdari.base.clock import day_at, now
from rahdari.web.api import operation
from rahdari.web.rates import address_of, limit
from rahdari.web.steps import step_operation, told_moment

from .access import PERMITS, VERIFYING
from .forms import bars, desk, seats, steps, voids
from .models import Sitting
from .queries.counts import venue_counts
from .queries.sittings import roster_for, sitting_for, sittings_visible_to
from .queries.verifying import certificate_read
from .rules.results import certificate_key

router = Router(tags=["exams"])
MOST = 200


class SittingTold(Schema):
    """A sitting with its free seats; the fee in the smallest unit of its currency."""

    id: str
    home: str
    exam: str
    field: str | None
    level: str | None
    body: str
    venue: str
    starts_at: str
    seats: int
    free: int
    booking_until: str
    fee: int | None
    currency: str | None
    payer: str | None
    state: str
    version: int


class SittingList(Schema):
    """Sittings that are still to come, the next first."""

    sittings: list[SittingTold]


class BookingTold(Schema):
    """A booking on the roster."""

    number: str
    name: str
    birth_date: str
    passport_no: str
    state: str


class Roster(Schema):
    """The roster of a sitting."""

    sitting: str
    bookings: list[BookingTold]


def _told(sitting: Sitting) -> dict[str, Any]:
    plain = {name: getattr(sitting, name) for name in ("home", "exam", "body", "venue", "seats", "state", "version")}
    return plain | {
        "id": str(sitting.pk),
        "field": sitting.field or None,
        "level": sitting.test_level or None,
        "starts_at": told_moment(sitting.starts_at),
        "free": max(sitting.seats - getattr(sitting, "taken", 0), 0),
        "booking_until": sitting.booking_until.isoformat(),
        "fee": sitting.fee_amount,
        "currency": sitting.fee_currency or None,
        "payer": sitting.payer or None,
    }


class CertificateGiven(Schema):
    """The number of a certificate and the birth date of whoever holds it."""

    number: Annotated[str, Field(min_length=1, max_length=60)]
    birth_date: dt.date


class CertificateAnswer(Schema):
    """Whether a certificate is real: `certificate_genuine`, `certificate_void`, or one answer for every other case."""

    standing: str
    exam: str | None
    field: str | None
    level: str | None
    sat_on: str | None
    void_from: str | None
    source: str | None


@operation(
    router, "POST", "/certificates/verify", PERMITS["verify_certificate"], answers=CertificateAnswer,
    problems=(400, 413, 422, 429), url_name="exams.verify_certificate",
)  # fmt: skip
def verify_certificate(request: HttpRequest, given: CertificateGiven) -> Any:
    """Checks a certificate by its number and the birth date of whoever holds it."""
    limit(VERIFYING, at=now(), address=address_of(request), account=certificate_key(given.number))
    read = certificate_read(given.number, given.birth_date)
    days = {name: day.isoformat() if (day := getattr(read, name)) else None for name in ("sat_on", "void_from")}
    return (
        {name: getattr(read, name) or None for name in ("exam", "field", "level", "source")} | days | {"standing": read.standing}
    )


@operation(router, "GET", "/sittings", PERMITS["see_sittings"], answers=SittingList, problems=(), url_name="exams.see_sittings")
def see_sittings(request: HttpRequest) -> Any:
    """Sittings that are still to come with their free seats."""
    return {"sittings": [_told(one) for one in sittings_visible_to(request.actor).filter(starts_at__gte=now())[:MOST]]}


@operation(
    router, "GET", "/sittings/{sitting_id}", PERMITS["see_sitting"], answers=SittingTold, problems=(404,),
    url_name="exams.see_sitting",
)  # fmt: skip
def see_sitting(request: HttpRequest, sitting_id: UUID) -> Any:
    """One sitting."""
    return _told(sitting_for(request.actor, sitting_id))


@operation(
    router, "GET", "/sittings/{sitting_id}/roster", PERMITS["see_roster"], answers=Roster, problems=(403, 404),
    url_name="exams.see_roster",
)  # fmt: skip
def see_roster(request: HttpRequest, sitting_id: UUID) -> Any:
    """The roster of the examiner's own sitting, with the identities for the door."""
    named = ("number", "name", "birth_date", "passport_no", "state")
    rows = roster_for(request.actor, sitting_id)
    return {"sitting": str(sitting_id), "bookings": [{name: getattr(one, name) or "" for name in named} for one in rows]}


class VenueTold(Schema):
    """One test at one place; results are null where too few people sat."""

    exam: str
    field: str | None
    venue: str
    sittings: int
    seats: int
    taken: int
    waiting: int
    passed: int | None
    failed: int | None
    absent: int | None
    void: int | None


class VenueList(Schema):
    """Tests in figures, by test and place."""

    venues: list[VenueTold]


@operation(
    router, "GET", "/exam-counts", PERMITS["see_exam_counts"], answers=VenueList, problems=(403,),
    url_name="exams.see_exam_counts",
)  # fmt: skip
def see_exam_counts(request: HttpRequest) -> Any:
    """Sittings, seats and results of the last year and the next half, by test and place."""
    today = day_at(now(), request.actor.node)
    rows = venue_counts(request.actor, today - dt.timedelta(days=365), today + dt.timedelta(days=180))
    return {"venues": [asdict(one) | {"field": one.field or None} for one in rows]}


step_operation(router, steps.OPEN_SEATS, "/sittings", PERMITS["open_seats"])
step_operation(router, steps.BOOK_SEAT, "/sittings/{sitting_id}/bookings", PERMITS["book_seat"])
step_operation(router, steps.RECORD_RESULTS, "/sittings/{sitting_id}/results", PERMITS["record_results"])
step_operation(router, steps.RECORD_CERTIFICATE, "/certificates", PERMITS["record_certificate"])
step_operation(router, steps.CHECK_CERTIFICATE, "/certificates/{result_id}/check", PERMITS["check_certificate"])
step_operation(router, seats.WAIT_FOR_SEAT, "/sittings/{sitting_id}/waiting", PERMITS["wait_for_seat"])
step_operation(router, seats.CANCEL_SEAT, "/bookings/{booking_id}/cancel", PERMITS["cancel_seat"])
step_operation(router, desk.CHECK_IDENTITY, "/sittings/{sitting_id}/door", PERMITS["check_identity"])
step_operation(router, desk.RECORD_RESULTS_FILE, "/sittings/{sitting_id}/results/file", PERMITS["record_results_file"])
step_operation(router, desk.CORRECT_RESULT, "/results/{result_id}/correct", PERMITS["correct_result"])
step_operation(router, desk.ENTER_KEY, "/examiner-keys", PERMITS["enter_key"])
step_operation(router, desk.CONFIRM_KEY, "/examiner-keys/{key_id}/confirm", PERMITS["confirm_key"])
step_operation(router, desk.END_KEY, "/examiner-keys/{key_id}/end", PERMITS["end_key"])
step_operation(router, voids.HAND_IN_TRACES, "/sittings/{sitting_id}/traces", PERMITS["hand_in_traces"])
step_operation(router, voids.DECIDE_ANOMALY, "/exam-signs/{anomaly_id}/decision", PERMITS["decide_anomaly"])
step_operation(router, voids.ASK_VOID, "/sittings/{sitting_id}/voidings", PERMITS["ask_void"])
step_operation(router, voids.RECORD_HEARING, "/voidings/{voiding_id}/hearings", PERMITS["record_hearing"])
step_operation(router, voids.VOID_RESULTS, "/voidings/{voiding_id}/decision", PERMITS["void_results"])
step_operation(router, voids.DROP_VOID, "/voidings/{voiding_id}/drop", PERMITS["drop_void"])
step_operation(router, voids.DECIDE_APPEAL, "/voidings/{voiding_id}/appeal", PERMITS["decide_appeal"])
step_operation(router, voids.APPEAL_VOID, "/results/{result_id}/appeal", PERMITS["appeal_void"])
step_operation(router, bars.ASK_BAR, "/exam-signs/{anomaly_id}/bars", PERMITS["ask_bar"])
step_operation(router, bars.BAR_PERSON, "/exam-bars/{bar_id}/decision", PERMITS["bar_person"])
step_operation(router, bars.DROP_BAR, "/exam-bars/{bar_id}/drop", PERMITS["drop_bar"])
step_operation(router, bars.LIFT_BAR, "/exam-bars/{bar_id}/lifting", PERMITS["lift_bar"])
