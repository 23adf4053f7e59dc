"""What a field's ministry asks: to stop its field, or to open it again; and the answer that is not an order."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.reference import Book, Row
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import FieldRequest, SuspensionOrder
from ..queries.orders import SIDE, all_orders, due_after, field_row, open_orders, open_requests, seen_orders
from ..rules.ceilings import state_on
from ..rules.orders import DECLINE_REASONS, Figures, why_not_answer, why_not_ask

DECIDER = "CONTACT_JP"


def _wait_for_decision(unit: Unit, task: str, subject: FieldRequest | SuspensionOrder, url: str, book: Book) -> None:
    """Opens the clock of the contact point on a request or a change; one that runs already goes on."""
    unit.settle(task, subject, "replaced")
    unit.wait(
        task,
        subject,
        holder_body=DECIDER,
        holder_role="contact_point_jp",
        holder_side=SIDE,
        matter={"field": subject.field},
        url_name=url,
        url_args=[str(subject.pk)],
        due_at=due_after(task, unit.at, book),
    )


def ask_stop(*, actor: Actor, field: str, reason: str, text: str = "", figures: Figures, at: dt.datetime) -> FieldRequest:
    """A ministry asks to stop its own field; the contact point must decide within five working days of Japan.

    Refuses `not_own_field`, `figures_missing`, `date_in_future`, `reason_missing`, `field_not_open`, `field_suspended`,
    `already_asked`. Leaves the request, its clock, and settles an announcement that waited for it. Law: ICRRA 7-2(3).
    """
    with unit_of_work("fields.ask_stop", actor=actor, at=at) as unit:
        book = current_book()
        row = field_row(book, field)
        unit.permit(PERMITS["ask_stop"], row)
        unit.alone(f"fields.order {field}")
        request = _ask(unit, "stop", row, reason, text, figures, book)
        announced = open_orders(field).filter(state="announced").first()
        if announced is not None:
            unit.settle("fields.ask_stop", announced)
        _wait_for_decision(unit, "fields.decide_order", request, "fields.see_request", book)
        unit.about(request, field=field, kind="stop", reason=reason)
    return request


def ask_lift(*, actor: Actor, field: str, reason: str, text: str = "", figures: Figures, at: dt.datetime) -> FieldRequest:
    """A ministry asks to open its own field again, while an order of this node stands.

    Refuses `not_own_field`, `figures_missing`, `reason_missing`, `no_order`, `already_asked`. Law: ICRRA 7-2(4).
    """
    with unit_of_work("fields.ask_lift", actor=actor, at=at) as unit:
        book = current_book()
        row = field_row(book, field)
        unit.permit(PERMITS["ask_lift"], row)
        unit.alone(f"fields.order {field}")
        request = _ask(unit, "lift", row, reason, text, figures, book)
        _wait_for_decision(unit, "fields.lift_order", request, "fields.see_request", book)
        unit.about(request, field=field, kind="lift", reason=reason)
    return request


def _ask(unit: Unit, kind: str, row: Row, reason: str, text: str, figures: Figures, book: Book) -> FieldRequest:
    field, today = row["code"], day_at(unit.at, SIDE)
    standing = open_orders(field).exclude(state="announced").first()
    unit.refuse(
        why_not_ask(
            kind,
            field=field,
            state=state_on(row, seen_orders(all_orders(unit.actor, book)), today),
            reason=reason,
            figures=figures,
            today=today,
            asked=open_requests(field, kind).exists(),
            ordered=standing is not None,
        )
    )
    return unit.add(
        FieldRequest(  # type: ignore[misc]  # a missing figure was refused above
            home=unit.actor.node,
            kind=kind,
            field=field,
            body=unit.actor.body,
            reason=reason,
            text=text,
            asked_on=today,
            asked_at=unit.at,
            entered_by=unit.actor.person,
            residents=figures.residents,
            residents_as_of=figures.residents_as_of,
            ceiling=figures.ceiling,
            forecast_on=figures.forecast_on,
            order=standing if kind == "lift" else None,
        )
    )


def decline_request(
    *, actor: Actor, request_id: UUID, reason: str, text: str = "", seen: int | None = None, at: dt.datetime
) -> FieldRequest:
    """The contact point does not follow a request; the ministry sees the reason. Refuses `wrong_state`, `reason_missing`."""
    with unit_of_work("fields.decline_request", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decline_request"])
        request = unit.lock(FieldRequest, request_id, seen=seen)
        unit.refuse(why_not_answer(state=request.state, to="declined", reason=reason, allowed=DECLINE_REASONS))
        _answer(unit, request, "declined", reason, text)
        unit.about(request, field=request.field, kind=request.kind, reason=reason)
    return request


def withdraw_request(*, actor: Actor, request_id: UUID, seen: int | None = None, at: dt.datetime) -> FieldRequest:
    """A ministry takes back what it asked, before it is answered. Refuses `not_own_field`, `wrong_state`."""
    with unit_of_work("fields.withdraw_request", actor=actor, at=at) as unit:
        unit.permit(PERMITS["withdraw_request"])
        request = unit.lock(FieldRequest, request_id, seen=seen)
        unit.permit(PERMITS["withdraw_request"], {"ministry": request.body})
        unit.refuse(why_not_answer(state=request.state, to="withdrawn", reason="own_wish", allowed=("own_wish",)))
        _answer(unit, request, "withdrawn", "", "")
        unit.about(request, field=request.field, kind=request.kind)
    return request


def _answer(unit: Unit, request: FieldRequest, state: str, reason: str, text: str) -> None:
    request.state, request.answered_on = state, day_at(unit.at, SIDE)
    request.answer_reason, request.answer_text = reason, text
    unit.save(request)
    unit.settle(("fields.decide_order", "fields.lift_order"), request, state)
