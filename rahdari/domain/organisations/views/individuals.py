"""Pages of those who recruit without a licence: the list, one person with what they answered, a document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.base.files import place_of
from rahdari.base.seen import note_look
from rahdari.base.work import Missing

from ..access import PERMITS
from ..forms.individuals import crumbs
from ..queries.individuals import individual_for, individual_seen, individuals_visible_to
from ..rules.individuals import INDIVIDUAL_MOVES

ROWS = 30


def see_individuals(request: HttpRequest) -> HttpResponse:
    """The list of the desk, by state where one is chosen."""
    state = request.GET.get("state", "")
    rows = individuals_visible_to(request.actor)
    page = Paginator(rows.filter(state=state) if state in INDIVIDUAL_MOVES else rows, ROWS).get_page(request.GET.get("page"))
    may_record = not PERMITS["record_individual"].why_not(request.actor)
    context = {"page": page, "state": state, "states": list(INDIVIDUAL_MOVES), "may_record": may_record}
    return render(request, "organisations/individuals.html", context)


def see_individual(request: HttpRequest, individual_id: UUID) -> HttpResponse:
    """One person: the ground, the answer, the decision, and what comes next."""
    seen = individual_seen(request.actor, individual_id)
    note_look(actor=request.actor, about=individual_id, purpose="organisations.see_individual", at=now())
    return render(request, "organisations/individual.html", {"seen": seen, "row": seen.row, "crumbs": crumbs()})


def see_individual_document(request: HttpRequest, individual_id: UUID, sha256: str) -> Any:
    """A document of an entry, as an attachment; `Missing` where it is none of this entry's or not here."""
    row = individual_for(request.actor, individual_id)
    named = next((one for one in row.papers if one["sha256"] == sha256), None)
    if named is None or not place_of(sha256).is_file():
        raise Missing(f"document {sha256}")
    return FileResponse(place_of(sha256).open("rb"), as_attachment=True, filename=named["name"], content_type=named["media_type"])
