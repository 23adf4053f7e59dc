"""The front page of a node."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book

from .queries import fields_today, legs


def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, the line, and how the fields stand."""
    book = current_book()
    today = day_at(now(), request.actor.node)
    context = {"legs": legs(request.actor, book), "open_fields": fields_today(request.actor, book, today), "today": today}
    return render(request, "dashboards/home.html", context)
