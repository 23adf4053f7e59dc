"""A service from home: the client offers its terms, the worker agrees to them once and for all, the work begins and ends."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.rules.remote import KIND
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements.actions import record_decision, record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import Contract, Milestone, Offer, Service
from ..queries.services import client_of, service_of
from ..rules.offers import why_not_signed
from ..rules.remote import MILESTONE_MOVES, why_not_agree, why_not_begin, why_not_end, why_not_kind, why_not_service
from .terms import SHOWN_IN, _offer_locked

NO_FACTS = "{}"  # a contract of services asks nothing for a certificate


def offer_service(*, actor: Actor, case_id: UUID, terms: dict[str, Any], employer_signed_on: dt.date, at: dt.datetime) -> Offer:
    """The client chooses a worker and offers the terms of a service it signed; who it is comes from the register, not from it.

    Refuses `client_unknown`, `no_payment_terms`, `payment_too_late`, `interest_too_low`, `ip_unsettled`, `unpaid_trial`,
    `milestones_missing`, `two_currencies`, `due_before_begin`, `clause_forbidden`, `employer_not_signed`, `not_a_service` for
    an employment, and what `placements.record_decision` refuses. Leaves the decision `selected` told with the terms, and the
    offer.
    """
    with unit_of_work("contracts.offer_service", actor=actor, at=at) as unit:
        unit.permit(PERMITS["offer_service"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["offer_service"], case)
        unit.refuse(why_not_kind(case.route, service=True))
        book, today = current_book(), day_at(at, actor.node)
        client, known = client_of(case, actor.node, today, book)
        whole = with_hash({**terms, "kind": KIND, "client": client})
        unit.refuse([*why_not_service(whole, known=known, book=book, today=today), *why_not_signed(employer_signed_on, today)])
        signed: dict[str, Any] = {"terms": whole, "employer_signed_on": employer_signed_on}
        decision = record_decision(actor=actor, case_id=case_id, outcome="selected", **signed, at=at)
        offer = unit.add(
            Offer(
                home=actor.node,
                level=decision.level,
                bodies=decision.bodies,
                case=case,
                terms_hash=whole["terms_hash"],
                offered_on=today,
                **signed,
            )
        )
        unit.about(offer, case=case.pk, terms_hash=offer.terms_hash)
    return offer


def agree_service(
    *, actor: Actor, case_id: UUID, terms_hash: str, language: str = "ur", seen: int | None = None, at: dt.datetime
) -> Contract:
    """The worker agrees to the terms of a service as the page showed them: with that they are confirmed and signed by both.

    Refuses `client_unknown` where the register does not know the client, `no_payment_terms`, `ip_unsettled`, `unpaid_trial` and
    whatever else no terms may say, `hash_differs`, `language_missing`, `not_of_age`, `not_a_service`, `wrong_state`, `stale`.
    Leaves the contract, its milestones, and the steps `service_terms_confirmed` and `service_signed`; nothing of the person
    crosses with them.
    """
    with unit_of_work("contracts.agree_service", actor=actor, at=at) as unit:
        unit.permit(PERMITS["agree_service"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["agree_service"], case)
        unit.refuse(why_not_kind(case.route, service=True))
        offer = _offer_locked(unit, case, seen, service=True)
        unit.refuse([] if case.state == "selected" else [Refusal("wrong_state", {"now": case.state, "to": "signed"})])
        book, today = current_book(), day_at(at, actor.node)
        _client, known = client_of(case, actor.node, today, book, number=offer.terms["client"]["number"])
        unit.refuse(
            [
                *why_not_agree(
                    state=offer.state,
                    told_hash=terms_hash,
                    terms_hash=offer.terms_hash,
                    language=language,
                    languages=SHOWN_IN,
                    born=case.file.birth_date if case.file is not None else None,
                    today=today,
                    book=book,
                ),
                *why_not_service(offer.terms, known=known, book=book, today=today),
            ]
        )
        contract = _agreed(unit, case, offer, today)
        unit.settle("contracts.agree_service", case)
        unit.about(contract, case=case.pk, terms_hash=terms_hash, language=language)
    return contract


def _agreed(unit: Unit, case: Case, offer: Offer, today: dt.date) -> Contract:
    offer.state, offer.terms_confirmed_on, offer.signed_on = "signed", today, today
    unit.save(offer)
    told: dict[str, Any] = {
        "actor": unit.actor,
        "case_id": case.pk,
        "on": today,
        "details": {"terms_hash": offer.terms_hash},
        "at": unit.at,
    }
    record_step(step="service_terms_confirmed", **told)
    event = record_step(step="service_signed", **told)
    marked = {"home": unit.actor.node, "level": event.level, "bodies": event.bodies}
    contract = unit.add(Contract(**marked, case=case, terms_hash=offer.terms_hash, signed_on=today, coe_facts=NO_FACTS))
    _open_milestones(unit, case, offer)
    return contract


def _open_milestones(unit: Unit, case: Case, offer: Offer) -> None:
    """The service and its milestones as the signed terms name them, on either node."""
    unit.add(Service(case=case, begins_on=dt.date.fromisoformat(offer.terms["begins_on"])))
    for number, one in enumerate(offer.terms["milestones"], start=1):
        money = {"amount": one["money"]["amount"], "currency": one["money"]["currency"]}
        due_on = dt.date.fromisoformat(one["due_on"])
        unit.add(Milestone(case=case, number=number, title=one["title"], due_on=due_on, **money))


def begin_service(*, actor: Actor, case_id: UUID, seen: int | None = None, at: dt.datetime) -> Service:
    """The client tells that the work has begun.

    Refuses `before_begin`, `begun_before`, `not_signed`, `not_a_service`, `stale`.
    """
    with unit_of_work("contracts.begin_service", actor=actor, at=at) as unit:
        unit.permit(PERMITS["begin_service"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["begin_service"], case)
        service, offer = _service_locked(unit, case, seen)
        today = day_at(at, actor.node)
        begun = service.begun_on is not None or service.ended_on is not None
        unit.refuse(why_not_begin(state=offer.state, begun=begun, begins_on=service.begins_on, on=today))
        service.begun_on = today
        unit.save(service)
        record_step(actor=actor, case_id=case.pk, step="service_begun", on=today, at=at)
        unit.settle("contracts.begin_service", case)
        unit.about(service, case=case.pk)
    return service


def end_service(
    *, actor: Actor, case_id: UUID, reason: str, last_on: dt.date | None = None, seen: int | None = None, at: dt.datetime
) -> Service:
    """The worker or the client ends a service, on a last day; what was delivered until then is paid all the same.

    Refuses `reason_missing`, `notice_too_short`, `milestones_open` for one said to be finished, `ended_before`, `not_signed`,
    `date_in_past`, `not_a_service`, `stale`. Leaves station 19 passed, and the milestones that are owed as they are.
    """
    with unit_of_work("contracts.end_service", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_service"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["end_service"], case)
        service, offer = _service_locked(unit, case, seen)
        today, by_worker = day_at(at, actor.node), actor.role == "worker"
        last_on = last_on or today
        unit.refuse(
            why_not_end(
                state=offer.state,
                ended=service.ended_on is not None,
                reason=reason,
                by_worker=by_worker,
                open_milestones=Milestone.objects.filter(case=case).exclude(state__in=_ends()).count(),
                last_on=last_on,
                notice_days=offer.terms["ending"]["notice_days"],
                today=today,
            )
        )
        _end(unit, service, reason, today, last_on, by_worker=by_worker)
        details = {"code": reason, "until": last_on.isoformat()}
        record_step(actor=actor, case_id=case.pk, step="service_ended", on=today, details=details, at=at)
        unit.about(service, case=case.pk, reason=reason, by=service.ended_by)
    return service


def _ends() -> list[str]:
    return [state for state, moves in MILESTONE_MOVES.items() if not moves]


def _end(unit: Unit, service: Service, reason: str, on: dt.date, last_on: dt.date, *, by_worker: bool) -> None:
    service.reason, service.ended_on, service.last_on = reason, on, last_on
    service.ended_by = "worker" if by_worker else "client"
    unit.save(service)
    unit.settle("contracts.begin_service", service.case, "ended")


def _service_locked(unit: Unit, case: Case, seen: int | None = None) -> tuple[Service, Offer]:
    """The service of a case and its offer, both locked after the case; refuses where nothing was signed."""
    unit.refuse(why_not_kind(case.route, service=True))
    offer = _offer_locked(unit, case, service=True)
    held = service_of(case)
    unit.refuse([] if held is not None else [Refusal("not_signed")])
    assert held is not None
    return unit.lock(Service, held.pk, seen=seen), offer
