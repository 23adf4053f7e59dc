"""The steps of terms, costs and contract as people and programs take them: shape, action, what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.jobs.rules.line import is_inside, is_service, is_travelled
from rahdari.domain.jobs.rules.terms import HASH
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.seen import case_facts
from rahdari.web.money_typed import currencies_named
from rahdari.web.steps import Step
from rahdari.web.words import spoken

from .. import actions
from ..access import PERMITS
from ..models import CostDeclaration, Offer
from ..queries.papers import CasePapers, lines_of, papers_of
from ..queries.seen import costs_shown, terms_shown
from ..rules.ledger import MINOR_UNITS
from ..rules.offers import RESCIND_REASONS, changed_members
from .shapes import (
    AgreeChange,
    CallReserve,
    ChangeTerms,
    ConfirmCosts,
    ConfirmTerms,
    DeclareCosts,
    DeclineOffer,
    OfferEmployment,
    RescindContract,
    SignContract,
    as_declared,
    as_offered,
)


def take_offer_employment(**given: Any) -> Offer:
    """Selects a candidate and offers the terms the employer signed, or enters the offer from paper."""
    return actions.offer_employment(**as_offered(given))


def take_declare_costs(**given: Any) -> CostDeclaration:
    """Declares every cost of a case."""
    return actions.declare_costs(**as_declared(given))


def crumbs_of(actor: Actor, case: Case) -> list[dict[str, str]]:
    """The way to a page of a case: the desk's, or the worker's own line."""
    if actor.role == "worker":
        return [{"url": reverse("placements.see_line", args=[case.pk]), "label": gettext("Your line")}]
    return [
        {"url": reverse("placements.see_cases"), "label": gettext("Cases")},
        {"url": reverse("placements.see_case", args=[case.pk]), "label": case.name},
    ]


def _papers(actor: Actor, case_id: UUID, permit: str, *, service: bool | None = False) -> CasePapers:
    """Terms and costs for a step; a step of an employment has no page on a `service`, nor the other way round (None: both)."""
    papers = papers_of(actor, case_id)
    if service is not None and is_service(papers.case.route) != service:
        raise Missing(f"{permit} of {case_id}")
    refusals = PERMITS[permit].why_not(actor, papers.case)
    if refusals:
        raise Refused(refusals)
    return papers


def _page(actor: Actor, papers: CasePapers, **more: Any) -> dict[str, Any]:
    case = papers.case
    return {
        "marked": case,
        "crumbs": crumbs_of(actor, case),
        "about": gettext("The case"),
        "facts": case_facts(case),
    } | more


def _offering(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "offer_employment")
    lead = gettext("You offer the terms of the demand. The worker reads them in Urdu and has ten days to confirm.")
    shown = terms_shown(papers.case.demand.terms)
    left_out = ("terms", "on", "paper") if actor.node == "jp" else ("terms",)
    return _page(actor, papers, lead=lead, leave_out=left_out, **shown)


def _confirming_terms(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "confirm_terms")
    offer = papers.offer
    if offer is None:
        return _page(actor, papers)
    initial = {"seen": offer.version, "terms_hash": offer.terms_hash, "language": get_language() or "ur"}
    lead = gettext("These are the terms the employer signed. The same ones stand on Japan's node, with the same check number.")
    return _page(
        actor, papers, lead=lead, initial=initial, hidden=("terms_hash", "language"), check=offer.terms_hash,
        **terms_shown(offer.terms),
    )  # fmt: skip


def _declaring(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "declare_costs")
    lead = gettext("Write down every cost with its basis. Leave all lines empty when the worker pays nothing.")
    lines = [one.told() for one in lines_of(one for one in papers.declarations if one.body == actor.body)]
    initial = {"lines": [_typed(one) for one in lines], "rows": ["line"] * max(6, len(lines) + 2)}
    codes = {"lines.currency": currencies_named(MINOR_UNITS)}
    return _page(actor, papers, lead=lead, initial=initial, codes=codes)


def _typed(told: Mapping[str, Any]) -> dict[str, Any]:
    money = told["money"]
    return {name: told[name] for name in ("code", "payer", "payee", "basis")} | {
        "amount": money["amount"],
        "currency": money["currency"],
        "channel": "bank",
    }


def _confirming_costs(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "confirm_costs")
    shown = costs_shown(papers)
    initial = {"lines_hash_seen": shown["lines_hash"]} | ({"seen": papers.offer.version} if papers.offer else {})
    lead = gettext("This is all you pay and all that is paid for you. If somebody asks for more, or for cash, do not confirm.")
    return _page(actor, papers, lead=lead, initial=initial, hidden=("lines_hash_seen",), check=shown["lines_hash"], costs=shown)


def _signing(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "sign_contract")
    offer = papers.offer
    if offer is None:
        return _page(actor, papers)
    lead = gettext("The employer has signed. With your signature the contract stands, and Japan asks for your certificate.")
    left_out = ("lands_on",) if not is_travelled(papers.case.route) else ()
    if is_inside(papers.case.route):
        lead = gettext("The employer has signed. With your signature the contract stands, and your status can be changed.")
    initial = {"seen": offer.version, "terms_hash": offer.terms_hash}
    return _page(
        actor, papers, lead=lead, initial=initial, hidden=("terms_hash",), leave_out=left_out, check=offer.terms_hash,
        **terms_shown(offer.terms),
    )  # fmt: skip


def take_call_reserve(**given: Any) -> Offer:
    """Calls a candidate from the reserve list with the terms the employer signed."""
    return actions.call_reserve(**as_offered(given))


def _declining(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "decline_offer", service=None)
    lead = gettext("You may decline until the contract is signed. It costs nothing, and nobody may ask you why.")
    return _page(actor, papers, lead=lead, initial={"seen": papers.offer.version} if papers.offer else {})


def _calling(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "call_reserve")
    lead = gettext("A place is free. You offer the terms of the demand to the candidate on the reserve list.")
    shown = terms_shown(papers.case.demand.terms)
    return _page(actor, papers, lead=lead, leave_out=("terms",), initial={"seen": papers.case.version}, **shown)


def take_change_terms(**given: Any) -> Offer:
    """Signs other terms for a selected candidate."""
    return actions.change_terms(**as_offered(given))


def _typed_terms(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in terms.items() if name != HASH}


def _changing(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "change_terms")
    if papers.offer is None:
        return _page(actor, papers)
    lead = gettext(
        "Change what changes. Before the contract the worker confirms again; after it the signed terms hold until they agree."
    )
    return _page(actor, papers, lead=lead, initial={"seen": papers.offer.version, "terms": _typed_terms(papers.offer.terms)})


def _agreeing(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "agree_change")
    offer = papers.offer
    if offer is None or offer.proposed is None:
        raise Missing(f"changed terms of {case_id}")
    lead = gettext("The employer signed other terms. If you do not agree, do nothing: the contract you signed goes on.")
    initial = {"seen": offer.version, "terms_hash": offer.proposed["terms_hash"]}
    changed = [str(spoken(name)) for name in changed_members(offer.terms, offer.proposed)]
    return _page(
        actor, papers, lead=lead, initial=initial, hidden=("terms_hash",), check=offer.proposed["terms_hash"], changed=changed,
        signed=terms_shown(offer.terms), **terms_shown(offer.proposed),
    )  # fmt: skip


def _rescinding(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "rescind_contract")
    lead = gettext("Until the departure either side may take the contract back. It costs the worker nothing, now or later.")
    codes = {"reason": RESCIND_REASONS[actor.role == "worker"]}
    return _page(actor, papers, lead=lead, codes=codes, initial={"seen": papers.offer.version} if papers.offer else {})


TERMS, COSTS, CASE = "contracts/step_terms.html", "contracts/step_costs.html", "placements.see_case"
OFFER_EMPLOYMENT = Step(
    "contracts", "offer_employment", OfferEmployment, take_offer_employment, _offering,
    _("Offered. The worker is asked at once."), CASE, template=TERMS,
)  # fmt: skip
CONFIRM_TERMS = Step(
    "contracts", "confirm_terms", ConfirmTerms, actions.confirm_terms, _confirming_terms,
    _("Thank you. The employer is told that these terms hold."), "contracts.see_terms", template=TERMS,
)  # fmt: skip
DECLARE_COSTS = Step(
    "contracts", "declare_costs", DeclareCosts, take_declare_costs, _declaring,
    _("Declared. The worker is asked to confirm them alone."), CASE,
)  # fmt: skip
CONFIRM_COSTS = Step(
    "contracts", "confirm_costs", ConfirmCosts, actions.confirm_costs, _confirming_costs,
    _("Thank you. Nobody may ask you for more."), "contracts.see_terms", template=COSTS,
)  # fmt: skip
SIGN_CONTRACT = Step(
    "contracts", "sign_contract", SignContract, actions.sign_contract, _signing,
    _("Signed. The contract stands."), "contracts.see_terms", template=TERMS,
)  # fmt: skip
DECLINE_OFFER = Step(
    "contracts", "decline_offer", DeclineOffer, actions.decline_offer, _declining,
    _("Declined. It costs you nothing."), "placements.see_line",
)  # fmt: skip
CHANGE_TERMS = Step(
    "contracts", "change_terms", ChangeTerms, take_change_terms, _changing,
    _("Told. The worker is asked at once."), CASE,
)  # fmt: skip
AGREE_CHANGE = Step(
    "contracts", "agree_change", AgreeChange, actions.agree_change, _agreeing,
    _("Agreed. The new terms are those of your contract."), "contracts.see_terms", template="contracts/step_changed.html",
)  # fmt: skip
RESCIND_CONTRACT = Step(
    "contracts", "rescind_contract", RescindContract, actions.rescind_contract, _rescinding,
    _("The contract is taken back. Nothing is owed for it."), "contracts.see_terms",
)  # fmt: skip
CALL_RESERVE = Step(
    "contracts", "call_reserve", CallReserve, take_call_reserve, _calling,
    _("Called. The worker is asked at once."), CASE, template=TERMS,
)  # fmt: skip
