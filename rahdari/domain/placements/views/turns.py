"""Who waits for whom, at the desk of a recruiter or an employer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now

from ..queries.turns import page_of
from ..rules.turns import HOLDERS


def see_turns(request: HttpRequest) -> HttpResponse:
    """The open cases of one's own body by clock: whose turn it is, since when, how long is left."""
    holder = request.GET.get("holder", "")
    rows, more = page_of(request.actor, holder, request.GET.get("after", ""), now())
    context = {"rows": rows, "more": more, "holder": holder if holder in HOLDERS else "", "holders": HOLDERS}
    return render(request, "placements/turns.html", context)
