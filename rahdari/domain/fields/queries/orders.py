"""Reads of suspension orders and of what ministries ask. The public sees what was announced; drafts stay at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import offices_of
from rahdari.base.reference import Book, Row
from rahdari.base.work import Missing
from rahdari.domain.disclosure.queries import visible_to

from ..models import FieldRequest, OrderEdition, SuspensionOrder
from ..rules.ceilings import OrderSeen, order_of_row, state_on
from ..rules.orders import IN_FORCE, OPEN_STATES, EffectLine
from ..rules.suspension import Case, effect_of

SIDE = "jp"
LAST_MOMENT = dt.time(23, 59, 59)
DESK = {"jp": ("contact_point_jp", "field_ministry")}
FULL = ("contact_point_jp",)
STOPS = ("not_issued", "refused")  # effects under which an application of a kind comes to nothing
RECORD = "REC"  # sources.csv: what a node recorded, as distinct from what stands in the tables


def field_row(book: Book, field: str) -> Row:
    """The row of a field; `Missing` when there is none of this code."""
    row = book.one("fields", code=field)
    if row is None:
        raise Missing(f"field {field}")
    return row


def due_after(use_case: str, at: dt.datetime, book: Book) -> dt.datetime | None:
    """When a step must be done: the end of the last of its working days (action_targets); None without a target."""
    today = day_at(at, SIDE)
    for row in book.in_force("action_targets", today, use_case=use_case, side=SIDE):
        last = offices_of(SIDE.upper(), book).working_days_after(today, row.number("number") or 0)
        return dt.datetime.combine(last, LAST_MOMENT, ZONES[SIDE])
    return None


@dataclass(frozen=True, slots=True)
class OrderTold:
    """An order with what it says now: from the tables (`record` is None) or from this node's records."""

    seen: OrderSeen
    record: SuspensionOrder | None
    edition: OrderEdition | None

    @property
    def row(self) -> Row:
        return self.seen.order


def orders_visible_to(actor: Actor) -> QuerySet[SuspensionOrder]:
    """The orders of this node's records, the newest first.

    Own ones are public from their announcement on; those the partner told are open as far as their marking.
    """
    editions = OrderEdition.objects.prefetch_related("effects")
    orders = SuspensionOrder.objects.prefetch_related(Prefetch("editions", queryset=editions))
    return visible_to(actor, orders).order_by("-announced_on", "-id")


def editions_visible_to(actor: Actor, order: SuspensionOrder) -> list[OrderEdition]:
    """What an order says and said, the newest first; a change that is not decided is seen by the contact point alone."""
    editions = list(order.editions.all())
    if _at_desk(actor) and actor.role in FULL:
        return editions[::-1]
    shown = [one for one in editions if one.decided_at is not None]
    return (shown or editions[:1] if order.state != "announced" else editions[-1:])[::-1]


def _at_desk(actor: Actor) -> bool:
    return actor.role in DESK.get(actor.node, ())


def edition_in_force(order: SuspensionOrder) -> OrderEdition:
    """What an order says now: its newest decided edition, before any decision its newest one.

    What the partner told may have come in another order than it was issued; what was issued last counts.
    """
    editions = list(order.editions.all())
    decided = [one for one in editions if one.decided_at is not None]
    return max(decided or editions, key=lambda one: (one.entered_at, one.number))


def open_edition(order: SuspensionOrder) -> OrderEdition | None:
    """The edition that waits for its decision, None when nothing does."""
    newest = list(order.editions.all())[-1]
    return newest if newest.decided_at is None and order.state in OPEN_STATES else None


def lines_of(edition: OrderEdition) -> list[EffectLine]:
    """The effects of an edition as the rules take them."""
    return [
        EffectLine(one.application_kind, one.effect, one.test_date, one.condition, one.reference_date, one.exception_group)
        for one in edition.effects.all()
    ]


def told_of(order: SuspensionOrder, edition: OrderEdition | None = None) -> OrderTold:
    """An order of this node's records in the shape of the tables, by the edition in force or another one."""
    edition = edition or edition_in_force(order)
    row = Row(
        {
            "order_id": order.number,
            "field": order.field,
            "guidance_on": str(order.announced_on),
            "requested_on": str(order.requested_on or ""),
            "effective_from": str(edition.effective_from),
            "lifted_on": str(order.lifted_on or ""),
            "lifted_confidence": "",
            "basis": order.law,
            "residents": "" if order.residents is None else str(order.residents),
            "residents_as_of": str(order.residents_as_of or ""),
            "ceiling": "" if order.ceiling is None else str(order.ceiling),
            "source": RECORD,
            "confidence": "high",
            "note": "",
        }
    )
    effects = tuple(_effect_row(order, line) for line in lines_of(edition))
    return OrderTold(OrderSeen(row, effects, order.state, order.announced_on), order, edition)


