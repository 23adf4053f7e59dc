"""What the partner tells of terms and costs: the decision with its terms on the sending side, the worker's steps on the other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.rules.line import is_inside, is_service, is_supported, side_of
from rahdari.domain.jobs.rules.papers import PAPER
from rahdari.domain.jobs.rules.remote import is_service_terms
from rahdari.domain.placements.actions import mirror_decision as mirror_placement_decision
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case, Decision, StationEvent

from ..access import PERMITS
from ..models import Contract, Offer
from ..queries.papers import terms_told
from ..rules.offers import DEPARTED_AT, OFFER_MOVES, why_not_terms
from ..rules.remote import why_not_kind, why_not_service
from ..rules.told import COE_FACTS, why_not_told
from .changing import _mirror_agreed, _mirror_change
from .costs_told import _costs_confirmed, _costs_declared
from .declining import _ended_as_told
from .services_told import SERVICE_TOLD
from .terms import _begin_confirming, _offer_locked
from .waiting import _wait_for_employer

OPEN = ("offered", "terms_confirmed")


def mirror_decision(*, actor: Actor, statement: Statement, at: dt.datetime) -> Case:
    """Takes up what the employer decided; a candidate who was selected gets the offer with its terms.

    Refuses `hash_differs` where the terms and their hash do not belong together, `below_comparable_pay`, `clause_forbidden`,
    `already_departed` where a contract is rescinded of whoever has left, and what `placements.mirror_decision`
    refuses. Leaves the clocks of the worker and of whoever recruits.
    """
    with unit_of_work("contracts.mirror_decision", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_decision"])
        told = statement.data
        terms = told.get("terms") if told["outcome"] == "selected" else None
        if terms is not None:
            unit.refuse(why_not_told(terms))
        case = unit.lock(Case, told["case"])
        unit.refuse(why_not_kind(case.route, service=_tells_service(told, case)))
        unit.refuse(_why_not_offered(terms, day_at(at, actor.node)) if terms is not None else [])
        mirror_placement_decision(actor=actor, statement=statement, at=at)
        case = unit.lock(Case, told["case"])
        if terms is not None:
            _mirror_offer(unit, case, statement)
            _begin_confirming(unit, case)
        if told["outcome"] == "terms_changed":
            _mirror_change(unit, case, statement)
        if told["outcome"] == "rescinded":
            offer = _offer_locked(unit, case)
            unit.refuse([Refusal("already_departed")] if case.station >= DEPARTED_AT else [])
            _ended_as_told(unit, offer, "rescinded")
        unit.about(case, outcome=told["outcome"], statement=statement.id)
    return case


def _tells_service(told: Mapping[str, Any], case: Case) -> bool:
    """Whether what is told can be of a service: its terms say so; terms are changed, and a contract rescinded, of employment."""
    if told["outcome"] in ("terms_changed", "rescinded"):
        return False
    return is_service_terms(told["terms"]) if told.get("terms") is not None else is_service(case.route)


def _why_not_offered(terms: Mapping[str, Any], today: dt.date) -> list[Refusal]:
    """Who the client is, is asked of the register when the worker agrees: here the offer is only taken up."""
    if is_service_terms(terms):
        return why_not_service(terms, known=True, book=current_book(), today=today)
    return why_not_terms(terms, current_book(), today)


def _mirror_offer(unit: Unit, case: Case, statement: Statement) -> None:
    """The offer as the employer's node told it; one that was entered from paper before becomes a mirror of it."""
    told = statement.data
    signed_on = dt.date.fromisoformat(told["employer_signed_on"])
    offer = Offer.objects.select_for_update().filter(case=case).first()
    columns = told_by(statement) | {"terms": told["terms"], "terms_hash": told["terms"]["terms_hash"]}
    columns |= {"employer_signed_on": signed_on}
    if offer is None:
        unit.add(Offer(case=case, offered_on=signed_on, **columns))
    elif offer.terms_hash == told["terms"]["terms_hash"]:
        for name, value in columns.items():
            setattr(offer, name, value)
        unit.save(offer)
    # Other terms than those on the paper: the step is contested, both stand, and an officer of this node decides.


