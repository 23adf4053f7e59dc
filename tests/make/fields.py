"""Requests and orders for tests, made by the acts of those who may: no state the law forbids can come about.

request("CONSTRUCTION")                 a ministry's request to stop its field
order(state="announced")                an order in a state: announced, decided, changed, lifted, withdrawn
"""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.reference import shipped_book
from rahdari.domain.fields import actions
from rahdari.domain.fields.models import FieldRequest, SuspensionOrder
from rahdari.domain.fields.rules.orders import KINDS, EffectLine, Figures

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
FIELD = "CONSTRUCTION"
FIGURES = Figures(75_000, dt.date(2026, 10, 31), 76_000, dt.date(2026, 12, 15))


def ministry(field: str = FIELD, node: str = "jp") -> Actor:
    """An officer of the ministry in charge of a field."""
    row = shipped_book().one("fields", code=field)
    return Actor(node=node, role="field_ministry", body=row["ministry"], person=uuid4(), name="Ministry (invented)")


def officer(node: str = "jp") -> Actor:
    """An officer of Japan's contact point; each call another person."""
    return Actor(node=node, role="contact_point_jp", body="CONTACT_JP", person=uuid4(), name="Officer (invented)")


def effects(day: dt.date, coe: str = "not_issued") -> list[EffectLine]:
    """Certificates stopped from a day on, entry from inside stopped, workers of the field left alone."""
    return [
        EffectLine("coe", coe, "filed", "on_or_after", day),
        EffectLine("coe", "restricted", "filed", "before", day),
        EffectLine("change_of_status", "refused", "filed", "any", None, "EXAMPLE_GROUP"),
        *(EffectLine(kind, "none") for kind in KINDS[2:]),
    ]


def request(field: str = FIELD, kind: str = "stop", *, at: dt.datetime = AT) -> FieldRequest:
    """What a ministry asks for its field."""
    ask = actions.ask_stop if kind == "stop" else actions.ask_lift
    reason = "stop_ceiling_forecast" if kind == "stop" else "lift_ceiling_raised"
    return ask(actor=ministry(field), field=field, reason=reason, text="invented", figures=FIGURES, at=at)


def order(
    state: str = "decided", field: str = FIELD, *, at: dt.datetime = AT, by: Actor | None = None, begin: dt.date | None = None
) -> SuspensionOrder:
    """An order in a state; `by` entered it. It has effect from ten days after it was announced."""
    begin = begin or day_at(at, "jp") + dt.timedelta(days=10)
    if state != "withdrawn":
        request(field, at=at)
    made = actions.announce_order(
        actor=by or officer(), field=field, effective_from=begin, effects=effects(begin), figures=FIGURES, text="Invented.", at=at
    )
    if state == "withdrawn":
        return actions.withdraw_order(actor=officer(), order_id=made.pk, reason="withdraw_not_needed", at=at)
    if state == "announced":
        return made
    made = actions.decide_order(actor=officer(), order_id=made.pk, at=at)
    if state == "changed":
        changed = effects(begin, "refused")
        actions.change_order(
            actor=officer(), order_id=made.pk, reason="change_effect", effective_from=begin, effects=changed, at=at
        )
        return actions.decide_order(actor=officer(), order_id=made.pk, at=at)
    if state == "lifted":
        request(field, "lift", at=at)
        return actions.lift_order(actor=officer(), order_id=made.pk, lifted_on=begin + dt.timedelta(days=30), at=at)
    return made
