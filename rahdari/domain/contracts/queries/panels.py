"""What contracts shows on pages below: on a vacancy, what the worker pays in all and what the law says of each cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.domain.jobs.models import Vacancy
from rahdari.domain.jobs.queries.seen import money_of
from rahdari.web.panels import Panel

from ..rules.costs import check_costs
from ..rules.costs_shape import CostsFacts
from ..rules.ledger import MINOR_UNITS, CostTold, route_of, worker_total


def vacancy_costs_panel(actor: Actor, vacancy: Vacancy) -> Panel | None:
    """On a vacancy that shows its costs, for anyone: the sum that falls on the worker, and every finding of the law on a cost."""
    if not vacancy.costs:
        return None
    book = current_book()
    route = vacancy.demand.route
    told = {**route_of(route, book), "lines": [_line(one) for one in vacancy.costs]}
    answer = check_costs(read_facts(CostsFacts, told, book), book, day_at(now(), actor.node))
    reasons = [one for one in answer.reasons if one.code != "item_not_recognised"]
    total = worker_total(CostTold(one["code"], money_of(one["money"]), one["payer"], "", "") for one in vacancy.costs)
    return Panel("contracts/_vacancy_costs.html", {"total": total, "reasons": reasons, "as_of": answer.as_of})


def _line(one: Mapping[str, Any]) -> dict[str, object]:
    """A cost of the advertisement as the checker takes it: in whole units, what the state pays paid by the government."""
    money, payer = one["money"], one["payer"]
    whole = -(-money["amount"] // MINOR_UNITS.get(money["currency"], 1))
    told = {"item": one["code"], "amount": whole, "currency": money["currency"]}
    return {**told, "payer": "government" if payer == "state" else payer, "basis_shown": True}
