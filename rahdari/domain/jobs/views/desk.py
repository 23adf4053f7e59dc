"""The desk of demands: the list, one demand with its papers and steps, its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.domain.disclosure.queries import visible_to
from rahdari.web.downloads import document
from rahdari.web.panels import fill

from ..access import PERMITS
from ..models import Demand
from ..queries.clauses import clauses_shown
from ..queries.demands import demand_for, demands_visible_to, open_refusal, papers_for
from ..queries.drafts import drafts_of
from ..queries.seen import facts_of, money_of, pay_lines, steps_seen, work_lines
from ..queries.twins import pairs_of
from ..rules.changes import OPEN_TO_CHANGE
from ..rules.demands import DEMAND_MOVES
from ..rules.line import OWN_OFFERS, is_attested
from ..rules.papers import PAPER

ROWS = 30
IN_STATE = {
    "attest_demand": ("filed",),
    "refuse_attestation": ("filed",),
    "permit_demand": ("attested", "objected", "lapsed"),
    "object_to_demand": ("attested",),
    "refuse_permission": ("attested", "objected"),
    "propose_refusal": ("attested", "objected"),
    "review_refusal": ("turned_down",),
    "publish_vacancy": ("permitted",),
    "extend_permission": ("permitted",),
    "correct_demand": OPEN_TO_CHANGE,
    "withdraw_demand": (*OPEN_TO_CHANGE, "turned_down"),
    "copy_demand": tuple(DEMAND_MOVES),
}
ATTESTED_FIRST = ("permit_demand", "propose_refusal", "refuse_permission")
MISSION, PROTECTOR = ("attest_demand", "refuse_attestation"), ("permit_demand", "object_to_demand", "propose_refusal")


def see_demands(request: HttpRequest) -> HttpResponse:
    """The demands the actor may see, the newest first."""
    page = Paginator(demands_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_file": not PERMITS["file_demand"].why_not(request.actor),
        "drafts": drafts_of(request.actor).count(),
    }
    return render(request, "jobs/demands.html", context)


def see_demand(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """One demand: what it asks, its terms, its papers as far as they are open, its steps, and what comes next."""
    demand = demand_for(request.actor, demand_id)
    papers = papers_for(request.actor, demand)
    paid, taken = pay_lines(demand.terms)
    context = {
        "demand": demand,
        "marked": demand,
        "facts": facts_of(demand, papers),
        "pay": money_of(demand.terms["pay_basic"]),
        "paid": paid,
        "work": work_lines(demand.terms),
        "taken": taken,
        **clauses_shown(demand.terms),
        "papers": papers,
        "files": [*papers.demand_letter, *papers.power_of_attorney] if papers else [],
        "steps": steps_seen(request.actor, demand),
        "vacancies": visible_to(request.actor, demand.vacancies.order_by("published_on")),
        "pairs": pairs_of(request.actor, demand) if demand.home != request.actor.node or demand.source == PAPER else [],
        "may_compare": not PERMITS["compare_demand"].why_not(request.actor),
        "next": _next_steps(request, demand),
        "panels": fill("jobs.demand", request.actor, demand),
        "may_take_down": not PERMITS["take_down_vacancy"].why_not(request.actor, demand),
    }
    return render(request, "jobs/demand.html", context)


def _next_steps(request: HttpRequest, demand: Demand) -> list[str]:
    """The use cases the actor may take on a demand in its state."""
    passed = ["propose_refusal" if open_refusal(demand) is not None else "refuse_permission"]
    passed += ATTESTED_FIRST if demand.attested_on is None else ()
    passed += [] if is_attested(demand.route) else MISSION
    passed += PROTECTOR if demand.route in OWN_OFFERS else ()
    return [
        f"jobs.{name}" for name, states in IN_STATE.items()
        if demand.state in states and name not in passed and not PERMITS[name].why_not(request.actor, demand)
    ]  # fmt: skip


def see_paper(request: HttpRequest, demand_id: UUID, sha256: str) -> Any:
    """A scan of a demand's papers, as an attachment; `Missing` where the papers are not open or the bytes are not here."""
    papers = papers_for(request.actor, demand_for(request.actor, demand_id))
    files = [*papers.demand_letter, *papers.power_of_attorney] if papers else []
    return document(files, sha256)
