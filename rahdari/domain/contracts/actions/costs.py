"""Costs of a case: whoever recruits declares every line, the worker alone confirms them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.money import Money
from rahdari.base.work import unit_of_work
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import CostDeclaration, Offer
from ..queries.papers import declarations_of, lines_of
from ..rules.ledger import CostTold, declared_whole, lines_hash, why_not_confirm_costs, why_not_declare, worker_total
from .terms import _offer_locked, _sign_when_ready
from .waiting import SENDING, _wait_for_worker


def declare_costs(*, actor: Actor, case_id: UUID, lines: Sequence[CostTold], at: dt.datetime) -> CostDeclaration:
    """Whoever recruits, or the employer on Japan's node, declares every cost it knows, with basis, payer and payee.

    No line at all says that the worker pays nothing. Refuses `over_ceiling`, `fee_is_fixed`, `no_basis`, `cash`,
    `forbidden_for_worker`, `cost_unknown`, `wrong_state` once the worker confirmed, and `penalty_forbidden` after the
    contract was taken back. Leaves the declaration in the place of
    an earlier one of the same body, the step `costs_declared`, and the worker's clock.
    """
    with unit_of_work("contracts.declare_costs", actor=actor, at=at) as unit:
        unit.permit(PERMITS["declare_costs"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["declare_costs"], case)
        offer = _offer_locked(unit, case)
        today = day_at(at, actor.node)
        others = list(declarations_of(case).exclude(body=actor.body))
        unit.refuse(
            why_not_declare(
                lines,
                route=case.route,
                confirmed=offer.costs_confirmed_on is not None,
                rescinded=offer.state == "rescinded",
                before=lines_of(others),
                book=current_book(),
                today=today,
            )
        )
        declarations_of(case).filter(body=actor.body).update(replaced_at=at)
        told = [one.told() for one in lines]
        event = record_step(actor=actor, case_id=case.pk, step="costs_declared", on=today, details={"lines": told}, at=at)
        declared = unit.add(
            CostDeclaration(
                home=actor.node, level=event.level, bodies=event.bodies, case=case, body=actor.body, declared_on=today, lines=told
            )
        )
        unit.settle("contracts.declare_costs", case)
        if actor.node == SENDING:
            _wait_for_worker(unit, "contracts.confirm_costs", case)
        unit.about(declared, case=case.pk, lines=len(told))
    return declared


def confirm_costs(
    *, actor: Actor, case_id: UUID, lines_hash_seen: str, alone: bool = False, seen: int | None = None, at: dt.datetime
) -> Offer:
    """The worker, alone and in their own session, confirms every line of cost and the sum they pay.

    `lines_hash_seen` is the hash of the lines the page showed. Refuses `not_alone_in_session`, `lines_changed`,
    `costs_not_declared`, `wrong_state`. Leaves the step `costs_confirmed` with the sum and the hash.
    """
    with unit_of_work("contracts.confirm_costs", actor=actor, at=at) as unit:
        unit.permit(PERMITS["confirm_costs"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["confirm_costs"], case)
        offer = _offer_locked(unit, case, seen)
        declared = list(declarations_of(case))
        lines = lines_of(declared)
        unit.refuse(
            why_not_confirm_costs(
                declared=declared_whole((one.body for one in declared), case.promoter),
                confirmed=offer.costs_confirmed_on is not None,
                alone=alone and actor.channel == "web",
                told_hash=lines_hash_seen,
                lines=lines,
            )
        )
        today = day_at(at, actor.node)
        offer.costs_confirmed_on, offer.costs_hash = today, lines_hash(lines)
        unit.save(offer)
        total = [_told(one) for one in worker_total(lines)]
        details = {"total": total, "lines_hash": offer.costs_hash}
        record_step(actor=actor, case_id=case.pk, step="costs_confirmed", on=today, details=details, at=at)
        unit.settle("contracts.confirm_costs", case)
        _sign_when_ready(unit, case, offer)
        unit.about(offer, case=case.pk, lines_hash=offer.costs_hash)
    return offer


def _told(sum: Money) -> dict[str, object]:
    return {"amount": sum.amount, "currency": sum.currency}
