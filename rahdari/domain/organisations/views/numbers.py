"""The page of the registers in numbers, and what one takes along of it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.web.downloads import csv_answer
from rahdari.web.rates import address_of, limit

from ..access import COUNTING
from ..queries.counts import registers_in_numbers
from ..rules.counts import GROUPS

COLUMNS = ("on", "kept_by", "kind", "state", "entries")


def _day(request: HttpRequest) -> dt.date:
    """The day asked for; today where none is, or one that is not or has not come."""
    today = day_at(now(), request.actor.node)
    try:
        return min(today, dt.date.fromisoformat(request.GET.get("on", "")))
    except ValueError:
        return today


def see_numbers(request: HttpRequest) -> HttpResponse:
    """How many organisations stand in which state in each register, and whether two nodes hold the same."""
    limit(COUNTING, at=now(), address=address_of(request))
    day = _day(request)
    registers = registers_in_numbers(request.actor, day)
    asked = request.GET.get("digest", "").strip().lower()
    same = next((one for one in registers if one.digest == asked), None)
    context = {"day": day, "registers": registers, "asked": asked, "same": same, "groups": GROUPS}
    return render(request, "organisations/numbers.html", context)


def take_numbers(request: HttpRequest) -> HttpResponse:
    """The numbers by register, kind and state as CSV."""
    limit(COUNTING, at=now(), address=address_of(request))
    day = _day(request)
    rows = (
        (day, one.home, row.kind, row.state, row.entries) for one in registers_in_numbers(request.actor, day) for row in one.rows
    )
    return csv_answer(f"registers-{day}", COLUMNS, rows)
