"""Costs as the other node tells them: the sending node, where the worker confirms, decides what counts; the other follows."""

from __future__ import annotations

import datetime as dt

from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.placements.models import Case

from ..models import CostDeclaration
from ..queries.papers import declarations_of, lines_of
from ..rules.ledger import as_confirmed, declared_whole, line_of, lines_hash, why_not_declare
from .terms import _offer_locked
from .waiting import SENDING, _wait_for_worker


def _costs_declared(unit: Unit, case: Case, statement: Statement) -> None:
    """Lines of the other side take the place of its earlier ones; where the worker confirms they meet the law once more."""
    offer, body, told = _offer_locked(unit, case), statement.data["acting"], list(statement.data["details"]["lines"])
    unit.refuse([] if (body == case.employer) == (statement.sender != SENDING) else [Refusal("not_own_case")])
    if unit.actor.node == SENDING:
        before = lines_of(declarations_of(case).exclude(body=body))
        confirmed, rescinded = offer.costs_confirmed_on is not None, offer.state == "rescinded"
        law = {"route": case.route, "book": current_book(), "today": day_at(unit.at, unit.actor.node)}
        lines = [line_of(one) for one in told]
        unit.refuse(why_not_declare(lines, before=before, confirmed=confirmed, rescinded=rescinded, **law))  # type: ignore[arg-type]
        if declared_whole(declarations_of(case).values_list("body", flat=True), case.promoter):
            _wait_for_worker(unit, "contracts.confirm_costs", case)
    declarations_of(case).filter(body=body).update(replaced_at=unit.at)
    on = dt.date.fromisoformat(statement.data["on"])
    unit.add(CostDeclaration(**told_by(statement), case=case, body=body, declared_on=on, lines=told))


def _costs_confirmed(unit: Unit, case: Case, statement: Statement) -> None:
    """The worker's yes to every line; a declaration of this side that came after it counts for nothing any more."""
    offer, told_hash = _offer_locked(unit, case), statement.data["details"]["lines_hash"]
    held = lines_hash(lines_of(declarations_of(case)))
    if held != told_hash:
        _taken_back(unit, case, told_hash)
    offer.costs_confirmed_on, offer.costs_hash = dt.date.fromisoformat(statement.data["on"]), told_hash
    unit.save(offer)


def _taken_back(unit: Unit, case: Case, told_hash: str) -> None:
    own = list(CostDeclaration.objects.filter(case=case, home=unit.actor.node).order_by("-id"))
    others = lines_of(declarations_of(case).exclude(home=unit.actor.node))
    place = as_confirmed(others, [lines_of([one]) for one in own], told_hash)
    if place is None:
        unit.refuse([Refusal("hash_differs")])
    for number, one in enumerate(own):
        replaced = None if number == place else one.replaced_at or unit.at
        if replaced != one.replaced_at:
            one.replaced_at = replaced
            unit.save(one)
