"""Pages of the hall: health, readiness, the worklist of every desk."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from rahdari.base.editions import current_book, database_ready
from rahdari.base.waiting import waiting_for

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


def worklist(request: HttpRequest) -> HttpResponse:
    """What waits for the actor's body, by clock."""
    page = Paginator(waiting_for(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "web/worklist.html", {"page": page})
