"""Who comes along to Japan, on a page apart from the file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now

from .. import actions
from ..queries.dependants import family_of


def see_dependants(request: HttpRequest) -> HttpResponse:
    """The family in one's own file, or in the one in front of the counter."""
    layout = "web/worker.html" if request.actor.role == "worker" else "web/desk.html"
    answer = render(request, "candidates/dependants.html", {"family": family_of(request.actor, now()), "layout": layout})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def remove_dependant(request: HttpRequest, dependant_id: UUID) -> HttpResponse:
    """Takes somebody out again."""
    actions.remove_dependant(actor=request.actor, dependant_id=dependant_id, at=now())
    messages.success(request, _("Taken out. Nothing of them is kept."), extra_tags="ok")
    return redirect("candidates.see_dependants")
