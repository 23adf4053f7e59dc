"""The milestones of a service: the worker delivers, the client gives back, accepts or pays; what is late goes to an officer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.editions import current_book
from rahdari.base.letters import write_letter
from rahdari.base.money import Money
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.queries.letters import letter_to
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Milestone
from ..queries.papers import offer_of
from ..queries.services import milestone_for, service_of
from ..rules.remote import (
    MILESTONE_MOVES,
    OVERDUE_OUTCOMES,
    OWED_IN,
    pay_by,
    why_not_deliver,
    why_not_pay,
    why_not_return,
    why_not_take_up,
)

PAY, TAKE_UP = "contracts.pay_milestone", "contracts.take_up_overdue"
OFFICE, OFFICER = "CONTACT_PK", "contact_point_pk"
LAST_MOMENT = dt.time(23, 59, 59)


def deliver_milestone(*, actor: Actor, milestone_id: UUID, seen: int | None = None, at: dt.datetime) -> Milestone:
    """The worker says that a milestone was delivered; from this day the days of the payment count.

    Refuses `wrong_state`, `before_begin`, `service_over` after the last day of an ended service, `not_own_case`, `stale`.
    """
    with unit_of_work("contracts.deliver_milestone", actor=actor, at=at) as unit:
        milestone = _locked(unit, "deliver_milestone", milestone_id, seen)
        service, today = service_of(milestone.case), day_at(at, actor.node)
        assert service is not None  # made with its milestones
        told: dict[str, Any] = {"begins_on": service.begins_on, "last_on": service.last_on, "today": today}
        unit.refuse(why_not_deliver(state=milestone.state, **told))
        _delivered(unit, milestone, today)
        _record(unit, milestone, "milestone_delivered")
        unit.about(milestone, case=milestone.case_id, number=milestone.number)
    return milestone


def return_milestone(*, actor: Actor, milestone_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Milestone:
    """The client gives a milestone back to be put right, with a reason of the closed list.

    Refuses `reason_missing`, `wrong_state`, `not_own_case`, `stale`. Leaves it with the worker; its days count anew from the
    next delivery.
    """
    with unit_of_work("contracts.return_milestone", actor=actor, at=at) as unit:
        milestone = _locked(unit, "return_milestone", milestone_id, seen)
        unit.refuse(why_not_return(state=milestone.state, reason=reason))
        _returned(unit, milestone, day_at(at, actor.node), reason)
        _record(unit, milestone, "milestone_returned", reason=reason)
        unit.about(milestone, case=milestone.case_id, number=milestone.number, reason=reason)
    return milestone


def accept_milestone(*, actor: Actor, milestone_id: UUID, seen: int | None = None, at: dt.datetime) -> Milestone:
    """The client accepts what was delivered; the last day of the payment stays.

    Refuses `wrong_state`, `not_own_case`, `stale`.
    """
    with unit_of_work("contracts.accept_milestone", actor=actor, at=at) as unit:
        milestone = _locked(unit, "accept_milestone", milestone_id, seen)
        unit.refuse(why_not_move(MILESTONE_MOVES, milestone.state, "milestone_accepted"))
        _accepted(unit, milestone, day_at(at, actor.node))
        _record(unit, milestone, "milestone_accepted")
        unit.about(milestone, case=milestone.case_id, number=milestone.number)
    return milestone


def pay_milestone(
    *, actor: Actor, milestone_id: UUID, money: Money, on: dt.date, seen: int | None = None, at: dt.datetime
) -> Milestone:
    """The client tells a payment: the whole amount in the agreed currency, and with it what interest it paid.

    Refuses `other_currency`, `paid_less`, `date_in_future`, `paid_before_delivery`, `wrong_state`, `not_own_case`, `stale`.
    Leaves nothing of it waiting on either node.
    """
    with unit_of_work("contracts.pay_milestone", actor=actor, at=at) as unit:
        milestone = _locked(unit, "pay_milestone", milestone_id, seen)
        unit.refuse(_why_not_paid(milestone, money, on, day_at(at, actor.node)))
        _paid(unit, milestone, money, on)
        told = {"amount": money.amount, "currency": money.currency}
        _record(unit, milestone, "milestone_paid", on=on, money=told)
        unit.about(milestone, case=milestone.case_id, number=milestone.number)
    return milestone


def _why_not_paid(milestone: Milestone, money: Money, on: dt.date, today: dt.date) -> list[Refusal]:
    return why_not_pay(
        state=milestone.state,
        agreed=Money(milestone.currency, milestone.amount),
        paid=money,
        on=on,
        delivered_on=milestone.delivered_on,
        today=today,
    )


def tell_overdue(*, actor: Actor, milestone_id: UUID, at: dt.datetime) -> Milestone:
    """The node finds that a payment is late: the contact point of the worker's side must act, and the worker gets a message.

    Refuses `wrong_state` for a milestone that is not owed, or was told before. Leaves the waiting row.
    """
    with unit_of_work("contracts.tell_overdue", actor=actor, at=at) as unit:
        unit.permit(PERMITS["tell_overdue"])
        milestone, today = unit.lock(Milestone, milestone_id), day_at(at, actor.node)
        late = milestone.state in OWED_IN and milestone.pay_by is not None and milestone.pay_by < today
        unit.refuse([] if late and milestone.overdue_on is None else [Refusal("wrong_state", {"now": milestone.state})])
        milestone.overdue_on = today
        unit.save(milestone)
        _wait(unit, TAKE_UP, milestone, OFFICE, OFFICER, due_after(TAKE_UP, at, current_book(), actor.node))
        _write(unit, milestone)
        unit.about(milestone, case=milestone.case_id, number=milestone.number)
    return milestone


def take_up_overdue(
    *, actor: Actor, milestone_id: UUID, outcome: str, note: str = "", seen: int | None = None, at: dt.datetime
) -> Milestone:
    """The contact point says what it did about a payment that is late.

    Refuses `deed_missing`, `wrong_state` where nothing is late or it was taken up before, `stale`. Leaves its word on the
    milestone, for the worker to read without the note.
    """
    with unit_of_work("contracts.take_up_overdue", actor=actor, at=at) as unit:
        milestone = _locked(unit, "take_up_overdue", milestone_id, seen)
        late = milestone.overdue_on is not None and not milestone.outcome
        unit.refuse(why_not_take_up(late=late, state=milestone.state, outcome=outcome, outcomes=OVERDUE_OUTCOMES))
        milestone.outcome, milestone.note = outcome, note.strip()
        milestone.taken_up_at, milestone.taken_up_by = at, actor.person
        unit.save(milestone)
        unit.settle(TAKE_UP, milestone)
        unit.about(milestone, case=milestone.case_id, outcome=outcome)
    return milestone


def _locked(unit: Unit, name: str, milestone_id: UUID, seen: int | None) -> Milestone:
    """A milestone the actor may act on, locked after its case."""
    unit.permit(PERMITS[name])
    case_id = milestone_for(unit.actor, milestone_id).case_id
    case = unit.lock(Case, case_id)
    unit.permit(PERMITS[name], case)
    return unit.lock(Milestone, milestone_id, seen=seen)


def _record(unit: Unit, milestone: Milestone, step: str, *, on: dt.date | None = None, reason: str = "", **details: Any) -> None:
    record_step(
        actor=unit.actor,
        case_id=milestone.case_id,
        step=step,
        on=on or day_at(unit.at, unit.actor.node),
        reason=reason,
        details={"milestone": milestone.number, **details},
        at=unit.at,
    )


def _delivered(unit: Unit, milestone: Milestone, on: dt.date) -> None:
    """The same on both nodes; on the client's its clock runs to the last day of the payment."""
    offer = offer_of(milestone.case)
    assert offer is not None  # a milestone is made of the terms
    milestone.state, milestone.delivered_on = "milestone_delivered", on
    milestone.pay_by = pay_by(on, offer.terms["payment"]["days"])
    milestone.reason, milestone.overdue_on, milestone.outcome = "", None, ""
    unit.save(milestone)
    if unit.actor.node == "jp":
        due_at = dt.datetime.combine(milestone.pay_by, LAST_MOMENT, ZONES["jp"])
        _wait(unit, PAY, milestone, milestone.case.employer, "employer", due_at)


