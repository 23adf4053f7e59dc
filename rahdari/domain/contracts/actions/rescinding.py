"""A contract rescinded before the departure, by the worker or the employer: at once, with a reason, and never for money."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work
from rahdari.domain.placements.actions import release_selected, withdraw_application
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import Offer
from ..rules.offers import why_not_rescind
from .declining import _ended
from .terms import _offer_locked


def rescind_contract(*, actor: Actor, case_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Offer:
    """The worker, or the employer, takes back a signed contract while the worker is still at home.

    `reason` is a code of the side that acts. Nothing is owed for it: costs cannot be declared afterwards (`penalty_forbidden`).
    Refuses `reason_unlawful` (pregnancy, union, complaint and the like are no codes), `wrong_state` without a signed contract,
    `worker_departed`, `stale`. Leaves the offer and the case ended, the other side told, the place free, and nothing waiting.
    """
    with unit_of_work("contracts.rescind_contract", actor=actor, at=at) as unit:
        unit.permit(PERMITS["rescind_contract"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["rescind_contract"], case)
        offer = _offer_locked(unit, case, seen)
        by_worker = actor.role == "worker"
        unit.refuse(why_not_rescind(state=offer.state, station=case.station, reason=reason, by_worker=by_worker))
        _ended(unit, offer, "rescinded")
        if by_worker:
            withdraw_application(actor=actor, case_id=case.pk, reason="rescinded", at=at)
        else:
            release_selected(actor=actor, case_id=case.pk, reason=reason, at=at)
        unit.about(offer, case=case.pk, reason=reason, by="worker" if by_worker else "employer")
    return offer
