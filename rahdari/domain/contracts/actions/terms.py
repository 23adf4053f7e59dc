"""The employer offers terms it signed; the worker confirms that these are the terms they read."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.jobs.rules.papers import PAPER, Paper
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements.actions import record_decision, record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import Offer
from ..rules.offers import why_not_confirm_terms, why_not_offer
from ..rules.remote import why_not_kind
from .waiting import SENDING, _wait_for_employer, _wait_for_recruiter, _wait_for_worker

SHOWN_IN = ("ur", "en", "ja")  # the languages in which the page shows the terms


def offer_employment(
    *, actor: Actor, case_id: UUID, terms: dict[str, Any] | None = None, employer_signed_on: dt.date | None = None,
    on: dt.date | None = None, paper: Paper | None = None, at: dt.datetime,
) -> Offer:  # fmt: skip
    """The employer selects a candidate and offers terms it signed; those of the demand where none are given.

    On Pakistan's node whoever recruits enters the same from paper. Refuses `terms_worse` than the demand, `hash_differs`,
    `employer_not_signed`, `clause_forbidden`, `below_comparable_pay`, `not_an_employment`, and what `placements.record_decision`
    refuses. Leaves
    the decision `selected`, the statement `placement.decided` with the terms, the offer, and the clocks of who is next.
    """
    with unit_of_work("contracts.offer_employment", actor=actor, at=at) as unit:
        unit.permit(PERMITS["offer_employment"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["offer_employment"], case)
        unit.refuse(why_not_kind(case.route, service=False))
        today = day_at(at, actor.node)
        terms = with_hash(case.demand.terms if terms is None else terms)
        on, signed_on = on or today, employer_signed_on
        demanded = case.demand.terms
        unit.refuse(why_not_offer(terms=terms, demanded=demanded, signed_on=signed_on, today=today, book=current_book()))
        decision = record_decision(
            actor=actor, case_id=case_id, outcome="selected", terms=terms, employer_signed_on=signed_on, on=on, paper=paper, at=at
        )
        if signed_on is None:
            raise ValueError("an offer that was not refused is signed")
        offer = unit.add(
            Offer(
                home=actor.node,
                level=decision.level,
                bodies=decision.bodies,
                case=case,
                terms=terms,
                terms_hash=terms["terms_hash"],
                employer_signed_on=signed_on,
                offered_on=on,
            )
        )
        if actor.node == SENDING:
            _begin_confirming(unit, case)
        elif not case.promoter:
            _wait_for_employer(unit, "contracts.declare_costs", case)
        unit.about(offer, case=case.pk, terms_hash=offer.terms_hash, source=PAPER if paper is not None else "system")
    return offer


def _begin_confirming(unit: Unit, case: Case) -> None:
    """After an offer: the worker reads the terms; whoever recruits declares the costs, or the employer on the other node.

    Of a service there are no costs to declare: the worker reads and agrees.
    """
    if is_service(case.route):
        _wait_for_worker(unit, "contracts.agree_service", case)
        return
    _wait_for_worker(unit, "contracts.confirm_terms", case)
    if case.promoter:
        _wait_for_recruiter(unit, "contracts.declare_costs", case)


def confirm_terms(
    *, actor: Actor, case_id: UUID, terms_hash: str, language: str = "ur", seen: int | None = None, at: dt.datetime
) -> Offer:
    """The worker confirms the terms as the page showed them; `terms_hash` is that of what was shown.

    Refuses `hash_differs`, `language_missing`, `clause_forbidden`, `below_comparable_pay`, `wrong_state`, `stale`. Leaves the
    step `terms_confirmed`, told to the employer with the hash.
    """
    with unit_of_work("contracts.confirm_terms", actor=actor, at=at) as unit:
        unit.permit(PERMITS["confirm_terms"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["confirm_terms"], case)
        offer = _offer_locked(unit, case, seen)
        today = day_at(at, actor.node)
        unit.refuse(
            why_not_confirm_terms(
                state=offer.state,
                terms=offer.terms,
                told_hash=terms_hash,
                language=language,
                languages=SHOWN_IN,
                book=current_book(),
                today=today,
            )
        )
        offer.state, offer.terms_confirmed_on = "terms_confirmed", today
        unit.save(offer)
        record_step(actor=actor, case_id=case.pk, step="terms_confirmed", on=today, details={"terms_hash": terms_hash}, at=at)
        unit.settle("contracts.confirm_terms", case)
        _sign_when_ready(unit, case, offer)
        unit.about(offer, case=case.pk, terms_hash=terms_hash, language=language)
    return offer


def _offer_locked(unit: Unit, case: Case, seen: int | None = None, *, service: bool = False) -> Offer:
    """The offer of a case, locked after the case, as every mirror does; `Missing` when there is none.

    Refuses `not_an_employment` where what was offered is a `service`, and `not_a_service` the other way round.
    """
    unit.refuse(why_not_kind(case.route, service=service))
    now = unit.lock(Case, case.pk)
    case.state, case.station = now.state, now.station
    held = Offer.objects.filter(case=case).values_list("pk", flat=True).first()
    if held is None:
        raise Missing(f"Offer of {case.pk}")
    return unit.lock(Offer, held, seen=seen)


def _sign_when_ready(unit: Unit, case: Case, offer: Offer) -> None:
    """Once terms and costs are confirmed the worker's clock for the contract runs."""
    if offer.terms_confirmed_on and offer.costs_confirmed_on and unit.actor.node == SENDING:
        _wait_for_worker(unit, "contracts.sign_contract", case)
