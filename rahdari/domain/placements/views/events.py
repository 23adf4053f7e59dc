"""Pages of expo and interview days: those to come and one of them, for anyone; who comes to it, for those who interview."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book

from ..access import PERMITS
from ..forms.events import event_crumbs, event_facts, names_told
from ..queries.cases import case_for
from ..queries.clocks import both_clocks
from ..queries.events import days_of_event, event_for, events_to_come, firms_of, held_for, own_cases, own_times

ROWS = 30


def see_events(request: HttpRequest) -> HttpResponse:
    """The expo and interview days to come, the next first."""
    page = Paginator(events_to_come(now()), ROWS).get_page(request.GET.get("page"))
    names = names_told(page.object_list)
    days = [(one, both_clocks(one.begins_at), [names[firm] for firm in one.firms[:3]], len(one.firms) - 3) for one in page]
    context = {"page": page, "days": days, "plans": not PERMITS["plan_event"].why_not(request.actor)}
    return render(request, "placements/events.html", context)


def see_event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One day: where, when by both clocks, which firms come and how they stand, their work, how to take part."""
    event, at = event_for(event_id), now()
    open_now = event.state == "planned" and event.ends_at > at
    context = {
        "event": event,
        "open": open_now,
        "days": days_of_event(event),
        "facts": event_facts(event),
        "crumbs": event_crumbs(),
        "firms": firms_of(event, request.actor, day_at(at, request.actor.node), current_book()),
        "own": own_cases(event, request.actor) if open_now else [],
        "times": [(one, both_clocks(one.starts_at)) for one in own_times(event, request.actor)],
        "list": not PERMITS["see_event_list"].why_not(request.actor),
        "calls_off": open_now and not PERMITS["call_off_event"].why_not(request.actor, event),
    }
    return render(request, "placements/event.html", context)


def see_event_list(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Who comes to a day and when, as far as the reader may see their cases."""
    event = event_for(event_id)
    context = {"event": event, "crumbs": event_crumbs(event), "held": held_for(event, request.actor)}
    return render(request, "placements/event_list.html", context)


def see_slot(request: HttpRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """The page of the case after a time was taken: the worker's line, or the desk's."""
    case = case_for(request.actor, case_id)
    return redirect("placements.see_line" if request.actor.role == "worker" else "placements.see_case", case.pk)
