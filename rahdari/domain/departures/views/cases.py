"""The page of a departure: its papers, its windows, and the next step."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.seen import note_look
from rahdari.domain.jobs.rules.line import is_inside
from rahdari.web.panels import fill
from rahdari.web.steps import layout_for

from ..queries.cases import journey_of
from ..queries.pass_seen import book_seen, books_of, stop_facts
from ..queries.passes import pass_for
from ..queries.seen import has_pass, next_steps, other_steps, paper_facts
from ..queries.setbacks import setback_facts
from ..queries.windows import windows_seen


def see_departure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How far a departure has come, as far as it is open to the reader."""
    book = current_book()
    journey = journey_of(request.actor, case_id, book)
    case = journey.case
    if case.worker is not None:
        note_look(actor=request.actor, about=case.worker, purpose="departures.see_departure", at=now())
    context = {
        "case": case,
        "marked": case,
        "facts": [*paper_facts(journey), *setback_facts(request.actor, journey), *stop_facts(request.actor, journey)],
        "others": other_steps(request.actor, journey),
        "has_pass": has_pass(request.actor, journey),
        "windows": windows_seen(journey, now(), book),
        "next": next_steps(request.actor, journey),
        "panels": fill("departures.case", request.actor, case),
        "inside": is_inside(case.route),
        "worker": request.actor.role == "worker",
        "attache": request.actor.role == "attache",
    }
    context["layout"] = layout_for(request, context)
    return render(request, "departures/departure.html", context)


def see_pass(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The clearance pass, for the telephone and for paper."""
    found = pass_for(request.actor, case_id)
    if found.case.worker is not None:
        note_look(actor=request.actor, about=found.case.worker, purpose="departures.see_pass", at=now())
    context = {"card": found, "case": found.case, "worker": request.actor.role == "worker"}
    return render(request, "departures/pass.html", context | {"layout": layout_for(request, {"marked": None})})


def see_slips(request: HttpRequest) -> HttpResponse:
    """The books of blank slips of the own desk."""
    return render(request, "departures/slips.html", {"books": books_of(request.actor), "layout": "web/desk.html"})


def see_slip_book(request: HttpRequest, book_id: UUID) -> HttpResponse:
    """One book, each slip with its code, to be printed."""
    return render(request, "departures/slip_book.html", {"book": book_seen(request.actor, book_id), "layout": "web/desk.html"})
