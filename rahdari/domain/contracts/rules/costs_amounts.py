"""Amounts against the tables of fees: fixed fees, ceilings, and what the tables do not know.

Lines of one item are added up before they meet the table. One recruitment knows one
service charge of a promoter: all its lines meet the same ceiling, under whatever
name they come. No Django, no database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.base.reference import Book, Row

from .costs_lines import Line, Points, law, point
from .costs_shape import CostsFacts

PLACEMENT, PROCESSING = "OEP_SERVICE_PLACEMENT", "OEP_SERVICE_PROCESSING"
SERVICE = (PLACEMENT, PROCESSING)
ROUTE_OF = {"promoter": "oep", "oep": "oep", "oec": "oec"}


@dataclass(frozen=True, slots=True)
class FeeTable:
    """A table of fees, the norm it speaks for and the one currency it is written in."""

    name: str
    norm: str
    column: str
    currency: str


PK = FeeTable("fees_pk", "PK", "amount_pkr", "PKR")
TABLES = {"fees_pk": PK, "fees_jp": FeeTable("fees_jp", "JP", "amount_jpy", "JPY")}


def fee_item(line: Line, book: Book) -> str:
    """The item of a fee table a line is about, "" when about none.

    A matching fee by its ILO category, paid to the promoter or the state
    corporation, is their service charge.
    """
    if line.table in TABLES:
        return line.item
    route = ROUTE_OF.get(line.payee, "") if line.table == "fee_categories" else ""
    rows = book.rows("fees_pk", ilo_category=line.category, route=route) if route else ()
    return next((row["item"] for row in rows if row["kind"] != "fixed"), "")


def fee_table(line: Line) -> FeeTable:
    """The table whose currency and norm count for a line; a charge named otherwise is one of Pakistan's promoters."""
    return TABLES.get(line.table, PK)


def currency_of(line: Line, book: Book) -> str:
    """The currency of a line; an item of a fee table is read in the table's own where none was told."""
    return line.said.currency or (fee_table(line).currency if fee_item(line, book) else "")


def judge_amounts(lines: tuple[Line, ...], facts: CostsFacts, book: Book) -> Points:
    """What the fee tables say of the amounts: points of Pakistan (fees_pk) and of Japan (fees_jp)."""
    heaps: dict[Row, list[Line]] = {}
    for line, item in _met(lines, facts, book):
        row = _row(line, item, facts.route, book)
        if not isinstance(row, Row):
            yield from _no_row(line, item, row, book, facts.route)
        elif row["kind"] == "ceiling" and line.business_pays:
            continue  # the ceiling binds what is taken from the worker
        elif row.number(fee_table(line).column) is None:
            yield point(line, "ceiling_unknown", row, norm=fee_table(line).norm, known=False)
        elif line.said.currency not in (None, fee_table(line).currency):
            yield from _other_currency(line, row)
        else:
            if line.said.amount and not line.said.currency:
                yield point(line, "currency_from_table", row, {"currency": fee_table(line).currency})
            heaps.setdefault(row, []).append(line)
    for row, heap in heaps.items():
        yield from _meet(row, heap, book)


def _met(lines: Iterable[Line], facts: CostsFacts, book: Book) -> list[tuple[Line, str]]:
    """The lines that meet a table, each with the item whose row it meets in this case."""
    asked = [line for line in lines if line.said.amount is not None or line.amount_open]
    pairs = [(line, item) for line in asked if (item := fee_item(line, book))]
    placed = any(item == PLACEMENT and not line.business_pays for line, item in pairs)
    service = PLACEMENT if placed and not facts.processing_only else PROCESSING
    return [(line, service if item in SERVICE else item) for line, item in pairs]


def _row(line: Line, item: str, route: str | None, book: Book) -> Row | str:
    """The one row that holds, or the word for why there is none."""
    table = fee_table(line).name
    cells = {"item": item, "route": route} if route and table == PK.name else {"item": item}
    rows = book.in_force(table, line.on, **cells)
    if len({(row[fee_table(line).column], row["kind"]) for row in rows}) > 1:
        return "route_not_said"
    if rows:
        return rows[0]
    if book.rows(table, **cells):
        return "fee_table_later"
    # Where the sum of a route is known, its list of fees is complete.
    return "charge_not_on_route" if book.rows("fee_subtotals_pk", route=route or "") else "route_not_confirmed"


def _no_row(line: Line, item: str, why: str, book: Book, route: str | None) -> Points:
    """What can be said where no row holds: a charge outside a complete list is found, all else stays open."""
    table = fee_table(line)
    some = book.one(table.name, item=item)
    if why == "charge_not_on_route":
        if line.charged and not line.business_pays:
            yield point(line, why, law("PK_CEILING", line.on, book) if item in SERVICE else some, norm=table.norm)
        return
    if why == "route_not_said":
        yield point(line, why, some, known=False)
        return
    some = book.one(table.name, route=route) if route and why == "route_not_confirmed" else some
    yield point(line, "ceiling_unknown", some, norm=table.norm, known=False)
    yield point(line, why, some, {"on": line.on}, known=False)


def _other_currency(line: Line, row: Row) -> Points:
    table = fee_table(line)
    about = {"currency": line.said.currency, "table_currency": table.currency}
    yield point(line, "ceiling_unknown", row, norm=table.norm, known=False)
    yield point(line, "other_currency", row, about, known=False)


def _meet(row: Row, heap: list[Line], book: Book) -> Points:
    """A sum meets its row: the point stands on the line that takes the sum too far, else on the last one."""
    table, total, crossing = fee_table(heap[0]), 0, None
    limit = row.number(table.column) or 0
    for line in heap:
        total += line.said.amount or 0
        crossing = crossing or (line if total > limit else None)
    last = crossing or heap[-1]
    about: dict[str, object] = {"amount": total, "ceiling": limit, "currency": table.currency}
    if crossing is None and any(line.amount_open for line in heap):
        yield point(last, "amount_not_said", row, known=False)
    elif row["kind"] == "ceiling":
        yield from _capped(row, heap, last, crossing is not None, about, book)
    elif total != limit:
        yield point(last, "wrong_amount", row, about, norm=table.norm)
    else:
        yield point(last, "right_amount", row, about)


def _capped(row: Row, heap: list[Line], last: Line, over: bool, about: dict[str, object], book: Book) -> Points:
    rule = law("PK_CEILING", last.on, book)
    if rule is None:
        return
    if row["item"] == PROCESSING and any(fee_item(line, book) == PLACEMENT for line in heap):
        yield point(last, "processing_ceiling", row, about)
    if over:
        yield point(last, "over_pk_ceiling", rule, about, norm=rule["norm"], sure=row["confidence"])
    else:
        yield point(last, "within_pk_ceiling", rule, about, sure=row["confidence"])


def to_government(line: Line, book: Book) -> bool:
    """What a state asks for: the fixed items of the fee tables, and what else is paid to a government, bribes apart."""
    fixed = line.table in TABLES and bool(book.rows(line.table, item=line.item, kind="fixed"))
    return fixed or (line.payee == "government" and line.group != "illegitimate")
