"""The steps of a service from home as people and programs take them: shape, action, what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.domain.jobs.rules.remote import CURRENCIES
from rahdari.web.money_typed import currencies_named, whole_units
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..access import PERMITS
from ..models import Milestone, Offer
from ..queries.seen import terms_shown
from ..queries.services import client_of, end_reasons, milestone_facts, milestone_for, milestone_seen, service_facts, service_of
from .remote_shapes import (
    AcceptMilestone,
    AgreeService,
    BeginService,
    DeliverMilestone,
    EndService,
    OfferService,
    PayMilestone,
    ReturnMilestone,
    TakeUpOverdue,
    as_paid,
    as_service,
    as_taken_up,
)
from .steps import _page, _papers, crumbs_of

LINES = 3  # milestones the form begins with
CHOSEN = {  # members whose choices are named otherwise than their codes, since the same code says other things elsewhere
    "terms.payment.charges": "charges",
    "terms.rights.owner": "owner",
    "terms.rights.passes": "passes",
    "terms.rights.until_paid": "owner",
    "terms.secrecy.who": "secrecy",
    "terms.tax.japan": "tax",
    "terms.tax.pakistan": "tax",
    "terms.rate_day": "rate",
    "terms.trial": "trial",
    "terms.dispute.way": "dispute",
    "terms.ending.pays": "ending",
}
CODES = {
    "terms.payment.charges": ("client", "worker", "shared"),
    "terms.rights.owner": ("client", "worker", "both"),
    "terms.rights.passes": ("payment", "delivery", "never"),
    "terms.rights.until_paid": ("worker", "client"),
    "terms.secrecy.who": ("both", "worker", "none"),
    "terms.tax.japan": ("nothing_withheld", "withheld", "withheld_by_treaty"),
    "terms.tax.pakistan": ("worker_declares", "bank_withholds"),
    "terms.rate_day": ("payment", "delivery", "signing"),
    "terms.trial": ("none", "paid", "unpaid"),
    "terms.dispute.way": ("mediation", "arbitration", "court"),
    "terms.ending.pays": ("work_done", "nothing"),
}


def take_offer_service(**given: Any) -> Offer:
    """Chooses a worker and offers the terms of a service the client signed."""
    return actions.offer_service(**as_service(given))


def take_take_up_overdue(**given: Any) -> Milestone:
    """Says what was done about a late payment."""
    return actions.take_up_overdue(**as_taken_up(given))


def take_pay_milestone(**given: Any) -> Milestone:
    """Tells the payment of a milestone."""
    return actions.pay_milestone(**as_paid(given))


def _offering(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "offer_service", service=True)
    client, known = client_of(papers.case, actor.node, day_at(now(), actor.node), current_book())
    lead = gettext("The worker reads these terms in Urdu and signs once. Say what is settled; what stays open is refused.")
    codes = {name: {code: f"{CHOSEN[name]}_{code}" for code in held} for name, held in CODES.items()}
    codes |= {"terms.milestones.money.currency": currencies_named(CURRENCIES)}
    page = _page(actor, papers, lead=lead, codes=codes, initial={"terms": {"milestones": [{}] * LINES}, "rows": ["line"] * LINES})
    asked = [Fact(gettext("Client"), client["name"]), Fact(gettext("Number of the client"), client["number"] or "–")]
    return page | {"facts": [*page["facts"][:1], *asked, *([] if known else [Fact(gettext("Register"), "licence_unknown")])]}


def _agreeing(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "agree_service", service=True)
    offer = papers.offer
    if offer is None:
        return _page(actor, papers)
    initial = {"seen": offer.version, "terms_hash": offer.terms_hash, "language": get_language() or "ur"}
    lead = gettext(
        "The client has signed. With your signature the contract stands. It costs you nothing; nobody may ask for a fee."
    )
    return _page(
        actor, papers, lead=lead, initial=initial, hidden=("terms_hash", "language"), check=offer.terms_hash,
        **terms_shown(offer.terms),
    )  # fmt: skip


def _under_way(actor: Actor, case_id: UUID, permit: str, lead: str) -> dict[str, Any]:
    papers = _papers(actor, case_id, permit, service=True)
    service = service_of(papers.case)
    page = _page(actor, papers, lead=lead)
    if service is None or papers.offer is None:
        return page
    return page | {"initial": {"seen": service.version}, "facts": [*page["facts"], *service_facts(service)]}


def _beginning(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    return _under_way(actor, case_id, "begin_service", gettext("Tell the worker and Pakistan that the work has begun."))


def _ending(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    lead = gettext("What was delivered until the last day is paid all the same.")
    return _under_way(actor, case_id, "end_service", lead) | {"codes": {"reason": end_reasons(by_worker=actor.role == "worker")}}


def _on_milestone(permit: str, lead: Any) -> Any:
    def page(actor: Actor, milestone_id: UUID) -> Mapping[str, Any]:
        milestone = milestone_for(actor, milestone_id)
        refusals = PERMITS[permit].why_not(actor, milestone.case)
        if refusals:
            raise Refused(refusals)
        seen = milestone_seen(actor, milestone, day_at(now(), actor.node))
        return {
            "marked": milestone.case,
            "crumbs": milestone_crumbs(actor, milestone),
            "about": milestone.title,
            "facts": milestone_facts(seen, actor),
            "lead": str(lead),
            "initial": {"seen": milestone.version} | (_owed(milestone) if permit == "pay_milestone" else {}),
            "codes": {"money.currency": currencies_named(CURRENCIES)} if permit == "pay_milestone" else {},
        }

    return page


def _owed(milestone: Milestone) -> dict[str, Any]:
    return {"money": {"amount": whole_units(milestone.amount, milestone.currency), "currency": milestone.currency}}


def milestone_crumbs(actor: Actor, milestone: Milestone) -> list[dict[str, str]]:
    """The way to a page of a milestone: through its case and the contract."""
    label = gettext("Service contract")
    return [*crumbs_of(actor, milestone.case), {"url": reverse("contracts.see_terms", args=[milestone.case_id]), "label": label}]


TERMS, PAPERS, MILESTONE = "contracts/step_terms.html", "contracts.see_terms", "contracts.see_milestone"
OFFER_SERVICE = Step(
    "contracts", "offer_service", OfferService, take_offer_service, _offering,
    _("Offered. The worker is asked at once."), PAPERS,
)  # fmt: skip
AGREE_SERVICE = Step(
    "contracts", "agree_service", AgreeService, actions.agree_service, _agreeing,
    _("Signed. The contract stands."), PAPERS, template=TERMS,
)  # fmt: skip
BEGIN_SERVICE = Step(
    "contracts", "begin_service", BeginService, actions.begin_service, _beginning, _("Told. The work has begun."), PAPERS,
)  # fmt: skip
END_SERVICE = Step(
    "contracts", "end_service", EndService, actions.end_service, _ending, _("Told. The other side knows."), PAPERS,
)  # fmt: skip
DELIVER_MILESTONE = Step(
    "contracts", "deliver_milestone", DeliverMilestone, actions.deliver_milestone,
    _on_milestone("deliver_milestone", _("From today the days until the payment count.")),
    _("Told. The client looks at it, and the days until the payment count."), MILESTONE,
)  # fmt: skip
RETURN_MILESTONE = Step(
    "contracts", "return_milestone", ReturnMilestone, actions.return_milestone,
    _on_milestone("return_milestone", _("Say why. The worker puts it right and delivers again; then the days count anew.")),
    _("Told. The worker puts it right."), MILESTONE,
)  # fmt: skip
ACCEPT_MILESTONE = Step(
    "contracts", "accept_milestone", AcceptMilestone, actions.accept_milestone,
    _on_milestone("accept_milestone", _("The last day of the payment stays: it counts from the delivery.")),
    _("Accepted. The worker is told."), MILESTONE,
)  # fmt: skip
PAY_MILESTONE = Step(
    "contracts", "pay_milestone", PayMilestone, take_pay_milestone,
    _on_milestone("pay_milestone", _("Write what left your bank and on which day, interest for being late with it.")),
    _("Told. The worker reads what was paid."), MILESTONE,
)  # fmt: skip
TAKE_UP_OVERDUE = Step(
    "contracts", "take_up_overdue", TakeUpOverdue, take_take_up_overdue,
    _on_milestone("take_up_overdue", _("Ask the client through the contact point in Japan, or advise the worker to complain.")),
    _("Kept. The worker reads what was done."), MILESTONE,
)  # fmt: skip
