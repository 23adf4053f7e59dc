"""Pages of the sittings, of a roster, and of a certificate."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.web.steps import layout_for

from ..access import PERMITS
from ..queries.again import next_after, passed, sits_again
from ..queries.seen import booking_facts, demand_behind, result_facts, sitting_facts
from ..queries.sittings import (
    booking_for,
    bookings_visible_to,
    next_sittings,
    result_for,
    roster_for,
    sitting_for,
    sittings_visible_to,
)
from ..rules.booking import why_not_cancel_seat, why_too_late

ROWS = 30


def see_sittings(request: HttpRequest) -> HttpResponse:
    """Every sitting that is still to come, the next first, and one's own bookings; after a fail, when it can be sat again."""
    bookings = list(bookings_visible_to(request.actor)[:ROWS])
    page = Paginator(sittings_visible_to(request.actor).filter(starts_at__gt=now()), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "bookings": [(one, again) for one, again in zip(bookings, next_after(request.actor, bookings, now()), strict=True)],
        "may_see_counts": not PERMITS["see_exam_counts"].why_not(request.actor),
        "may_see_keys": not PERMITS["see_keys"].why_not(request.actor),
        "may_open": not PERMITS["open_seats"].why_not(request.actor),
        "may_enter": not PERMITS["record_certificate"].why_not(request.actor),
    }
    return render(request, "exams/sittings.html", context)


def see_sitting(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """One sitting: where, when, how many seats, and what the reader can do."""
    sitting, at = sitting_for(request.actor, sitting_id), now()
    late = why_too_late(booking_until=sitting.booking_until, on=day_at(at, sitting.home), starts_at=sitting.starts_at, at=at)
    may = sitting.state == "seats_open" and not late and not PERMITS["book_seat"].why_not(request.actor)
    own = not PERMITS["see_roster"].why_not(request.actor, sitting)
    full = getattr(sitting, "taken", 0) >= sitting.seats
    context = {
        "sitting": sitting,
        "facts": sitting_facts(sitting),
        "may_book": may and not full,
        "may_wait": may and full,
        "own": own,
        "has_results": own and sitting.bookings.filter(state="seat_recorded").exists(),
        "demand_behind": demand_behind(sitting) if own else "",
    }
    return render(request, "exams/sitting.html", context)


def see_booking(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """One's own seat: where and when, the result, and what can be done: give it back, or sit the test again."""
    booking, at = booking_for(request.actor, booking_id), now()
    sitting = booking.sitting
    against = why_not_cancel_seat(state=booking.state, starts_at=sitting.starts_at, at=at)
    context = {
        "booking": booking,
        "facts": booking_facts(booking),
        "may_cancel": not against and not PERMITS["cancel_seat"].why_not(request.actor, booking),
        "may_certify": request.actor.role == "worker" and passed(booking.result),
        "again": next_sittings(request.actor, sitting.exam, sitting.field, at)[:3] if sits_again(booking) else (),
        "layout": layout_for(request, {}),
    }
    return render(request, "exams/booking.html", context)


def see_roster(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The roster of the examiner's own sitting, with the identities for the door."""
    sitting = sitting_for(request.actor, sitting_id)
    roster = roster_for(request.actor, sitting_id)
    context = {"sitting": sitting, "roster": roster, "marked": roster[0] if roster else None}
    return render(request, "exams/roster.html", context)


def see_certificate(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """A test that was entered from its certificate."""
    result = result_for(request.actor, result_id)
    may_check = result.state == "result_to_check" and not PERMITS["check_certificate"].why_not(request.actor)
    return render(request, "exams/certificate.html", {"result": result, "facts": result_facts(result), "may_check": may_check})
