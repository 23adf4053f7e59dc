"""The page of terms, costs and contract: the desk's and the worker's."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.seen import note_look
from rahdari.domain.jobs.rules.line import is_service
from rahdari.web.steps import layout_for

from ..queries.papers import papers_of
from ..queries.receipts import ledger_steps
from ..queries.seen import costs_shown, next_steps, standing, terms_shown
from ..queries.services import milestones_seen


def see_terms(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Terms, costs and contract of a case, as far as they are open to the reader."""
    papers = papers_of(request.actor, case_id)
    case = papers.case
    if case.worker is not None:
        note_look(actor=request.actor, about=case.worker, purpose="contracts.see_terms", at=now())
    context = {
        "case": case,
        "marked": papers.offer or case,
        "offer": papers.offer,
        "standing": standing(papers),
        "costs": costs_shown(papers, request.actor),
        "ledger_steps": ledger_steps(request.actor, case, papers.lines),
        "next": next_steps(request.actor, papers),
        "worker": request.actor.role == "worker",
        "service": is_service(case.route),
        "milestones": milestones_seen(request.actor, case, papers.offer, day_at(now(), request.actor.node)),
    }
    context |= terms_shown(papers.offer.terms) if papers.offer is not None else {}
    context["layout"] = layout_for(request, context)
    return render(request, "contracts/papers.html", context)
