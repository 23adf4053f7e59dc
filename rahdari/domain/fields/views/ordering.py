"""Pages of the desk: requests and orders, one order with whom it touches, and the steps of an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.panels import fill

from .. import actions
from ..forms import DeskForm, LiftForm, OrderForm, change_form, initial_of, withdraw_form
from ..queries.fields import field_seen, order_page
from ..queries.orders import (
    edition_in_force,
    editions_visible_to,
    field_row,
    lines_of,
    open_edition,
    open_requests,
    order_for,
    orders_visible_to,
    requests_visible_to,
    told_of,
)
from .asking import SIDE, done

ROWS = 30


def see_orders(request: HttpRequest) -> HttpResponse:
    """The requests and orders of this node, the newest first."""
    book, on = current_book(), day_at(now(), SIDE)
    page = Paginator(orders_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    own = [row for row in book.rows("fields") if row["ministry"] == request.actor.body and row["status"] != "merged"]
    context = {
        "requests": requests_visible_to(request.actor)[:ROWS],
        "orders": [{"record": one, "told": told_of(one), "waits": open_edition(one) is not None} for one in page.object_list],
        "page": page,
        "fields": own if request.actor.role == "field_ministry" else book.in_force("fields", on),
    }
    return render(request, "fields/orders.html", context)


def _order_page(request: HttpRequest, order_id: UUID, form: DeskForm | None = None, **more: Any) -> HttpResponse:
    order = order_for(request.actor, order_id)
    book, on = current_book(), day_at(now(), SIDE)
    editions = editions_visible_to(request.actor, order)
    waits = next((one for one in editions if one == open_edition(order)), None)
    context = {
        "order": order,
        "shown": order_page(told_of(order), on),
        "entered": order_page(told_of(order, waits), on) if waits is not None and order.state != "announced" else None,
        "waits": waits,
        "editions": editions,
        "own_entry": waits is not None and waits.entered_by == request.actor.person,
        "page": field_seen(request.actor, book, order.field, on),
        "requests": requests_visible_to(request.actor).filter(field=order.field),
        "stop_asked": open_requests(order.field, "stop").exists(),
        "lift_asked": open_requests(order.field, "lift").exists(),
        "affected": fill("fields.affected", request.actor, order),
        "form": form or DeskForm(),
        "lift_form": LiftForm(),
        "withdraw_form": withdraw_form(),
    }
    return render(request, "fields/order.html", context | more, status=more.pop("status", 200))


def see_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order: what it says, its history, whom it touches, and the next step."""
    return _order_page(request, order_id)


def announce_order(request: HttpRequest, code: str) -> HttpResponse:
    """An officer announces the stop of a field, with the figures of the ministry's request where there is one."""
    book, on = current_book(), day_at(now(), SIDE)
    page = field_seen(request.actor, book, code, on)
    asked = open_requests(code, "stop").first()
    form = OrderForm(request.POST or None, figures=asked is None, initial={"announced_on": on, **_figures_known(page)})
    status: Any = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            status = done(
                request,
                form,
                lambda: actions.announce_order(
                    actor=request.actor,
                    field=code,
                    announced_on=told["announced_on"],
                    effective_from=told["effective_from"],
                    effects=form.effects(),
                    figures=form.figures() if asked is None else None,
                    text=told["text"],
                    language=get_language() or "en",
                    at=now(),
                ),
                _("The stop is announced. A second officer decides it."),
                lambda order: redirect("fields.see_order", order.pk),
            )
    if isinstance(status, HttpResponse):
        return status
    context = {"form": form, "page": page, "asked": asked, "code": code, "field": field_row(book, code)}
    return render(request, "fields/announce.html", context, status=status)


def _figures_known(page: Any) -> dict[str, Any]:
    use, ceiling = page.line.use, page.line.ceiling
    known = {"forecast_on": page.forecast.day, "ceiling": ceiling.number("ceiling") if ceiling is not None else None}
    return known if use is None else known | {"residents": use.people, "residents_as_of": use.as_of}


def change_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """An officer enters a change of an order; a second one decides it."""
    order = order_for(request.actor, order_id)
    edition = open_edition(order) or edition_in_force(order)
    begin = {"effective_from": edition.effective_from, "text": edition.text, "seen": order.version}
    form = change_form(request.POST or None, initial=begin | initial_of(lines_of(edition)))
    status: Any = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            status = done(
                request,
                form,
                lambda: actions.change_order(
                    actor=request.actor,
                    order_id=order_id,
                    reason=told["reason"],
                    effective_from=told["effective_from"],
                    effects=form.effects(),
                    text=told["text"],
                    language=get_language() or "en",
                    seen=told["seen"],
                    at=now(),
                ),
                _("The change is entered. A second officer decides it."),
                lambda _edition: redirect("fields.see_order", order_id),
            )
    if isinstance(status, HttpResponse):
        return status
    context = {"form": form, "order": order, "field": field_row(current_book(), order.field)}
    return render(request, "fields/change.html", context, status=status)


def _step(
    request: HttpRequest, order_id: UUID, form: DeskForm, act: Callable[[dict[str, Any]], Any], said: str, place: str
) -> HttpResponse:
    """One step of an order from its own page: acts, or shows the page again with what was refused."""
    if request.method != "POST":
        return _order_page(request, order_id)
    status: Any = 422
    if form.is_valid():
        told = form.cleaned_data
        status = done(request, form, lambda: act(told), said, lambda _order: redirect("fields.see_order", order_id))
    return status if isinstance(status, HttpResponse) else _order_page(request, order_id, **{place: form, "status": status})


def decide_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """A second officer decides what was entered."""
    return _step(
        request,
        order_id,
        DeskForm(request.POST or None),
        lambda told: actions.decide_order(actor=request.actor, order_id=order_id, seen=told["seen"], at=now()),
        _("Decided. The other state is told today."),
        "form",
    )


def lift_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The contact point ends an order."""
    return _step(
        request,
        order_id,
        LiftForm(request.POST or None),
        lambda told: actions.lift_order(
            actor=request.actor, order_id=order_id, lifted_on=told["lifted_on"], seen=told["seen"], at=now()
        ),
        _("The order ends. The other state is told today."),
        "lift_form",
    )


def withdraw_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The contact point takes back what was only announced."""
    return _step(
        request,
        order_id,
        withdraw_form(request.POST or None),
        lambda told: actions.withdraw_order(
            actor=request.actor, order_id=order_id, reason=told["reason"], seen=told["seen"], at=now()
        ),
        _("The announcement was taken back. The other state is told today."),
        "withdraw_form",
    )
