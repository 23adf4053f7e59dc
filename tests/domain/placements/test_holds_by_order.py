"""An order holds cases by the kind of application it touches and from its day on, not by being there."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.domain.fields.actions import change_order, decide_order
from rahdari.domain.fields.models import SuspensionOrder
from rahdari.domain.fields.queries.orders import edition_in_force
from rahdari.domain.fields.rules.orders import KINDS, EffectLine
from rahdari.domain.placements.models import Hold
from rahdari.project.reactions import hold_by_order
from rahdari.project.timetable import hold_by_orders
from tests.make import fields
from tests.make import placements as make

pytestmark = pytest.mark.django_db
AT, TEN_DAYS = make.AT, dt.timedelta(days=10)


def told_order(settings, field: str, *, at: dt.datetime = AT) -> SuspensionOrder:
    """An order of Japan on this field, as this node would hold it: decided, new certificates stopped ten days later."""
    settings.RAHDARI_NODE = "jp"
    order = fields.order("decided", field, at=at)
    settings.RAHDARI_NODE = "pk"
    return order


def changed_to_extensions(settings, order: SuspensionOrder, *, at: dt.datetime) -> SuspensionOrder:
    """The same order, changed by Japan: it touches extensions alone."""
    settings.RAHDARI_NODE = "jp"
    lines = [EffectLine(kind, "refused" if kind == "extension" else "none", "filed") for kind in KINDS]
    told = {"order_id": order.pk, "reason": "change_effect", "effective_from": at.date(), "effects": lines, "at": at}
    change_order(actor=fields.officer(), text="Invented.", **told)
    order = decide_order(actor=fields.officer(), order_id=order.pk, at=at)
    settings.RAHDARI_NODE = "pk"
    return order


def hears(order: SuspensionOrder, at: dt.datetime) -> int:
    told = {"order": str(order.pk), "field": order.field, "state": order.state}
    return hold_by_order(actor=machine("pk", "timetable"), at=at, **told)


def held() -> int:
    return Hold.objects.filter(released_at=None).count()


def test_an_order_holds_from_its_day_on_and_what_applied_after_it_too(settings):
    _who, case = make.applied()
    order = told_order(settings, case.demand.field)
    assert edition_in_force(order).effective_from > AT.date()
    assert hears(order, AT) == 0 and hold_by_orders(at=AT) == 0 and held() == 0
    assert hold_by_orders(at=AT + TEN_DAYS + dt.timedelta(days=1)) == 1 and held() == 1
    assert hold_by_orders(at=AT + TEN_DAYS + dt.timedelta(days=2)) == 0  # once


def test_an_order_on_other_applications_holds_nobody_and_releases_whom_it_held(settings):
    _who, case = make.applied()
    order = told_order(settings, case.demand.field)
    later = AT + TEN_DAYS + dt.timedelta(days=1)
    assert hears(order, later) == 1
    order = changed_to_extensions(settings, order, at=later)
    assert hold_by_orders(at=later) == 0
    assert hears(order, later) == 1 and held() == 0
