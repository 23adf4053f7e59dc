"""The fields as JSON: how each stands, ceilings and residents, orders, and every table of the reference data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.reference import Row
from rahdari.web.api import operation

from .access import PERMITS
from .queries.fields import FieldLine, FieldPage, OrderPage, field_seen, fields_seen, order_page
from .queries.orders import all_orders
from .queries.tables import columns_of, table_seen

router = Router(tags=["fields"])


class Names(Schema):
    """A name in three languages."""

    en: str
    ur: str
    ja: str


class UseTold(Schema):
    """How much of a ceiling is used; `share` 1.0 is all of it."""

    people: int
    as_of: str
    scope: str
    approximate: bool
    ceiling: int
    percent: int
    mark: str


class FieldTold(Schema):
    """One field and how it stands."""

    code: str
    name: Names
    state: str
    ministry: str
    valid_from: str
    valid_until: str | None
    merged_into: str | None
    dispatch_allowed: bool
    ssw2: str
    ssw2_from: str | None
    use: UseTold | None
    source: str
    confidence: str


class RequirementTold(Schema):
    """What a duty asks; `language_min` are alternatives."""

    duty: str | None
    valid_from: str | None
    skill_test_en: str | None
    skill_test_ja: str | None
    language_min: list[str]
    extra_language_test: str | None
    conditions: list[dict[str, Any]]
    source: str
    confidence: str


class EffectLineTold(Schema):
    """A line of an order."""

    application_kind: str
    effect: str
    test_date: str
    condition: str
    reference_date: str | None
    exception_group: str | None


class OrderOut(Schema):
    """A suspension order: of the tables, recorded here, or told by the partner (`told_by`, in which statement, when)."""

    number: str
    id: str | None
    recorded_here: bool
    told_by: str | None
    statement: str | None
    told_at: str | None
    field: str
    state: str
    stands: bool
    announced_on: str | None
    requested_on: str | None
    effective_from: str
    lifted_on: str | None
    residents: int | None
    residents_as_of: str | None
    ceiling: int | None
    law: str
    effects: list[EffectLineTold]
    source: str
    confidence: str


class ForecastTold(Schema):
    """The day a ceiling would be reached along a straight line; null when nothing can be said, `code` says why."""

    day: str | None
    code: str
    confidence: str


class FieldDetail(FieldTold):
    """One field with everything known of it."""

    requirements: list[RequirementTold]
    forecast: ForecastTold
    orders: list[OrderOut]
    merged_from: list[str]


class FieldList(Schema):
    """Every field, on a day, by an edition of the tables."""

    on: str
    reference_version: str
    fields: list[FieldTold]


class CeilingTold(Schema):
    """A ceiling decided on a day for a period."""

    scheme: str
    decided_on: str
    period_from: str
    period_until: str
    ceiling: int
    source: str
    confidence: str


class CountTold(Schema):
    """Residents counted on a day."""

    as_of: str
    scope: str
    people: int
    approximate: bool
    source: str
    confidence: str


class Ceilings(Schema):
    """Ceilings and residents of a field."""

    field: str
    ceilings: list[CeilingTold]
    residents: list[CountTold]
    forecast: ForecastTold


class OrderList(Schema):
    """Every order, of the tables and of this node."""

    on: str
    reference_version: str
    orders: list[OrderOut]


class TableTold(Schema):
    """A table of the reference data as it stands: every cell is text, blank is the empty text."""

    table: str
    reference_version: str
    columns: list[str]
    rows: list[list[str]]


def _field(one: FieldLine) -> dict[str, Any]:
    row, use = one.row, one.use
    told = None
    if use is not None:
        told = {
            "people": use.people,
            "as_of": use.as_of.isoformat(),
            "scope": use.scope,
            "approximate": use.approximate,
            "ceiling": use.ceiling,
            "percent": use.percent,
            "mark": use.mark,
        }
    return {
        "code": row["code"],
        "name": {"en": row["name_en"], "ur": row["name_ur"], "ja": row["name_ja"]},
        "state": one.state,
        "ministry": row["ministry"],
        "valid_from": row["valid_from"],
        "valid_until": row["valid_until"] or None,
        "merged_into": row["merged_into"] or None,
        "dispatch_allowed": row["dispatch_allowed"] == "yes",
        "ssw2": row["ssw2_scope"],
        "ssw2_from": row["ssw2_from"] or None,
        "use": told,
        "source": row["source"],
        "confidence": row["confidence"],
    }


def _order(page: OrderPage) -> dict[str, Any]:
    row, record = page.row, page.told.record
    told = record if record is not None and record.statement is not None else None
    return {
        "number": row["order_id"],
        "id": str(record.pk) if record is not None else None,
        "recorded_here": record is not None and record.statement is None,
        "told_by": told.home if told else None,
        "statement": str(told.statement) if told else None,
        "told_at": told.issued_at.isoformat() if told and told.issued_at else None,
        "field": row["field"],
        "state": page.told.seen.state,
        "stands": page.stands,
        "announced_on": row["guidance_on"] or None,
        "requested_on": row["requested_on"] or None,
        "effective_from": row["effective_from"],
        "lifted_on": row["lifted_on"] or None,
        "residents": row.number("residents"),
        "residents_as_of": row["residents_as_of"] or None,
        "ceiling": row.number("ceiling"),
        "law": row["basis"],
        "effects": [_effect(line) for line in page.told.seen.effects],
        "source": row["source"],
        "confidence": row["confidence"],
    }


def _effect(line: Row) -> dict[str, Any]:
    told = {name: line[name] for name in ("application_kind", "effect", "test_date", "condition")}
    return told | {"reference_date": line["reference_date"] or None, "exception_group": line["exception_group"] or None}


def _forecast(page: FieldPage) -> dict[str, Any]:
    guess = page.forecast
    day = guess.day.isoformat() if guess.day else None
    return {"day": day, "code": guess.reason.code, "confidence": guess.reason.confidence}


@operation(router, "GET", "/fields", PERMITS["see_fields"], answers=FieldList, problems=(), url_name="fields.see_fields")
def see_fields(request: HttpRequest) -> Any:
    """Every field there is or was, and how it stands today."""
    book, on = current_book(), day_at(now(), request.actor.node)
    lines = [_field(one) for one in fields_seen(request.actor, book, on)]
    return {"on": on.isoformat(), "reference_version": book.version, "fields": lines}


@operation(
    router, "GET", "/fields/{code}", PERMITS["see_field"], answers=FieldDetail, problems=(404,), url_name="fields.see_field"
)
def see_field(request: HttpRequest, code: str) -> Any:
    """One field: what it asks, its forecast, its orders."""
    page = field_seen(request.actor, current_book(), code, day_at(now(), request.actor.node))
    requirements = [
        {
            "duty": one.row["duty_category"] or None,
            "valid_from": one.row["valid_from"] or None,
            "skill_test_en": one.row["skill_test_name_en"] or None,
            "skill_test_ja": one.row["skill_test_name_ja"] or None,
            "language_min": list(one.levels),
            "extra_language_test": one.row["extra_language_test"] or None,
            "conditions": [{"code": condition["code"], "who_proves": condition["who_proves"]} for condition, _ in one.conditions],
            "source": one.row["source"],
            "confidence": one.row["confidence"],
        }
        for one in page.requirements
    ]
    return _field(page.line) | {
        "requirements": requirements,
        "forecast": _forecast(page),
        "orders": [_order(one) for one in page.orders],
        "merged_from": [one["code"] for one in page.merged_from],
    }


@operation(
    router, "GET", "/fields/{code}/ceilings", PERMITS["see_ceilings"], answers=Ceilings, problems=(404,),
    url_name="fields.see_ceilings",
)  # fmt: skip
def see_ceilings(request: HttpRequest, code: str) -> Any:
    """The ceilings of a field under both schemes, its residents, and the forecast."""
    page = field_seen(request.actor, current_book(), code, day_at(now(), request.actor.node))
    named = ("scheme", "decided_on", "period_from", "period_until", "source", "confidence")
    return {
        "field": code,
        "ceilings": [
            {name: row[name] for name in named} | {"ceiling": row.number("ceiling")}
            for row in (*page.ceilings, *page.training_ceilings)
        ],
        "residents": [
            {name: row[name] for name in ("as_of", "scope", "source", "confidence")}
            | {"people": row.number("people"), "approximate": row["approximate"] == "yes"}
            for row in page.counts
        ],
        "forecast": _forecast(page),
    }


@operation(
    router, "GET", "/field-orders", PERMITS["see_field_orders"], answers=OrderList, problems=(),
    url_name="fields.see_field_orders",
)  # fmt: skip
def see_field_orders(request: HttpRequest) -> Any:
    """Every suspension order, the newest first."""
    book, on = current_book(), day_at(now(), request.actor.node)
    orders = [_order(order_page(one, on)) for one in all_orders(request.actor, book)]
    return {"on": on.isoformat(), "reference_version": book.version, "orders": orders}


@operation(
    router, "GET", "/reference/{table}", PERMITS["see_table"], answers=TableTold, problems=(404,), url_name="fields.see_table"
)
def see_table(request: HttpRequest, table: str) -> Any:
    """One table of the reference data, with the version of its edition."""
    book = current_book()
    rows = table_seen(request.actor, book, table)
    return {
        "table": table,
        "reference_version": book.version,
        "columns": columns_of(rows),
        "rows": [list(row.values()) for row in rows],
    }
