"""What the partner tells of a service from home: the worker's steps on the client's side, the client's on the worker's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from rahdari.base.money import Money
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.placements.models import Case

from ..models import Contract, Milestone, Offer
from ..rules.offers import OFFER_MOVES
from ..rules.remote import MILESTONE_MOVES, RETURN_REASONS, why_not_pay
from .milestones import _accepted, _delivered, _paid, _returned
from .services import NO_FACTS, _end, _open_milestones, _service_locked
from .terms import _offer_locked
from .waiting import _wait_for_employer


def _terms_confirmed(unit: Unit, case: Case, statement: Statement) -> None:
    offer = _same_terms(unit, case, statement)
    unit.refuse(why_not_move(OFFER_MOVES, offer.state, "terms_confirmed"))
    offer.state, offer.terms_confirmed_on = "terms_confirmed", _on(statement)
    unit.save(offer)


def _signed(unit: Unit, case: Case, statement: Statement) -> None:
    offer = _same_terms(unit, case, statement)
    unit.refuse(why_not_move(OFFER_MOVES, offer.state, "signed"))
    offer.state, offer.signed_on = "signed", _on(statement)
    unit.save(offer)
    told = {"terms_hash": offer.terms_hash, "signed_on": _on(statement), "coe_facts": NO_FACTS}
    unit.add(Contract(**told_by(statement), case=case, **told))
    _open_milestones(unit, case, offer)
    _wait_for_employer(unit, "contracts.begin_service", case)


def _same_terms(unit: Unit, case: Case, statement: Statement) -> Offer:
    offer = _offer_locked(unit, case, service=True)
    same = statement.data["details"]["terms_hash"] == offer.terms_hash
    unit.refuse([] if same else [Refusal("hash_differs")])
    return offer


def _begun(unit: Unit, case: Case, statement: Statement) -> None:
    service, _offer = _service_locked(unit, case)
    unit.refuse([] if service.begun_on is None else [Refusal("begun_before")])
    service.begun_on = _on(statement)
    unit.save(service)


def _ended(unit: Unit, case: Case, statement: Statement) -> None:
    """One that this side ended at the same time stays as it was ended here."""
    service, _offer = _service_locked(unit, case)
    details = statement.data["details"]
    if service.ended_on is None:
        last_on = dt.date.fromisoformat(details["until"])
        _end(unit, service, details["code"], _on(statement), last_on, by_worker=statement.sender == "pk")


def _milestone(unit: Unit, case: Case, statement: Statement, to: str) -> Milestone:
    number = statement.data["details"]["milestone"]
    held = Milestone.objects.filter(case=case, number=number).values_list("pk", flat=True).first()
    if held is None:
        raise Missing(f"Milestone {number} of {case.pk}")
    milestone = unit.lock(Milestone, held)
    unit.refuse(why_not_move(MILESTONE_MOVES, milestone.state, to))
    return milestone


def _milestone_delivered(unit: Unit, case: Case, statement: Statement) -> None:
    _delivered(unit, _milestone(unit, case, statement, "milestone_delivered"), _on(statement))


def _milestone_returned(unit: Unit, case: Case, statement: Statement) -> None:
    reason = statement.data.get("reason") or ""
    unit.refuse([] if reason in RETURN_REASONS else [Refusal("reason_missing", member="reason")])
    _returned(unit, _milestone(unit, case, statement, "milestone_returned"), _on(statement), reason)


def _milestone_accepted(unit: Unit, case: Case, statement: Statement) -> None:
    _accepted(unit, _milestone(unit, case, statement, "milestone_accepted"), _on(statement))


def _milestone_paid(unit: Unit, case: Case, statement: Statement) -> None:
    """A payment of another currency or of less than was agreed is not taken up, whoever told it."""
    milestone, told = _milestone(unit, case, statement, "milestone_paid"), statement.data["details"]["money"]
    money, agreed = Money(told["currency"], told["amount"]), Money(milestone.currency, milestone.amount)
    on, delivered_on = _on(statement), milestone.delivered_on
    unit.refuse(why_not_pay(state=milestone.state, agreed=agreed, paid=money, on=on, delivered_on=delivered_on, today=on))
    _paid(unit, milestone, money, on)


def _on(statement: Statement) -> dt.date:
    return dt.date.fromisoformat(statement.data["on"])


SERVICE_TOLD: Mapping[str, Callable[[Unit, Case, Statement], None]] = {
    "service_terms_confirmed": _terms_confirmed,
    "service_signed": _signed,
    "service_begun": _begun,
    "service_ended": _ended,
    "milestone_delivered": _milestone_delivered,
    "milestone_returned": _milestone_returned,
    "milestone_accepted": _milestone_accepted,
    "milestone_paid": _milestone_paid,
}
