"""Pages of those who recruit without a licence: the list, one person with what they answered, a document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.seen import note_look
from rahdari.web.downloads import document

from ..access import PERMITS
from ..forms.individuals import crumbs
from ..queries.individuals import individual_for, individual_seen, individuals_seen
from ..queries.people_known import people_known
from ..rules.individuals import INDIVIDUAL_MOVES

ROWS = 30


def see_individuals(request: HttpRequest) -> HttpResponse:
    """The list of the desk, by state where one is chosen."""
    state = request.GET.get("state", "")
    page = Paginator(individuals_seen(request.actor, state=state), ROWS).get_page(request.GET.get("page"))
    may_record = not PERMITS["record_individual"].why_not(request.actor)
    context = {"page": page, "state": state, "states": list(INDIVIDUAL_MOVES), "may_record": may_record}
    return render(request, "organisations/individuals.html", context)


def see_individual(request: HttpRequest, individual_id: UUID) -> HttpResponse:
    """One person: the ground, the answer, the decision, and what comes next."""
    seen = individual_seen(request.actor, individual_id)
    note_look(actor=request.actor, about=individual_id, purpose="organisations.see_individual", at=now())
    moment, row = now(), seen.row
    people = people_known(request.actor, row.name, day_at(moment, request.actor.node), without=row.pk)
    return render(request, "organisations/individual.html", {"seen": seen, "row": row, "people": people, "crumbs": crumbs()})


def see_individual_document(request: HttpRequest, individual_id: UUID, sha256: str) -> Any:
    """A document of an entry, as an attachment; `Missing` where it is none of this entry's or not here."""
    return document(individual_for(request.actor, individual_id).papers, sha256)
