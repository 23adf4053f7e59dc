"""An offer that ends before the contract, by the worker or with its demand; and whoever is on the reserve list called up."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.placements.actions import mirror_withdrawal as mirror_placement_withdrawal
from rahdari.domain.placements.actions import withdraw_application
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for
from rahdari.domain.placements.queries.interviews import selected_before

from ..access import PERMITS
from ..models import Offer
from ..rules.offers import OFFER_MOVES, why_not_call
from .terms import _offer_locked, offer_employment


def decline_offer(*, actor: Actor, case_id: UUID, seen: int | None = None, at: dt.datetime) -> Offer:
    """The worker declines an offer: at any time before the contract, free, without a reason.

    Refuses `wrong_state` once the contract stands, `not_own_case`, `stale`. Leaves the case withdrawn, the employer told, the
    place free for the reserve list.
    """
    with unit_of_work("contracts.decline_offer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decline_offer"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["decline_offer"], case)
        offer = _offer_locked(unit, case, seen, service=is_service(case.route))
        unit.refuse(why_not_move(OFFER_MOVES, offer.state, "declined"))
        _ended(unit, offer, "declined")
        withdraw_application(actor=actor, case_id=case.pk, reason="offer_declined", at=at)
        unit.about(offer, case=case.pk)
    return offer


def _ended(unit: Unit, offer: Offer, state: str) -> None:
    offer.state = state
    unit.save(offer)


def _ended_as_told(unit: Unit, offer: Offer, state: str) -> None:
    """The partner tells the end of an offer; one that ended so here already, because both did it at once, stays as it is."""
    if offer.state != state:
        unit.refuse(why_not_move(OFFER_MOVES, offer.state, state))
        _ended(unit, offer, state)


def end_offers(*, actor: Actor, demand_id: UUID, at: dt.datetime) -> int:
    """Ends every offer of a withdrawn demand that is not signed; says how many. Each node does it for what it holds.

    `placements.end_cases` lets their cases go, before or after. Can be done again. Leaves nothing of this package waiting.
    """
    with unit_of_work("contracts.end_offers", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_offers"])
        demand = Demand.objects.get(pk=demand_id)
        ending = [state for state, moves in OFFER_MOVES.items() if "let_go" in moves]
        rows = Offer.objects.filter(case__demand=demand, state__in=ending).select_related("case")
        offers = list(rows.select_for_update(of=("self",)).order_by("id"))
        for offer in offers:
            _ended(unit, offer, "let_go")
        unit.about(demand, offers=len(offers))
    return len(offers)


def mirror_withdrawal(*, actor: Actor, statement: Statement, at: dt.datetime) -> Case:
    """Japan's node takes up that a worker took an application back, or declined: an offer that stood is declined with it."""
    with unit_of_work("contracts.mirror_withdrawal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_withdrawal"])
        case = mirror_placement_withdrawal(actor=actor, statement=statement, at=at)
        offer = Offer.objects.select_for_update().filter(case=case).first()
        if offer is not None:
            state = "rescinded" if statement.data["reason"] == "rescinded" else "declined"
            _ended_as_told(unit, offer, state)
        unit.about(case, reason=statement.data["reason"])
    return case


def call_reserve(
    *, actor: Actor, case_id: UUID, employer_signed_on: dt.date, terms: dict[str, Any] | None = None, seen: int | None = None,
    at: dt.datetime,
) -> Offer:  # fmt: skip
    """The employer calls a candidate from the reserve list into a free place, with terms it signed as for any offer.

    Refuses `no_place`, `permission_expired`, `wrong_state` for whoever is not on the list, `stale`, and what
    `contracts.offer_employment` refuses. Leaves the decision `selected`, told as one from the reserve list, and the offer.
    """
    with unit_of_work("contracts.call_reserve", actor=actor, at=at) as unit:
        unit.permit(PERMITS["call_reserve"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["call_reserve"], case)
        unit.refuse([] if case.state == "reserve" else [Refusal("wrong_state", {"now": case.state, "to": "selected"})])
        unit.refuse(
            why_not_call(
                selected=selected_before(case),
                places=case.demand.permitted_places or case.demand.places,
                permitted_until=case.demand.permitted_until,
                today=day_at(at, actor.node),
            )
        )
        offer = offer_employment(actor=actor, case_id=case_id, terms=terms, employer_signed_on=employer_signed_on, at=at)
        unit.about(offer, case=case.pk)
    return offer
