"""The searches a worker keeps: the list with what is new, keeping one, looking through, letting go."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.refusal import Refused
from rahdari.web.words import say

from .. import actions
from ..forms.portal import asked_of
from ..queries.kept import kept_by
from ..queries.portal import address_of


def see_kept_searches(request: HttpRequest) -> HttpResponse:
    """One's own searches, each with what is new."""
    return render(request, "jobs/kept.html", {"kept": kept_by(request.actor, on=day_at(now(), "pk"))})


def keep_search(request: HttpRequest) -> HttpResponse:
    """Keeps the search a form tells, and goes to the list; what is refused is said above the search."""
    asked = asked_of(request.POST)
    try:
        actions.keep_search(actor=request.actor, asked=asked.told, at=now())
    except Refused as refused:
        for one in refused.refusals:
            messages.error(request, say(one), extra_tags="bad")
        return redirect(reverse("jobs.see_vacancies") + address_of(asked))
    messages.success(request, _("The search is kept."))
    return redirect("jobs.see_kept_searches")


def look_through(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """What is new was looked through."""
    actions.look_through(actor=request.actor, search_id=search_id, at=now())
    return redirect("jobs.see_kept_searches")


def drop_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Lets a search go."""
    actions.drop_search(actor=request.actor, search_id=search_id, at=now())
    return redirect("jobs.see_kept_searches")
