"""The page of a departure: its papers, its windows, and the next step."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.seen import note_look
from rahdari.web.panels import fill
from rahdari.web.steps import layout_for

from .queries.cases import journey_of
from .queries.seen import next_steps, paper_facts, windows_seen


def see_departure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How far a departure has come, as far as it is open to the reader."""
    journey = journey_of(request.actor, case_id, current_book())
    case = journey.case
    if case.worker is not None:
        note_look(actor=request.actor, about=case.worker, purpose="departures.see_departure", at=now())
    context = {
        "case": case,
        "marked": case,
        "facts": paper_facts(journey),
        "windows": windows_seen(journey, day_at(now(), request.actor.node)),
        "next": next_steps(request.actor, journey),
        "panels": fill("departures.case", request.actor, case),
        "worker": request.actor.role == "worker",
        "attache": request.actor.role == "attache",
    }
    context["layout"] = layout_for(request, context)
    return render(request, "departures/departure.html", context)
