"""Reads of the fields themselves: how each stands on a day, what it asks, what was ordered, and the history of them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from rahdari.base.actor import Actor
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from ..rules.ceilings import Forecast, Use, ceiling_on, ceilings_of, counts_of, forecast, state_on, use_on
from ..rules.orders import KINDS
from ..rules.suspension import Case, effect_of
from .charts import Chart, ceiling_chart
from .orders import OrderTold, all_orders, field_row, seen_orders


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field in the list: its row, how it stands, the body in charge, how much of its ceiling is used."""

    row: Row
    state: str
    ministry: Row | None
    ceiling: Row | None
    use: Use | None
    count: Row | None
    into: Row | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What an order does to one kind of application: its dated lines, and what is filed on the day asked about."""

    kind: str
    lines: tuple[Row, ...]
    effect: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its effects in the order in which they are read."""

    told: OrderTold
    kinds: tuple[Kind, ...]
    stands: bool

    @property
    def row(self) -> Row:
        return self.told.row


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a duty of a field asks of a worker and of the employer."""

    row: Row
    levels: tuple[str, ...]
    extra_test: Row | None
    conditions: tuple[tuple[Row, Row | None], ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a field on a day; `code` is worded, `about` holds what it names."""

    on: dt.date
    reason: Reason


@dataclass(frozen=True, slots=True)
class FieldPage:
    """Everything a field's page shows."""

    line: FieldLine
    names: tuple[Row, ...]
    merged_from: tuple[Row, ...]
    requirements: tuple[Requirement, ...]
    ceilings: tuple[Row, ...]
    training_ceilings: tuple[Row, ...]
    counts: tuple[Row, ...]
    forecast: Forecast
    chart: Chart | None
    orders: tuple[OrderPage, ...]
    happenings: tuple[Happening, ...] = field(default=())


def fields_seen(actor: Actor, book: Book, on: dt.date) -> list[FieldLine]:
    """Every field there is or was, in the order of the table."""
    orders = all_orders(actor, book)
    return [_line(row, book, on, orders) for row in book.rows("fields")]


def field_seen(actor: Actor, book: Book, code: str, on: dt.date) -> FieldPage:
    """One field with all that is known of it; `Missing` when there is none of this code."""
    row = field_row(book, code)
    orders = all_orders(actor, book)
    counts, ceilings = counts_of(book, code), ceilings_of(book, code)
    own = [order for order in orders if order.row["field"] == code]
    guess = forecast([one for one in counts if one["as_of"] <= on.isoformat()], ceiling_on(book, code, on))
    return FieldPage(
        line=_line(row, book, on, orders),
        names=book.rows("field_names", field=code),
        merged_from=book.rows("fields", merged_into=code),
        requirements=tuple(_requirement(one, book) for one in book.in_force("field_requirements", _within(row, on), field=code)),
        ceilings=ceilings,
        training_ceilings=ceilings_of(book, code, "esd"),
        counts=counts,
        forecast=guess,
        chart=ceiling_chart(ceilings, counts, guess.day, on),
        orders=tuple(order_page(order, on) for order in own),
        happenings=tuple(_happenings(row, own, ceilings, book)),
    )


def _within(row: Row, on: dt.date) -> dt.date:
    """The day asked about, moved into the life of the field."""
    begin, end = row.day("valid_from"), row.day("valid_until")
    return max(begin or on, min(on, end or on))


def _line(row: Row, book: Book, on: dt.date, orders: Sequence[OrderTold]) -> FieldLine:
    code = row["code"]
    counts = [one for one in counts_of(book, code) if one["as_of"] <= on.isoformat()]
    return FieldLine(
        row=row,
        state=state_on(row, seen_orders(orders), on),
        ministry=book.one("authorities", code=row["ministry"]),
        ceiling=ceiling_on(book, code, on),
        use=use_on(book, code, on),
        count=counts[-1] if counts else None,
        into=book.one("fields", code=row["merged_into"]) if row["merged_into"] else None,
    )


