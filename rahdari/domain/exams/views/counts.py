"""Tests in figures, for the offices that help with them: a page, and the same as a table to take along."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.downloads import csv_answer
from rahdari.web.words import spoken

from ..queries.counts import VenueCounts, totals, venue_counts
from ..queries.demand import needs_now

BACK, AHEAD = dt.timedelta(days=365), dt.timedelta(days=180)


def see_exam_counts(request: HttpRequest) -> HttpResponse:
    """Sittings, seats and results by test and place, and the seats that attested demand still needs."""
    since, until = _days(request)
    rows = venue_counts(request.actor, since, until)
    if request.GET.get("as") == "csv":
        return csv_answer(f"tests-{since}-{until}", [str(one) for one in _head()], [_cells(one) for one in rows])
    at = now()
    needs = needs_now(current_book(), day_at(at, request.actor.node), at)
    context = {"rows": rows, "totals": totals(rows), "since": since, "until": until, "needs": needs}
    return render(request, "exams/counts.html", context)


def _days(request: HttpRequest) -> tuple[dt.date, dt.date]:
    today = day_at(now(), request.actor.node)
    since, until = _day(request.GET.get("since"), today - BACK), _day(request.GET.get("until"), today + AHEAD)
    return min(since, until), max(since, until)


def _day(typed: str | None, other: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(typed or "")
    except ValueError:
        return other
    return day if 2000 <= day.year <= 2200 else other


def _head() -> tuple[str, ...]:
    return (
        _("Test"), _("Field"), _("Place"), _("Sittings"), _("Seats"), _("Seats taken"), _("People who wait"), _("passed"),
        _("failed"), _("not present"), _("void"),
    )  # fmt: skip


def _cells(one: VenueCounts) -> tuple[object, ...]:
    counts = (one.sittings, one.seats, one.taken, one.waiting, one.passed, one.failed, one.absent, one.void)
    return (spoken(one.exam), spoken(one.field), one.venue, *counts)
