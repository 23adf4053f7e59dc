"""The suspension order: announced, decided by a second officer, changed, lifted, or withdrawn before any decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..messages import MARKING, TYPE, field_status
from ..models import FieldRequest, OrderEdition, OrderEffect, SuspensionOrder
from ..queries.orders import (
    SIDE,
    all_orders,
    edition_in_force,
    field_row,
    lines_of,
    open_edition,
    open_orders,
    open_requests,
    seen_orders,
)
from ..rules.ceilings import state_on
from ..rules.orders import (
    LAW,
    TOLD_STATES,
    EffectLine,
    Figures,
    why_not_announce,
    why_not_change,
    why_not_decide,
    why_not_lift,
    why_not_withdraw,
)
from .asking import _wait_for_decision


def announce_order(
    *, actor: Actor, field: str, effective_from: dt.date | None, effects: Sequence[EffectLine] = (),
    announced_on: dt.date | None = None, figures: Figures | None = None, law: str = LAW, text: str = "",
    language: str = "en", at: dt.datetime,
) -> SuspensionOrder:  # fmt: skip
    """An officer of the contact point announces the stop of a field, also before the ministry asked (as in March 2026).

    Without `figures` those of the ministry's open request are taken. Refuses `field_not_open`, `field_suspended`,
    `figures_missing`, `date_missing`, `effective_before_announcement`, `kind_without_effect`. Leaves the order announced
    with its first edition, the statement (`nearing`), and a clock of whoever is next.
    """
    with unit_of_work("fields.announce_order", actor=actor, at=at) as unit:
        unit.permit(PERMITS["announce_order"])
        book, today = current_book(), day_at(at, SIDE)
        row = field_row(book, field)
        unit.alone("fields.order")
        unit.alone(f"fields.order {field}")
        request = _open_request(field, "stop")
        figures = figures or _figures(request) if request else figures or Figures(None, None, None)
        announced = today if announced_on is None else announced_on
        unit.refuse(
            why_not_announce(
                field=field,
                state=state_on(row, seen_orders(all_orders(actor, book)), today),
                ordered=open_orders(field).exists(),
                figures=figures,
                announced_on=announced,
                effective_from=effective_from,
                effects=effects,
                today=today,
            )
        )
        order = SuspensionOrder(home=actor.node, number=_next_number(today), field=field, announced_on=announced, law=law)
        _take_figures(order, figures)
        unit.add(order)
        _add_edition(unit, order, effective_from, effects, text, language)
        _say(unit, order)
        if request is None:
            unit.wait(
                "fields.ask_stop",
                order,
                holder_body=row["ministry"],
                holder_role="field_ministry",
                holder_side=SIDE,
                matter={"field": field},
                url_name="fields.ask_stop",
                url_args=[field],
            )
        unit.about(order, field=field, number=order.number, effective_from=effective_from)
    return order


def decide_order(*, actor: Actor, order_id: UUID, seen: int | None = None, at: dt.datetime) -> SuspensionOrder:
    """A second officer decides what was entered: the announced order, or a change of one that stands.

    Refuses `four_eyes` to whoever entered it, `no_request` before the ministry asked, `nothing_to_decide`,
    `kind_without_effect`, `date_missing`, `wrong_state`, `stale`. Leaves the request granted, the clocks settled, the
    statement (`suspended`) and the event `fields.order_decided`.
    """
    with unit_of_work("fields.decide_order", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decide_order"])
        order = unit.lock(SuspensionOrder, order_id, seen=seen)
        request = _open_request(order.field, "stop")
        edition = open_edition(order)
        shown = edition or edition_in_force(order)
        unit.refuse(
            why_not_decide(
                state=order.state,
                edition_open=edition is not None,
                requested=request is not None,
                same_person=actor.person is None or shown.entered_by == actor.person,
                announced_on=order.announced_on,
                effective_from=shown.effective_from,
                effects=lines_of(shown),
            )
        )
        first = order.state == "announced"
        shown.decided_at, shown.decided_by = at, actor.person
        unit.save(shown)
        order.state = "decided" if first else "changed"
        if first and request is not None:
            order.decided_on, order.requested_on = day_at(at, SIDE), request.asked_on
            _take_figures(order, _figures(request))
            _grant(unit, request, order)
        unit.save(order)
        unit.settle("fields.decide_order", order)
        unit.settle("fields.ask_stop", order)
        _say(unit, order)
        unit.tell("fields.order_decided" if first else "fields.order_changed", order=order.pk, field=order.field)
        unit.about(order, field=order.field, number=order.number, edition=shown.number, state=order.state)
    return order


def change_order(
    *, actor: Actor, order_id: UUID, reason: str, effective_from: dt.date | None, effects: Sequence[EffectLine],
    text: str = "", language: str = "en", seen: int | None = None, at: dt.datetime,
) -> OrderEdition:  # fmt: skip
    """An officer enters a change; it holds once a second officer decides it (`decide_order`).

    Refuses `reason_missing`, `kind_without_effect`, `date_missing`, `wrong_state`, `stale`. Leaves a new edition and the
    clock of the decision. A change of what is only announced is told at once, for the announcement itself is public.
    """
    with unit_of_work("fields.change_order", actor=actor, at=at) as unit:
        unit.permit(PERMITS["change_order"])
        order = unit.lock(SuspensionOrder, order_id, seen=seen)
        unit.refuse(
            why_not_change(
                state=order.state,
                reason=reason,
                announced_on=order.announced_on,
                effective_from=effective_from,
                effects=effects,
            )
        )
        edition = _add_edition(unit, order, effective_from, effects, text, language, reason)
        unit.save(order)
        if order.state == "announced":
            _say(unit, order)
        else:
            _wait_for_decision(unit, "fields.decide_order", order, "fields.see_order", current_book())
        unit.about(order, field=order.field, number=order.number, edition=edition.number, reason=reason)
    return edition


def lift_order(
    *, actor: Actor, order_id: UUID, lifted_on: dt.date | None, seen: int | None = None, at: dt.datetime
) -> SuspensionOrder:
    """The contact point ends an order from a day on, because the ministry asked for it.

    Refuses `no_request`, `four_eyes` to whoever entered the request, `date_missing`, `lifted_before_effective`,
    `wrong_state`, `stale`. Leaves the request granted, the statement (`resumed`) and the event `fields.order_lifted`.
    """
    with unit_of_work("fields.lift_order", actor=actor, at=at) as unit:
        unit.permit(PERMITS["lift_order"])
        order = unit.lock(SuspensionOrder, order_id, seen=seen)
        request = _open_request(order.field, "lift")
        unit.refuse(
            why_not_lift(
                state=order.state,
                requested=request is not None,
                same_person=request is not None and (actor.person is None or request.entered_by == actor.person),
                effective_from=edition_in_force(order).effective_from,
                lifted_on=lifted_on,
            )
        )
        order.state, order.lifted_on = "lifted", lifted_on
        if request is not None:
            _take_figures(order, _figures(request))
            _grant(unit, request, order)
        unit.save(order)
        unit.settle("fields.decide_order", order, "lifted")
        _say(unit, order)
        unit.tell("fields.order_lifted", order=order.pk, field=order.field)
        unit.about(order, field=order.field, number=order.number, lifted_on=lifted_on)
    return order


def withdraw_order(*, actor: Actor, order_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> SuspensionOrder:
    """The contact point takes back what was only announced. Refuses `reason_missing`, `wrong_state`, `stale`; tells `open`."""
    with unit_of_work("fields.withdraw_order", actor=actor, at=at) as unit:
        unit.permit(PERMITS["withdraw_order"])
        order = unit.lock(SuspensionOrder, order_id, seen=seen)
        unit.refuse(why_not_withdraw(state=order.state, reason=reason))
        order.state, order.withdraw_reason = "withdrawn", reason
        unit.save(order)
        unit.settle("fields.ask_stop", order, "withdrawn")
        unit.settle("fields.decide_order", order, "withdrawn")
        _say(unit, order)
        unit.about(order, field=order.field, number=order.number, reason=reason)
    return order


def _open_request(field: str, kind: str) -> FieldRequest | None:
    """The ministry's open request, locked; the database looks again whether it is still open once it has the lock."""
    return open_requests(field, kind).select_for_update(of=("self",)).first()