def _requirement(row: Row, book: Book) -> Requirement:
    conditions = [book.one("extra_conditions", code=code) for code in row.codes("extra_condition_code")]
    return Requirement(
        row=row,
        levels=row.codes("language_min"),
        extra_test=book.one("exam_kinds", code=row["extra_language_test"]) if row["extra_language_test"] else None,
        conditions=tuple((one, book.one("authorities", code=one["who_proves"])) for one in conditions if one is not None),
    )


def order_page(told: OrderTold, on: dt.date) -> OrderPage:
    """An order with what it does to each kind of application, by its lines and for what is filed on a day."""
    effects = told.seen.effects
    kinds = []
    for kind in KINDS:
        lines = tuple(row for row in effects if row["application_kind"] == kind)
        asked = effect_of(told.row, effects, Case(kind=kind, today=on, filed_on=on, pending=True)) if effects else None
        kinds.append(Kind(kind, lines, asked.effect if asked else None, asked.reasons if asked else ()))
    return OrderPage(told, tuple(kinds), told.seen.stands(on))


def _happenings(row: Row, orders: Sequence[OrderTold], ceilings: Sequence[Row], book: Book) -> list[Happening]:
    """What happened to a field, the newest first."""
    told = [_happened("field_decided", row, "decided_on"), _happened("field_began", row, "valid_from")]
    told.append(_happened("field_ssw2", row, "ssw2_from"))
    if row["merged_into"]:
        told.append(_happened("field_absorbed", row, "valid_until", into=row["merged_into"]))
    merged = book.rows("fields", merged_into=row["code"])
    if merged:
        told.append(_happened("field_made_of", row, "valid_from", parts=[one["code"] for one in merged]))
    for name in book.rows("field_names", field=row["code"])[1:]:
        told.append(_happened("field_renamed", name, "valid_from"))
    for limit in ceilings:
        told.append(_happened("field_ceiling", limit, "decided_on", ceiling=limit.number("ceiling")))
    for order in orders:
        about = {"order": order.row["order_id"], "ceiling": order.row.number("ceiling")}
        told.append(_happened("field_stop_announced", order.row, "guidance_on", **about))
        told.append(_happened("field_stop_asked", order.row, "requested_on", **about))
        if order.seen.state != "announced":
            told.append(_happened("field_stopped", order.row, "effective_from", **about))
        told.append(_happened("field_opened_again", order.row, "lifted_on", **about))
    known = [one for one in told if one is not None]
    return sorted(known, key=lambda one: one.on, reverse=True)


def _happened(code: str, row: Row, column: str, **about: object) -> Happening | None:
    day = row.day(column)
    if day is None:
        return None
    confidence = row.get("lifted_confidence") or row["confidence"] if column == "lifted_on" else row["confidence"]
    return Happening(day, Reason(code, about, "", row["source"], confidence))


@dataclass(frozen=True, slots=True)
class Era:
    """A time with one number of fields: what changed, which fields came, which went."""

    row: Row
    came: tuple[Row, ...]
    went: tuple[Row, ...]
    total: Row | None


def history_of_fields(actor: Actor, book: Book) -> list[Era]:
    """How many fields there were, 14 → 12 → 16 → 19, with what came and went."""
    eras = []
    for row in book.rows("field_counts"):
        day = row.day("from_date")
        before = {one["code"] for one in book.rows("fields") if day and one.in_force(day - dt.timedelta(days=1))}
        now = [one for one in book.rows("fields") if day and one.in_force(day)]
        here = {one["code"] for one in now}
        came = tuple(one for one in now if one["code"] not in before)
        went = tuple(one for one in book.rows("fields") if one["code"] in before - here)
        totals = [one for one in book.rows("ceiling_totals", scheme="ssw1") if one["decided_on"] <= row["from_date"]]
        eras.append(Era(row, came, went, totals[-1] if totals else None))
    return eras
