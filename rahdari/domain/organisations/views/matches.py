"""Pages of matches: the list of who decides, two organisations beside each other, and the likely known ones while typing."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.web.rates import address_of, limit

from ..access import TYPING
from ..queries.matches import STATES, due_for, likely_known, match_seen, matches_seen

ROWS = 30


def see_matches(request: HttpRequest) -> HttpResponse:
    """The matches of this node, those that wait unless another state is chosen."""
    state = request.GET.get("state", "to_decide")
    page = Paginator(matches_seen(request.actor, state), ROWS).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    due = due_for(page.object_list)
    page.object_list = [{"row": one, "due": due.get(str(one.pk))} for one in page.object_list]
    return render(request, "organisations/matches.html", {"page": page, "state": state, "states": STATES})


def see_match(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Two organisations beside each other, what ties them in words, and the decision."""
    seen = match_seen(request.actor, match_id, day_at(now(), request.actor.node))
    return render(request, "organisations/match.html", {"seen": seen, "row": seen.row})


def see_likely(request: HttpRequest) -> HttpResponse:
    """The organisations of the public register that typed names may be; a fragment for forms. `of` names the field typed in."""
    typed = request.GET.get(request.GET.get("of", "entry.names"), "")[:1300]
    moment = now()
    if typed.strip():
        limit(TYPING, at=moment, address=address_of(request), account=str(request.actor.person))
    found = likely_known(typed, day_at(moment, request.actor.node))
    return render(request, "organisations/_likely.html", {"likely": found})
