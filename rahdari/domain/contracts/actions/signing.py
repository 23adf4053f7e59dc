"""The worker signs after the employer; from here the ninety days run and the other side can ask for the certificate."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.rules.doubts import why_not_without_passport
from rahdari.domain.jobs.rules.line import is_travelled
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import Contract
from ..rules.offers import why_not_sign
from .terms import _offer_locked


def sign_contract(
    *, actor: Actor, case_id: UUID, terms_hash: str, lands_on: dt.date | None = None, health_fit: bool = False,
    seen: int | None = None, at: dt.datetime,
) -> Contract:  # fmt: skip
    """The worker signs the contract; `lands_on` is the expected day of landing where the way has one, `health_fit` that a
    doctor found them fit.

    Refuses `terms_not_confirmed`, `costs_not_confirmed`, `employer_not_signed`, `hash_differs`, `landing_missing`,
    `under_18_at_landing` (`under_18` where nobody travels), `passport_missing`. Leaves the contract and the step
    `contract_signed`, which carries what the form for the certificate of eligibility asks.
    """
    with unit_of_work("contracts.sign_contract", actor=actor, at=at) as unit:
        unit.permit(PERMITS["sign_contract"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["sign_contract"], case)
        offer = _offer_locked(unit, case, seen)
        today = day_at(at, actor.node)
        file = case.file
        unit.refuse(
            why_not_sign(
                state=offer.state,
                costs_confirmed=offer.costs_confirmed_on is not None,
                employer_signed_on=offer.employer_signed_on,
                told_hash=terms_hash,
                terms_hash=offer.terms_hash,
                born=None if file is None else file.birth_date,
                lands_on=lands_on,
                travelled=is_travelled(case.route),
                on=today,
                today=today,
            )
        )
        unit.refuse(why_not_without_passport(None if file is None else file.passport_no))
        facts = _coe_facts(case, health_fit)
        offer.state, offer.signed_on = "signed", today
        unit.save(offer)
        event = record_step(
            actor=actor, case_id=case.pk, step="contract_signed", on=today, details={"terms_hash": terms_hash}, also_told=facts,
            at=at,
        )  # fmt: skip
        contract = unit.add(
            Contract(
                home=actor.node,
                level=event.level,
                bodies=event.bodies,
                case=case,
                terms_hash=terms_hash,
                signed_on=today,
                lands_on=lands_on if is_travelled(case.route) else None,
                coe_facts=json.dumps(facts),
            )
        )
        unit.settle("contracts.sign_contract", case)
        unit.tell("contracts.contract_signed", case=case.pk)
        unit.about(contract, case=case.pk, terms_hash=terms_hash)
    return contract


def _coe_facts(case: Case, health_fit: bool) -> dict[str, Any]:
    """What the form for the certificate asks of the worker, as the step tells it."""
    file = case.file
    if file is None or file.passport_until is None:
        raise ValueError("a case of the sending side has its file, with a passport")
    return {
        "passport_no": file.passport_no,
        "passport_until": file.passport_until.isoformat(),
        "birth_date": file.birth_date.isoformat(),
        "sex": file.sex,
        "birthplace": file.birthplace,
        "health_fit": health_fit,
    }