def mirror_step(*, actor: Actor, statement: Statement, at: dt.datetime) -> StationEvent:
    """Takes up a step of stations 10 and 11 that the worker's side took.

    Refuses `hash_differs` where terms or costs are not those both sides hold, `wrong_state`, `before_previous_step`. A step
    the partner has from paper is kept as such and moves nothing here. Of a service from home every step comes this way, from
    either side.
    """
    with unit_of_work("contracts.mirror_step", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_step"])
        told = statement.data
        case = unit.lock(Case, told["id"])
        details = {name: value for name, value in told["details"].items() if name not in COE_FACTS}
        event = record_step(
            actor=actor,
            case_id=case.pk,
            step=told["step"],
            on=dt.date.fromisoformat(told["on"]),
            acting=told["acting"],
            reason=told.get("reason") or "",
            details=details,
            told=statement,
            at=at,
        )
        unit.refuse([] if side_of(told["step"]) in (statement.sender, "both") else [Refusal("wrong_node")])
        if told["source"] != PAPER:
            STEPS[told["step"]](unit, case, statement)
        unit.about(event, case=case.pk, step=told["step"], statement=statement.id)
    return event


def _terms_confirmed(unit: Unit, case: Case, statement: Statement) -> None:
    offer, told = _offer_locked(unit, case), statement.data["details"]["terms_hash"]
    if offer.state == "signed":
        _mirror_agreed(unit, case, offer, told)
        return
    same = told == offer.terms_hash
    if not same and offer.state in OPEN and _changed_since(case, offer, told) is not None:
        return  # a yes to terms that were changed meanwhile: the worker is asked anew
    unit.refuse([] if same else [Refusal("hash_differs")])
    unit.refuse([] if "terms_confirmed" in OFFER_MOVES[offer.state] else [Refusal("wrong_state", {"now": offer.state})])
    offer.state, offer.terms_confirmed_on = "terms_confirmed", _on(statement)
    unit.save(offer)


def _contract_signed(unit: Unit, case: Case, statement: Statement) -> None:
    offer, details = _offer_locked(unit, case), statement.data["details"]
    if details["terms_hash"] != offer.terms_hash:
        _signed_before_the_change(unit, case, offer, details["terms_hash"])
    unit.refuse([] if "signed" in OFFER_MOVES[offer.state] else [Refusal("wrong_state", {"now": offer.state})])
    offer.state, offer.signed_on = "signed", _on(statement)
    unit.save(offer)
    facts = json.dumps({name: details[name] for name in COE_FACTS if name in details})
    told = {"terms_hash": offer.terms_hash, "signed_on": _on(statement), "coe_facts": facts}
    unit.add(Contract(**told_by(statement), case=case, **told))
    asked_for = "residence.file_change" if is_inside(case.route) else "departures.file_coe"
    for task in ("residence.record_guidance", asked_for) if is_supported(case.route) else (asked_for,):
        _wait_for_employer(unit, task, case)
    unit.tell("contracts.contract_signed", case=UUID(statement.data["id"]))


def _changed_since(case: Case, offer: Offer, terms_hash: str) -> Decision | None:
    """The employer's word for these terms, where its word for those that stand now was told after it."""
    return terms_told(case, terms_hash) if terms_told(case, offer.terms_hash) is not None else None


def _signed_before_the_change(unit: Unit, case: Case, offer: Offer, terms_hash: str) -> None:
    """The worker signed before hearing of changed terms: what was signed holds, the others are proposed, as on their node."""
    earlier = _changed_since(case, offer, terms_hash) if offer.state in OPEN else None
    if earlier is None or earlier.employer_signed_on is None:
        unit.refuse([Refusal("hash_differs")])
    assert earlier is not None and earlier.employer_signed_on is not None  # refused above
    said = StationEvent.objects.filter(case=case, step="terms_confirmed", details__terms_hash=terms_hash).order_by("at").last()
    offer.proposed, offer.terms, offer.terms_hash = offer.terms, earlier.terms or {}, terms_hash
    offer.state, offer.employer_signed_on = "terms_confirmed", earlier.employer_signed_on
    offer.terms_confirmed_on = None if said is None else said.on


STEPS: Mapping[str, Callable[[Unit, Case, Statement], None]] = {
    "terms_confirmed": _terms_confirmed,
    "costs_declared": _costs_declared,
    "costs_confirmed": _costs_confirmed,
    "contract_signed": _contract_signed,
    **SERVICE_TOLD,
}


def _on(statement: Statement) -> dt.date:
    return dt.date.fromisoformat(statement.data["on"])