def _effect_row(order: SuspensionOrder, line: EffectLine) -> Row:
    return Row(
        {
            "order_id": order.number,
            "application_kind": line.application_kind,
            "effect": line.effect,
            "test_date": line.test_date,
            "condition": line.condition,
            "reference_date": str(line.reference_date or ""),
            "exception_group": line.exception_group,
            "source": RECORD,
            "confidence": "high",
            "note": "",
        }
    )


def all_orders(actor: Actor, book: Book) -> list[OrderTold]:
    """Every order, of the tables and of this node's records, the newest first; withdrawn announcements left out.

    Only the state of the ministry in charge of a field orders it: what another partner tells of it has no effect.
    """
    effects = book.rows("suspension_effects")
    told = [OrderTold(order_of_row(row, effects), None, None) for row in book.rows("suspensions")]
    sides = {row["code"]: row["side"] for row in book.rows("authorities")}
    home_of = {row["code"]: sides.get(row["ministry"]) for row in book.rows("fields")}
    recorded = orders_visible_to(actor).exclude(state="withdrawn")
    told += [told_of(order) for order in recorded if order.home == home_of.get(order.field)]
    return sorted(told, key=lambda one: one.row["guidance_on"] or one.row["effective_from"], reverse=True)


def seen_orders(told: Iterable[OrderTold]) -> list[OrderSeen]:
    """The orders as the rules take them."""
    return [one.seen for one in told]


def field_state(actor: Actor, field: str, on: dt.date, book: Book) -> str:
    """How a field stands on a day: `open`, `suspended` and the like; empty for one the tables do not have."""
    row = book.one("fields", code=field)
    return "" if row is None else state_on(row, seen_orders(all_orders(actor, book)), on)


def application_stopped(actor: Actor, field: str, kind: str, on: dt.date, book: Book, *, excepted: bool | None = None) -> bool:
    """Whether an order on a field lets an application of a kind that is filed on a day come to nothing.

    `excepted` tells whether the person is of a group the order excepts; None where nobody said so.
    """
    case = Case(kind=kind, today=on, filed_on=on, pending=True, in_exception_group=excepted)
    standing = (one for one in seen_orders(all_orders(actor, book)) if one.order["field"] == field and one.stands(on))
    return any(effect_of(one.order, one.effects, case).effect in STOPS for one in standing)


def requests_visible_to(actor: Actor) -> QuerySet[FieldRequest]:
    """The requests, the newest first: all for the contact point, its own for a ministry, none for others."""
    requests = FieldRequest.objects.select_related("order").order_by("-asked_on", "-id")
    if not _at_desk(actor):
        return requests.none()
    return requests if actor.role in FULL else requests.filter(body=actor.body)


def request_for(actor: Actor, request_id: UUID) -> FieldRequest:
    """One request; `Missing` when there is none or not for this actor."""
    found = requests_visible_to(actor).filter(pk=request_id).first()
    if found is None:
        raise Missing(f"FieldRequest {request_id}")
    return found


def order_for(actor: Actor, order_id: UUID) -> SuspensionOrder:
    """One order at the desk; `Missing` when there is none."""
    found = orders_visible_to(actor).filter(pk=order_id).first() if _at_desk(actor) else None
    if found is None:
        raise Missing(f"SuspensionOrder {order_id}")
    return found


def open_requests(field: str, kind: str) -> QuerySet[FieldRequest]:
    """What a ministry asks for a field and nobody has answered yet."""
    return FieldRequest.objects.filter(field=field, kind=kind, state="asked")


def open_orders(field: str) -> QuerySet[SuspensionOrder]:
    """The order of this node's records that is announced or in force for a field: one at most."""
    return SuspensionOrder.objects.filter(Q(field=field, statement=None) & Q(state__in=OPEN_STATES))


def stops_new(order: SuspensionOrder, kind: str, on: dt.date) -> bool:
    """Whether an order as it stands keeps new applications of a kind from being decided well on a day.

    An edition whose day of effect has not come stops nothing yet, nor does one that touches other kinds alone.
    """
    if order.state not in IN_FORCE:
        return False
    edition = edition_in_force(order)
    lines = [one for one in lines_of(edition) if one.application_kind == kind and one.condition != "before"]
    return edition.effective_from <= on and any(one.effect != "none" for one in lines)


def order_stops(order_id: UUID, kind: str, on: dt.date) -> bool:
    """The same of an order by its id; one that is not known here stops nothing."""
    found = SuspensionOrder.objects.filter(pk=order_id).first()
    return found is not None and stops_new(found, kind, on)


def fields_stopped(kind: str, on: dt.date) -> list[str]:
    """The fields whose orders on this node stop new applications of a kind on a day."""
    standing = SuspensionOrder.objects.filter(state__in=IN_FORCE).prefetch_related("editions__effects")
    return sorted({one.field for one in standing if stops_new(one, kind, on)})
