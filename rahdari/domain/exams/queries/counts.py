"""Sittings in figures for the offices that help with tests: seats, bookings and results by test and place, of nobody alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES
from rahdari.base.editions import current_book

from ..models import Booking, Result, Sitting
from ..rules.booking import TAKES_A_SEAT
from ..rules.figures import figure

TEST_MINISTRY, FIELD_MINISTRY = "test_ministry_pk", "field_ministry"
OUTCOMES = ("pass", "fail", "no_show")


@dataclass(frozen=True, slots=True)
class VenueCounts:
    """One test at one place: sittings, seats, seats taken, who waits; results are None where too few people sat."""

    exam: str
    field: str
    venue: str
    sittings: int
    seats: int
    taken: int
    waiting: int
    passed: int | None
    failed: int | None
    absent: int | None
    void: int | None


def sittings_counted_for(actor: Actor) -> QuerySet[Sitting]:
    """The sittings whose figures an office sees: all for the ministry that helps with tests, those of its fields for another."""
    if actor.role == TEST_MINISTRY:
        return Sitting.objects.all()
    if actor.role == FIELD_MINISTRY and actor.body:
        return Sitting.objects.filter(field__in=[row["code"] for row in current_book().rows("fields", ministry=actor.body)])
    return Sitting.objects.none()


def venue_counts(actor: Actor, since: dt.date, until: dt.date) -> list[VenueCounts]:
    """The figures of sittings from one day to another (both count), by test and place; results of too few are left out."""
    zone = ZONES[actor.node]
    first, last = (dt.datetime.combine(day, dt.time(), zone) for day in (since, until + dt.timedelta(days=1)))
    sittings = sittings_counted_for(actor).filter(starts_at__gte=first, starts_at__lt=last)
    key = ("exam", "field", "venue")
    rows = sittings.order_by(*key).values(*key).annotate(sittings=Count("id"), all_seats=Sum("seats"))
    booked = _grouped(Booking.objects.filter(sitting__in=sittings), "sitting__", taken=Q(state__in=TAKES_A_SEAT),
                      waiting=Q(state="seat_waiting"))  # fmt: skip
    results = Result.objects.filter(booking__sitting__in=sittings).exclude(state="result_replaced")
    found = _grouped(
        results, "booking__sitting__", void=Q(state="result_void"),
        **{outcome: Q(outcome=outcome, state="result_stands") for outcome in OUTCOMES},
    )  # fmt: skip
    least = figure(current_book(), "least_people_shown", until)
    return [_counts(row, booked, found, least) for row in rows]


def _grouped(rows: QuerySet, before: str, **kinds: Q) -> dict[tuple[str, ...], dict[str, int]]:  # type: ignore[type-arg]
    names = [f"{before}{name}" for name in ("exam", "field", "venue")]
    counted = rows.order_by().values(*names).annotate(**{name: Count("id", filter=kind) for name, kind in kinds.items()})
    return {tuple(row[name] for name in names): {kind: row[kind] for kind in kinds} for row in counted}


def _counts(
    row: dict[str, int | str], booked: dict[tuple[str, ...], dict[str, int]], found: dict[tuple[str, ...], dict[str, int]],
    least: int,
) -> VenueCounts:  # fmt: skip
    at = (str(row["exam"]), str(row["field"]), str(row["venue"]))
    told = found.get(at, {})
    enough = sum(told.values()) >= least
    return VenueCounts(
        exam=at[0],
        field=at[1],
        venue=at[2],
        sittings=int(row["sittings"]),
        seats=int(row["all_seats"]),
        taken=booked.get(at, {}).get("taken", 0),
        waiting=booked.get(at, {}).get("waiting", 0),
        passed=told.get("pass", 0) if enough else None,
        failed=told.get("fail", 0) if enough else None,
        absent=told.get("no_show", 0) if enough else None,
        void=told.get("void", 0) if enough else None,
    )


def totals(rows: Sequence[VenueCounts]) -> dict[str, int]:
    """Sittings, seats, seats taken and people who wait, of all rows."""
    return {name: sum(getattr(one, name) for one in rows) for name in ("sittings", "seats", "taken", "waiting")}
