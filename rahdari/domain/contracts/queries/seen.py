"""Terms, costs and contract as pages show them, and what the reader can do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.domain.jobs.queries.clauses import clauses_shown
from rahdari.domain.jobs.queries.seen import body_name, money_of, pay_lines, work_lines
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.jobs.rules.remote import is_service_terms
from rahdari.domain.placements.models import Case
from rahdari.web.panels import Panel
from rahdari.web.words import Fact

from ..access import PERMITS
from ..rules.costs_lines import WORKER_SIDE
from ..rules.ledger import CostTold, declared_whole, lines_hash, worker_total
from ..rules.norms import TONES, Verdicts, under_norms
from ..rules.offers import DEPARTED_AT, OFFER_MOVES
from ..rules.receipts import line_key
from .papers import CasePapers, papers_of
from .questions import open_answer
from .receipts import LineReceipts, receipts_shown
from .services import milestones_seen, service_facts, service_of, service_steps
from .two_columns import side_by_side

OFFERED_FROM = "interview_set"


def terms_shown(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Terms as the templates of pay and work take them; those of a service have their two columns alone."""
    if is_service_terms(terms):
        return {"terms": terms, "service": True, "columns": side_by_side(terms)}
    paid, taken = pay_lines(terms)
    shown = {"terms": terms, "pay": money_of(terms["pay_basic"]), "paid": paid, "taken": taken, "work": work_lines(terms)}
    return shown | {"columns": side_by_side(terms)} | clauses_shown(terms)


def costs_shown(papers: CasePapers, actor: Actor | None = None) -> dict[str, Any]:
    """The ledger under three norms, who pays for what apart, with the sum the worker pays and the hash a confirmation names.

    With the `actor` the receipts of each line are there, as far as they may be read.
    """
    lines: list[CostTold] = papers.lines
    today = day_at(now(), settings.RAHDARI_NODE)
    ledger = under_norms(lines, route=papers.case.route, book=current_book(), today=today)
    receipts = receipts_shown(actor, papers.case, lines) if actor is not None else {}
    own = [one for one in ledger if one.line.payer in WORKER_SIDE]
    others = [one for one in ledger if one.line.payer not in WORKER_SIDE]
    return {
        "lines": lines,
        "heaps": [
            heap
            for heap in (
                _heap(_("Paid by the worker or the family"), own, receipts),
                _heap(_("Paid by others"), others, receipts),
            )
            if heap
        ],
        "reasons": [reason for one in ledger for reason in one.reasons],
        "as_of": today,
        "total": worker_total(lines),
        "lines_hash": lines_hash(lines),
        "declared": bool(papers.declarations),
        "receipts": receipts,
        "case": papers.case,
    }


def _heap(caption: str, rows: list[Verdicts], receipts: Mapping[str, LineReceipts]) -> dict[str, Any] | None:
    """The lines of one side of the ledger, each verdict with its tone; None where there are none."""
    if not rows:
        return None
    norms = [(_("Pakistan"), "pakistan"), (_("ILO and IRIS"), "ilo"), (_("Japan"), "japan")]
    drawn = [
        {
            "line": one.line,
            "receipts": receipts.get(line_key(one.line)),
            "norms": [{"label": label, "code": getattr(one, name), "tone": TONES[getattr(one, name)]} for label, name in norms],
        }
        for one in rows
    ]
    return {"caption": caption, "rows": drawn, "norms": [label for label, _name in norms]}


def standing(papers: CasePapers) -> list[Fact]:
    """How far terms, costs and contract of a case have come."""
    offer = papers.offer
    if offer is None:
        return []
    return [
        Fact(_("Offered"), offer.offered_on),
        Fact(_("Client signed on") if is_service(papers.case.route) else _("Employer signed on"), offer.employer_signed_on),
        *([Fact(_("Terms confirmed"), offer.terms_confirmed_on)] if offer.terms_confirmed_on else []),
        *([Fact(_("Costs declared by"), [body_name(one.body) for one in papers.declarations])] if papers.declarations else []),
        *([Fact(_("Costs confirmed"), offer.costs_confirmed_on)] if offer.costs_confirmed_on else []),
        *([Fact(_("Contract signed"), offer.signed_on)] if offer.signed_on else []),
        *(service_facts(service) if is_service(papers.case.route) and (service := service_of(papers.case)) else []),
    ]


def next_steps(actor: Actor, papers: CasePapers) -> list[str]:
    """The use cases of this package the actor may take now."""
    return [f"contracts.{name}" for name in _open(papers) if not PERMITS[name].why_not(actor, papers.case)]


def _open(papers: CasePapers) -> list[str]:
    offer = papers.offer
    if is_service(papers.case.route):
        if offer is None:
            return ["offer_service"] if papers.case.state in (OFFERED_FROM, "reserve") else []
        return service_steps(offer, service_of(papers.case)) if papers.case.state == "selected" else []
    if offer is None:
        return {OFFERED_FROM: ["offer_employment"], "reserve": ["call_reserve"]}.get(papers.case.state, [])
    if offer.state == "signed":
        asked = ["agree_change"] if offer.proposed else []
        asked += [*(["answer_again"] if open_answer(papers.case) else []), "change_terms"]
        return asked if papers.case.station >= DEPARTED_AT else [*asked, "rescind_contract"]
    if not OFFER_MOVES[offer.state]:
        return []
    steps = ["confirm_terms"] if offer.state == "offered" else []
    if offer.costs_confirmed_on is None:
        whole = declared_whole((one.body for one in papers.declarations), papers.case.promoter)
        steps += ["declare_costs", *(["confirm_costs"] if whole else []), *(["contest_costs"] if papers.declarations else [])]
    elif offer.state == "terms_confirmed":
        steps.append("sign_contract")
    steps += ["decline_offer", "change_terms"]
    return steps


def case_panel(actor: Actor, case: Case) -> Panel | None:
    """On a case: how far terms and costs are, and the next step of this package."""
    papers = papers_of(actor, case.pk)
    facts, steps = standing(papers), next_steps(actor, papers)
    if not facts and not steps:
        return None
    context: dict[str, Any] = {"case": case, "facts": facts, "next": steps, "see": not PERMITS["see_terms"].why_not(actor)}
    if is_service(case.route):
        context["service"] = True
        context["milestones"] = milestones_seen(actor, case, papers.offer, day_at(now(), actor.node))
    return Panel("contracts/_panel.html", context)
