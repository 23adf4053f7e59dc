"""The checker of costs: every line of a recruitment under four norms, and the sums.

Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rahdari.base.facts import Answer
from rahdari.base.reference import Book
from rahdari.base.refusal import Reason

from .costs_amounts import currency_of, judge_amounts, to_government
from .costs_lines import Line, Point, Points, point, read_lines
from .costs_norms import judge_line
from .costs_shape import CostsFacts

NORMS = ("PK", "JP", "MOC", "ILO", "")


def check_costs(facts: CostsFacts, book: Book, today: dt.date) -> Answer:
    """Says of each line what Pakistan, the Memorandum, Japan and the ILO find, and adds up who pays.

    `findings` name the line by its index from 0; a finding on a sum stands on the line that
    takes the sum too far. Sums are whole units per currency of the lines as told, without
    conversion. `known` is false when a verdict had to be left open. Each line is judged by the
    law of its `paid_on`, of `today` where none is told. Source: fees_pk, fees_jp, fee_rules,
    fee_categories, support_items.
    """
    lines = read_lines(facts, book, today)
    points = [*judge_amounts(lines, facts, book), *_open_sums(lines, book)]
    points += [found for line in lines for found in judge_line(line, book)]
    points.sort(key=lambda one: (one.line, NORMS.index(one.norm)))
    answer: dict[str, object] = {
        "findings": [{"code": one.reason.code, "line": one.line, "norm": one.norm} for one in points if one.norm],
        "totals": _totals(lines, book),
        "government_total": _sums((line for line in lines if to_government(line, book)), book),
        "worker_total": _sums((line for line in lines if line.worker_pays), book),
        "lines": [{"ilo_category": line.category or None, "ilo_group": line.group or None} for line in lines],
    }
    if not facts.said("lines") or not all(one.known for one in points):
        answer["known"] = False
    return Answer(answer, _reasons(facts, points), today)


def _reasons(facts: CostsFacts, points: list[Point]) -> tuple[Reason, ...]:
    if not facts.said("lines"):
        return (Reason("costs_not_told"),)
    return tuple(one.reason for one in points) or (Reason("no_cost_finding"),)


def _open_sums(lines: Iterable[Line], book: Book) -> Points:
    """The lines that cannot stand in the sums, because their currency or payer was not told."""
    for line in lines:
        if line.said.amount and not currency_of(line, book):
            yield point(line, "currency_not_said", known=False)
        if line.said.amount and not line.said.payer:
            yield point(line, "payer_not_said", known=False)


def _sums(lines: Iterable[Line], book: Book) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        if line.said.amount is not None and (currency := currency_of(line, book)):
            sums[currency] = sums.get(currency, 0) + line.said.amount
    return sums


def _totals(lines: Iterable[Line], book: Book) -> dict[str, dict[str, int]]:
    payers: dict[str, list[Line]] = {}
    for line in lines:
        if line.said.payer:
            payers.setdefault(line.said.payer, []).append(line)
    return {payer: sums for payer, paid in payers.items() if (sums := _sums(paid, book))}
