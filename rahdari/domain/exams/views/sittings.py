"""Pages of the sittings, of a roster, and of a certificate."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now

from ..access import PERMITS
from ..queries.seen import result_facts, sitting_facts
from ..queries.sittings import bookings_visible_to, result_for, roster_for, sitting_for, sittings_visible_to
from ..rules.booking import why_too_late

ROWS = 30


def see_sittings(request: HttpRequest) -> HttpResponse:
    """Every sitting that is still to come, the next first, and one's own bookings."""
    page = Paginator(sittings_visible_to(request.actor).filter(starts_at__gt=now()), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "bookings": bookings_visible_to(request.actor)[:ROWS],
        "may_open": not PERMITS["open_seats"].why_not(request.actor),
        "may_enter": not PERMITS["record_certificate"].why_not(request.actor),
    }
    return render(request, "exams/sittings.html", context)


def see_sitting(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """One sitting: where, when, how many seats, and what the reader can do."""
    sitting, at = sitting_for(request.actor, sitting_id), now()
    late = why_too_late(booking_until=sitting.booking_until, on=day_at(at, sitting.home), starts_at=sitting.starts_at, at=at)
    context = {
        "sitting": sitting,
        "facts": sitting_facts(sitting),
        "may_book": sitting.state == "seats_open" and not late and not PERMITS["book_seat"].why_not(request.actor),
        "own": not PERMITS["see_roster"].why_not(request.actor, sitting),
    }
    return render(request, "exams/sitting.html", context)


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
