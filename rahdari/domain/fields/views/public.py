"""Pages of the fields that anyone may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.downloads import csv_answer

from ..queries.fields import field_seen, fields_seen, history_of_fields

CEILING_COLUMNS = (
    "kind",
    "field",
    "scheme",
    "decided_on",
    "from",
    "until",
    "people",
    "approximate",
    "source",
    "confidence",
)


def see_fields(request: HttpRequest) -> HttpResponse:
    """Every field: how it stands, what it asks, how much of its ceiling is used."""
    book, on = current_book(), day_at(now(), request.actor.node)
    lines = fields_seen(request.actor, book, on)
    context = {
        "book": book,
        "on": on,
        "lines": [one for one in lines if one.state not in ("merged", "ended")],
        "earlier": [one for one in lines if one.state in ("merged", "ended")],
    }
    return render(request, "fields/fields.html", context)


def see_field(request: HttpRequest, code: str) -> HttpResponse:
    """One field with all that is known of it."""
    book, on = current_book(), day_at(now(), request.actor.node)
    context = {"page": field_seen(request.actor, book, code, on), "book": book, "on": on}
    return render(request, "fields/field.html", context)


def see_ceilings(request: HttpRequest, code: str) -> HttpResponse:
    """The ceilings and residents of a field as CSV."""
    book = current_book()
    page = field_seen(request.actor, book, code, day_at(now(), request.actor.node))
    rows = [
        ("ceiling", code, one["scheme"], one["decided_on"], one["period_from"], one["period_until"], one["ceiling"], "no",
         one["source"], one["confidence"])
        for one in (*page.ceilings, *page.training_ceilings)
    ] + [
        ("residents", code, one["scope"], "", one["as_of"], one["as_of"], one["people"], one["approximate"], one["source"],
         one["confidence"])
        for one in page.counts
    ]  # fmt: skip
    return csv_answer(f"ceilings-{code}", CEILING_COLUMNS, rows)


def see_history(request: HttpRequest) -> HttpResponse:
    """How the number of fields changed since 2019."""
    book = current_book()
    return render(request, "fields/history.html", {"eras": history_of_fields(request.actor, book), "book": book})
