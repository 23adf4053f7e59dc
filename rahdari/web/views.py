"""Pages of the hall: health, readiness, the worklist of every desk, the API in readable form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from rahdari.base.clock import day_at, now
from rahdari.base.days import offices_of
from rahdari.base.editions import current_book, database_ready
from rahdari.base.models import Waiting
from rahdari.base.reference import Book
from rahdari.base.waiting import waiting_for
from rahdari.web.templatetags.look import word

ROWS = 50


def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return JsonResponse({"status": "alive"})


def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve: the database answers and reference data is in force."""
    try:
        ready = database_ready()
        version = current_book().version
    except DatabaseError:
        ready, version = False, ""
    return JsonResponse({"status": "ready" if ready else "not ready", "reference_version": version}, status=200 if ready else 503)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the worklist: `left` in working days of the side that must act, None without a clock."""

    task: str
    matter: str
    url: str
    opened_on: dt.date
    left: int | None

    @property
    def late(self) -> int:
        return -(self.left or 0)


def _line(row: Waiting, at: dt.datetime, book: Book) -> Line:
    side = row.holder_side
    left = None
    if row.due_at is not None:
        today, due = day_at(at, side), day_at(row.due_at, side)
        left = offices_of(side.upper(), book).working_days_between(today, due)
    matter = " · ".join(word(str(value)) for value in row.matter.values())
    return Line(row.task, matter, reverse(row.url_name, args=row.url_args), day_at(row.opened_at, side), left)


def worklist(request: HttpRequest) -> HttpResponse:
    """What waits for the actor's body, by clock."""
    page = Paginator(waiting_for(request.actor), ROWS).get_page(request.GET.get("page"))
    at, book = now(), current_book()
    page.object_list = [_line(row, at, book) for row in page.object_list]
    return render(request, "web/worklist.html", {"page": page})
