"""Taking up what the partner tells of a field: its order stands here too, read-only, with its source."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by

from ..access import PERMITS
from ..messages import StatusTold, read_field_status
from ..models import OrderEdition, SuspensionOrder
from ..rules.mirrored import mirrored_state, why_not_mirror
from .ordering import _add_effects

SHORT, LONG = 8, 32


def mirror_order(*, actor: Actor, statement: Statement, at: dt.datetime) -> SuspensionOrder:
    """Keeps what the partner told of a field as an edition of its order; what was issued last counts.

    A status without an order is kept under the statement's thread. Refuses `order_of_another`, `date_missing`,
    `effect_twice`, `not_a_day`. Leaves the order as its newest statement says, the edition, and the event
    `fields.order_mirrored`; a statement that was taken up before leaves nothing new.
    """
    with unit_of_work("fields.mirror_order", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_order"])
        told = _read(statement)
        order_id = told.order or statement.thread
        unit.alone(f"fields.order {order_id}")
        order = SuspensionOrder.objects.select_for_update().filter(pk=order_id).first()
        unit.refuse(
            why_not_mirror(
                sender=statement.sender,
                field=told.field,
                state=told.state,
                lifted_on=told.lifted_on,
                effects=told.effects,
                held=(order.home, order.field) if order is not None else None,
            )
        )
        new = order is None
        order = order or SuspensionOrder(id=order_id, field=told.field, number=_number(statement.sender, order_id))
        if new or not OrderEdition.objects.filter(order=order, statement=statement.id).exists():
            _keep(unit, order, told, statement, new=new)
            unit.tell("fields.order_mirrored", order=order.pk, field=order.field, state=order.state)
        unit.about(order, field=order.field, number=order.number, statement=statement.id, state=order.state)
    return order


def _read(statement: Statement) -> StatusTold:
    try:
        return read_field_status(statement.data)
    except ValueError:
        raise Refused([Refusal("not_a_day")]) from None


def _keep(unit: Unit, order: SuspensionOrder, told: StatusTold, statement: Statement, *, new: bool) -> None:
    if new or order.issued_at is None or statement.issued_at >= order.issued_at:
        _take(order, told, statement, before=None if new else order.state)
        if new:
            unit.add(order)
        else:
            unit.save(order)
    _add_edition(unit, order, told, statement)


def _take(order: SuspensionOrder, told: StatusTold, statement: Statement, *, before: str | None) -> None:
    """Puts onto the order what its newest statement says of it."""
    for column, value in told_by(statement).items():
        setattr(order, column, value)
    issued_on = day_at(statement.issued_at, statement.sender if statement.sender in ZONES else statement.receiver)
    order.state = mirrored_state(told.state, before)
    order.announced_on = told.announced_on or order.announced_on or issued_on
    order.requested_on = told.requested_on
    order.lifted_on = (told.lifted_on or issued_on) if order.state == "lifted" else None
    order.residents, order.residents_as_of = told.figures.residents, told.figures.residents_as_of
    order.ceiling, order.forecast_on = told.figures.ceiling, told.figures.forecast_on
    order.law = told.law


def _add_edition(unit: Unit, order: SuspensionOrder, told: StatusTold, statement: Statement) -> None:
    edition = unit.add(
        OrderEdition(
            order=order,
            number=order.editions.count() + 1,
            effective_from=told.effective_from,
            text=told.text,
            language=told.language,
            entered_at=statement.issued_at,
            decided_at=statement.issued_at,
            statement=statement.id,
        )
    )
    _add_effects(unit, edition, told.effects)


def _number(sender: str, order_id: UUID) -> str:
    """What people here call the order by: the partner and the end of its id, as long as it must be to be the only one."""
    short = f"{sender.upper()}-{order_id.hex[-SHORT:]}"
    taken = SuspensionOrder.objects.filter(number=short).exists()
    return f"{sender.upper()}-{order_id.hex[-LONG:]}" if taken else short