def _returned(unit: Unit, milestone: Milestone, on: dt.date, reason: str) -> None:
    milestone.state, milestone.returned_on, milestone.reason, milestone.pay_by = "milestone_returned", on, reason, None
    unit.save(milestone)
    _settle(unit, milestone, "returned")


def _accepted(unit: Unit, milestone: Milestone, on: dt.date) -> None:
    milestone.state, milestone.accepted_on = "milestone_accepted", on
    unit.save(milestone)


def _paid(unit: Unit, milestone: Milestone, money: Money, on: dt.date) -> None:
    milestone.state, milestone.paid_on, milestone.paid_amount = "milestone_paid", on, money.amount
    unit.save(milestone)
    _settle(unit, milestone, "paid")


def _settle(unit: Unit, milestone: Milestone, outcome: str) -> None:
    unit.settle((PAY, TAKE_UP), milestone, outcome)


def _wait(unit: Unit, task: str, milestone: Milestone, body: str, role: str, due_at: dt.datetime | None) -> None:
    unit.settle(task, milestone, "replaced")
    unit.wait(
        task,
        milestone,
        holder_body=body,
        holder_role=role,
        holder_side=unit.actor.node,
        matter={"name": milestone.case.name, "field": milestone.case.demand.field},
        url_name="contracts.see_milestone",
        url_args=[str(milestone.pk)],
        due_at=due_at,
    )


def _write(unit: Unit, milestone: Milestone) -> None:
    """A message to the worker that a payment is late; it says neither for what nor how much."""
    if milestone.case.file is None:
        return
    address = format_lazy("{}{}", settings.RAHDARI_ADDRESS, reverse_lazy("contracts.see_milestone", args=[milestone.pk]))
    told = letter_to(milestone.case.file.person, {"number": milestone.case.number, "address": address, "day": milestone.pay_by})
    write_letter(unit, **told, template="contracts/letters/payment_late")
