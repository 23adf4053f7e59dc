"""What a member of the family sees of a worker's costs and terms: each only where it was ticked."""

from __future__ import annotations

from rahdari.base.actor import Actor
from rahdari.domain.accounts.queries.proxies import Watched
from rahdari.domain.accounts.rules.proxies import CONTRACT, COSTS
from rahdari.domain.placements.queries.watched import cases_watched
from rahdari.web.panels import Panel

from .papers import CasePapers, declarations_of, offer_of
from .seen import costs_shown, standing, terms_shown


def watched_costs(actor: Actor, watched: Watched) -> Panel | None:
    """Every line of cost of the worker's cases, with who pays it; no step of it."""
    if not watched.sees(COSTS):
        return None
    shown = []
    for case in cases_watched(watched.worker):
        declared = list(declarations_of(case))
        if declared:
            shown.append((case, costs_shown(CasePapers(case, None, declared))))
    return Panel("contracts/_watched_costs.html", {"cases": shown}) if shown else None


def watched_terms(actor: Actor, watched: Watched) -> Panel | None:
    """The terms that were offered to the worker, and how far the contract is."""
    if not watched.sees(CONTRACT):
        return None
    shown = []
    for case in cases_watched(watched.worker):
        offer = offer_of(case)
        if offer is not None:
            papers = CasePapers(case, offer, list(declarations_of(case)) if watched.sees(COSTS) else [])
            shown.append({"case": case, "standing": standing(papers), **terms_shown(offer.terms)})
    return Panel("contracts/_watched_terms.html", {"cases": shown}) if shown else None
