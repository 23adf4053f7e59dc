"""Pages of organisations: the public register with its one search box, one licence, the desk of those who keep the register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.downloads import document
from rahdari.web.panels import fill
from rahdari.web.rates import address_of, limit

from ..access import LOOKING_UP, PERMITS
from ..models import Organisation
from ..queries.desk import organisation_for, organisation_seen, organisations_seen
from ..queries.finding import Search, search
from ..queries.individuals import shown_by
from ..queries.matches import matches_of
from ..queries.register import licence_seen
from ..queries.standing import standing_of
from ..rules.licences import KINDS, LICENCE_MOVES

ROWS = 30
DESKS = ("see_matches", "see_individuals", "see_imports")
NEW = ("apply_licence", "enter_organisation", "register_support_org")


def see_register(request: HttpRequest) -> HttpResponse:
    """Is this agent licensed? One box for a number, a name in any script, or the phone of an office."""
    asked = request.GET.get("q", "")
    moment = now()
    found: Search | None = None
    if asked.strip():
        limit(LOOKING_UP, at=moment, address=address_of(request))
        found = search(asked, day=day_at(moment, request.actor.node), book=current_book())
    return render(request, "organisations/register.html", {"asked": asked[:200], "search": found})


def see_licence(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The card of one licence: whether it holds today, since when, and its history."""
    moment = now()
    seen = licence_seen(organisation_id, day_at(moment, request.actor.node))
    context = {"seen": seen, "row": seen.found.row, "moment_read": moment}
    return render(
        request, "organisations/licence.html", context | {"panels": fill("organisations.licence", request.actor, seen.found.row)}
    )


def see_organisations(request: HttpRequest) -> HttpResponse:
    """The list of the desk, by state or kind where one is chosen."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    page = Paginator(organisations_seen(request.actor, state=state, kind=kind), ROWS).get_page(request.GET.get("page"))
    today = day_at(now(), request.actor.node)
    page.object_list = [{"row": one, "standing": standing_of(one, today)} for one in page.object_list]
    context = {
        "page": page,
        "state": state,
        "kind": kind,
        "states": list(LICENCE_MOVES),
        "kinds": list(KINDS),
        "desks": [f"organisations.{name}" for name in DESKS if not PERMITS[name].why_not(request.actor)],
        "new": [f"organisations.{name}" for name in NEW if not PERMITS[name].why_not(request.actor)],
    }
    return render(request, "organisations/organisations.html", context)


def see_organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation with everything known of it, what waits, and what the reader may decide."""
    today = day_at(now(), request.actor.node)
    seen = organisation_seen(request.actor, organisation_id, today)
    context = {
        "seen": seen,
        "row": seen.row,
        "matches": matches_of(request.actor, seen.row, today),
        "links_open": not PERMITS["see_links"].why_not(request.actor),
        "papers_open": not PERMITS["see_document"].why_not(request.actor, seen.row),
        "shown_by": shown_by(request.actor, seen.row),
        "panels": fill("organisations.organisation", request.actor, seen.row),
    }
    return render(request, "organisations/organisation.html", context)


def see_document(request: HttpRequest, organisation_id: UUID, sha256: str) -> Any:
    """A document of an order, as an attachment; `Missing` where it is none of this organisation's or not here."""
    row: Organisation = organisation_for(request.actor, organisation_id)
    is_open = not PERMITS["see_document"].why_not(request.actor, row)
    return document([one for change in row.changes.all() for one in change.papers] if is_open else [], sha256)
