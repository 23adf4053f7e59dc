"""Pages of cooperation: the agreement, clause by clause."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.editions import current_book

from ..access import PERMITS
from ..queries.agreement import agreement, agreement_parts


def see_agreement(request: HttpRequest) -> HttpResponse:
    """The Memorandum of 23 December 2019, clause by clause, with what the system does for each."""
    book = current_book()
    clauses = agreement(request.actor, book)
    counts = {state: sum(one.state == state for one in clauses) for state in ("done", "partly", "not_yet")}
    context = {
        "clauses": clauses,
        "counts": counts,
        "can_request": not PERMITS["see_requests"].why_not(request.actor),
        **agreement_parts(request.actor, book),
    }
    return render(request, "cooperation/agreement.html", context)
