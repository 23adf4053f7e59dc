"""Terms the employer changes: before the contract the worker confirms anew, after it the signed ones hold until both agree."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements.actions import record_changed_terms, record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import Contract, Offer
from ..queries.papers import terms_told
from ..rules.offers import why_not_change
from .terms import _offer_locked
from .waiting import SENDING, _wait_for_worker


def change_terms(
    *, actor: Actor, case_id: UUID, terms: dict[str, Any], employer_signed_on: dt.date, seen: int | None = None, at: dt.datetime
) -> Offer:
    """The employer signs other terms for a candidate who was selected.

    Before the contract they take the place of the old ones and wait for the worker's confirmation; after it they are proposed,
    and the signed ones hold until the worker agrees (`agree_change`). Refuses `terms_worse` than the demand, `nothing_changed`,
    `clause_forbidden`, `below_comparable_pay`, `employer_not_signed`, `wrong_state`, `stale`. Leaves `placement.decided` with
    outcome `terms_changed`, the old hash and the terms.
    """
    with unit_of_work("contracts.change_terms", actor=actor, at=at) as unit:
        unit.permit(PERMITS["change_terms"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["change_terms"], case)
        offer = _offer_locked(unit, case, seen)
        new, old_hash = with_hash(terms), offer.terms_hash
        unit.refuse(_why_not(offer, case, new, employer_signed_on, day_at(at, actor.node)))
        record_changed_terms(
            actor=actor, case_id=case.pk, terms=new, old_terms_hash=old_hash, employer_signed_on=employer_signed_on, at=at
        )
        _changed(unit, case, offer, new, employer_signed_on)
        unit.about(offer, case=case.pk, terms_hash=new["terms_hash"])
    return offer


def agree_change(*, actor: Actor, case_id: UUID, terms_hash: str, seen: int | None = None, at: dt.datetime) -> Offer:
    """The worker agrees to the changed terms of a signed contract; who does nothing keeps the signed ones.

    Refuses `hash_differs` for other terms than those proposed, `nothing_changed` where none are, `stale`. Leaves the contract
    with the new terms on both nodes, told by `terms_confirmed`.
    """
    with unit_of_work("contracts.agree_change", actor=actor, at=at) as unit:
        unit.permit(PERMITS["agree_change"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["agree_change"], case)
        offer = _offer_locked(unit, case, seen)
        _agreed(unit, case, offer, terms_hash)
        details, today = {"terms_hash": terms_hash}, day_at(at, actor.node)
        record_step(actor=actor, case_id=case.pk, step="terms_confirmed", on=today, details=details, at=at)
        unit.settle("contracts.agree_change", case)
        unit.about(offer, case=case.pk, terms_hash=terms_hash)
    return offer


def _why_not(offer: Offer, case: Case, new: dict[str, Any], signed_on: dt.date | None, today: dt.date) -> list[Refusal]:
    return why_not_change(
        state=offer.state,
        standing=offer.terms,
        terms=new,
        demanded=case.demand.terms,
        signed_on=signed_on,
        today=today,
        book=current_book(),
    )


def _changed(unit: Unit, case: Case, offer: Offer, new: dict[str, Any], signed_on: dt.date) -> None:
    """The same on both nodes: proposed beside a signed contract, in the place of the old terms before one."""
    if offer.state == "signed":
        offer.proposed = new
    else:
        offer.terms, offer.terms_hash, offer.employer_signed_on = new, new["terms_hash"], signed_on
        offer.state, offer.terms_confirmed_on = "offered", None
        unit.settle("contracts.sign_contract", case, "replaced")
    unit.save(offer)
    if unit.actor.node == SENDING:
        _wait_for_worker(unit, "contracts.agree_change" if offer.proposed else "contracts.confirm_terms", case)


def _agreed(unit: Unit, case: Case, offer: Offer, terms_hash: str) -> None:
    """The proposed terms are those of the contract."""
    if offer.proposed is None:
        unit.refuse([Refusal("nothing_changed", member="terms")])
    assert offer.proposed is not None
    unit.refuse([] if offer.proposed["terms_hash"] == terms_hash else [Refusal("hash_differs", member="terms_hash")])
    _contracted(unit, case, offer, offer.proposed, None)


def _mirror_agreed(unit: Unit, case: Case, offer: Offer, terms_hash: str) -> None:
    """The accepting side takes up an agreement; one to terms that later ones were proposed after leaves these proposed."""
    earlier = terms_told(case, terms_hash)
    if offer.proposed is None or offer.proposed["terms_hash"] == terms_hash or earlier is None:
        _agreed(unit, case, offer, terms_hash)
    else:
        _contracted(unit, case, offer, earlier.terms, offer.proposed)


def _contracted(unit: Unit, case: Case, offer: Offer, terms: Any, proposed: Any) -> None:
    offer.terms, offer.terms_hash, offer.proposed = terms, terms["terms_hash"], proposed
    unit.save(offer)
    contract = Contract.objects.select_for_update().get(case=case)
    contract.terms_hash = offer.terms_hash
    unit.save(contract)


def _mirror_change(unit: Unit, case: Case, statement: Statement) -> None:
    """The sending side takes up changed terms, also where the worker signed or agreed before hearing of them.

    Worse ones than the demand, or ones that follow on terms nobody told, are not taken up.
    """
    told = statement.data
    offer = _offer_locked(unit, case)
    known = told["old_terms_hash"] == offer.terms_hash or terms_told(case, told["old_terms_hash"]) is not None
    unit.refuse([] if known else [Refusal("hash_differs")])
    signed_on = dt.date.fromisoformat(told["employer_signed_on"])
    unit.refuse(_why_not(offer, case, told["terms"], signed_on, max(signed_on, day_at(unit.at, unit.actor.node))))
    _changed(unit, case, offer, told["terms"], signed_on)
