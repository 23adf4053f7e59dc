"""The page of one milestone of a service: the client's, the worker's and the officer's."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.seen import note_look
from rahdari.web.steps import layout_for

from ..forms.services import milestone_crumbs
from ..queries.services import milestone_facts, milestone_for, milestone_seen


def see_milestone(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """One milestone: what was agreed, how far it is, what is late, and what the reader can do next."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the doorman
    milestone = milestone_for(actor, milestone_id)
    if milestone.case.worker is not None:
        note_look(actor=actor, about=milestone.case.worker, purpose="contracts.see_milestone", at=now())
    seen = milestone_seen(actor, milestone, day_at(now(), actor.node))
    context = {
        "seen": seen,
        "marked": milestone.case,
        "crumbs": milestone_crumbs(actor, milestone),
        "facts": milestone_facts(seen, actor),
    }
    context["layout"] = layout_for(request, context)
    return render(request, "contracts/milestone.html", context)
