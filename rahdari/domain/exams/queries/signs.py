"""What the rules of fraud are run over, and the signs found, as the examiner's officers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..models import Anomaly, Booking, Result, Sitting, Trace, VoidedResult, Voiding
from ..rules.anomalies import Rate, Traced

EXAMINER = "exam_body"
SAT = ("pass", "fail")
OPEN_FIRST = Case(When(state="anomaly_open", then=0), default=1)


def traced_in(sitting: Sitting) -> list[Traced]:
    """What is known of each booking of a sitting that was handed in."""
    rows = Trace.objects.filter(booking__sitting=sitting).exclude(booking__state="seat_cancelled")
    told = rows.order_by("booking__number").values_list("booking__number", "marks", "photo", "seconds")
    return [Traced(number, marks, int(photo, 16) if photo else None, seconds) for number, marks, photo, seconds in told]


def rate_of(sitting: Sitting) -> Rate:
    """How many passed here, and at the same place in the same test before; void and replaced results are left out."""
    stands = Result.objects.filter(state="result_stands", outcome__in=SAT, booking__isnull=False)
    here = stands.filter(booking__sitting=sitting)
    before = stands.filter(
        booking__sitting__exam=sitting.exam, booking__sitting__field=sitting.field, booking__sitting__venue=sitting.venue,
        booking__sitting__body=sitting.body, booking__sitting__starts_at__lt=sitting.starts_at,
    )  # fmt: skip
    counts = {"passed": Count("id", filter=Q(outcome="pass")), "sat": Count("id")}
    now, then = here.aggregate(**counts), before.aggregate(**counts)
    return Rate(now["passed"], now["sat"], then["passed"], then["sat"])


def signs_visible_to(actor: Actor) -> QuerySet[Anomaly]:
    """The signs of fraud of the actor's own sittings: open ones first, then the newest."""
    rows = Anomaly.objects.select_related("sitting").defer("reason").order_by(OPEN_FIRST, "-flagged_at", "-id")
    own = actor.role == EXAMINER and bool(actor.body)
    return rows.filter(sitting__body=actor.body, sitting__home=actor.node) if own else rows.none()


@dataclass(frozen=True, slots=True)
class SignSeen:
    """A sign of fraud with the bookings it is about, as the officer who decides sees it."""

    row: Anomaly
    bookings: Sequence[Booking]


def sign_for(actor: Actor, anomaly_id: UUID) -> SignSeen:
    """One sign of fraud of the actor's own sittings with its evidence; `Missing` to everybody else."""
    row = signs_visible_to(actor).defer(None).filter(pk=anomaly_id).first()
    if row is None:
        raise Missing(f"Anomaly {anomaly_id}")
    bookings = Booking.objects.filter(sitting=row.sitting_id, number__in=row.numbers).prefetch_related("results")
    return SignSeen(row, list(bookings.order_by("number")))


def voidings_visible_to(actor: Actor) -> QuerySet[Voiding]:
    """The proposals to make results of the actor's own sittings void, the newest first, without their evidence."""
    rows = Voiding.objects.select_related("sitting").defer("evidence").order_by("-asked_at", "-id")
    own = actor.role == EXAMINER and bool(actor.body)
    return rows.filter(sitting__body=actor.body, home=actor.node) if own else rows.none()


def voiding_for(actor: Actor, voiding_id: UUID) -> Voiding:
    """One proposal with its evidence; `Missing` to everybody else."""
    found = voidings_visible_to(actor).defer(None).filter(pk=voiding_id).first()
    if found is None:
        raise Missing(f"Voiding {voiding_id}")
    return found


def rows_of(voiding: Voiding) -> list[VoidedResult]:
    """The results of a proposal with their bookings."""
    return list(voiding.results.select_related("result__booking").order_by("result__booking__number"))