def _next_number(today: dt.date) -> str:
    """The next number of the year; the caller holds the numbers alone."""
    before = SuspensionOrder.objects.filter(number__startswith=f"ORD-{today.year}-").count()
    return f"ORD-{today.year}-{before + 1:02}"


def _figures(subject: FieldRequest | SuspensionOrder | None) -> Figures:
    if subject is None:
        return Figures(None, None, None)
    return Figures(subject.residents, subject.residents_as_of, subject.ceiling, subject.forecast_on)


def _take_figures(order: SuspensionOrder, figures: Figures) -> None:
    order.residents, order.residents_as_of = figures.residents, figures.residents_as_of
    order.ceiling, order.forecast_on = figures.ceiling, figures.forecast_on


def _add_edition(
    unit: Unit, order: SuspensionOrder, effective_from: dt.date | None, effects: Sequence[EffectLine], text: str,
    language: str, reason: str = "",
) -> OrderEdition:  # fmt: skip
    edition = unit.add(
        OrderEdition(  # type: ignore[misc]  # a missing day was refused before
            order=order,
            number=order.editions.count() + 1,
            effective_from=effective_from,
            reason=reason,
            text=text,
            language=language,
            entered_at=unit.at,
            entered_by=unit.actor.person,
        )
    )
    _add_effects(unit, edition, effects)
    return edition


def _add_effects(unit: Unit, edition: OrderEdition, lines: Sequence[EffectLine]) -> None:
    for place, line in enumerate(lines):
        unit.add(
            OrderEffect(
                edition=edition,
                place=place,
                application_kind=line.application_kind,
                effect=line.effect,
                test_date=line.test_date,
                condition=line.condition,
                reference_date=line.reference_date,
                exception_group=line.exception_group,
            )
        )


def _grant(unit: Unit, request: FieldRequest, order: SuspensionOrder) -> None:
    request.state, request.answered_on, request.order = "decided", day_at(unit.at, SIDE), order
    unit.save(request)
    unit.settle("fields.decide_order", request)
    unit.settle("fields.lift_order", request)


def _say(unit: Unit, order: SuspensionOrder) -> None:
    edition = edition_in_force(order)
    content = field_status(
        order=str(order.pk),
        field=order.field,
        state=TOLD_STATES[order.state],
        announced_on=order.announced_on,
        requested_on=order.requested_on,
        effective_from=edition.effective_from,
        lifted_on=order.lifted_on,
        effects=lines_of(edition),
        figures=_figures(order),
        law=order.law,
        text=edition.text,
        language=edition.language,
    )
    unit.say(TYPE, content, marking=MARKING, thread=order.pk, language=edition.language)
