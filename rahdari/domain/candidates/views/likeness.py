"""Pages of whoever judges: files that may be of one person, and two of them side by side."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now

from ..queries.likeness import STATES, likeness_seen, likenesses_visible_to

ROWS = 30


def see_likenesses(request: HttpRequest) -> HttpResponse:
    """The pairs of one state, the newest first."""
    state = request.GET.get("state", "")
    state = state if state in STATES else STATES[0]
    page = Paginator(likenesses_visible_to(request.actor).filter(state=state), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": STATES, "asked": f"state={state}&"}
    return render(request, "candidates/likenesses.html", context)


def see_likeness(request: HttpRequest, likeness_id: UUID) -> HttpResponse:
    """Two files side by side: what speaks for one person, the names word by word, what can be done."""
    return render(request, "candidates/likeness.html", {"seen": likeness_seen(request.actor, likeness_id, now())})
