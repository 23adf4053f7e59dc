"""Cases that end because their demand is withdrawn: nobody is selected for work that is not there."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work
from rahdari.domain.jobs.models import Demand

from ..access import PERMITS
from ..models import Case
from ..rules.cases import OVER
from ..rules.steps import SIGNED_AT
from .steps import record_step
from .withdrawing import _over


def end_cases(*, actor: Actor, demand_id: UUID, reason: str, at: dt.datetime) -> int:
    """Lets every case of a withdrawn demand go that has no signed contract; says how many. Each node does it for what it holds.

    What both sides know was told with the demand itself; nothing is told again. Can be done again. Leaves the cases ended with
    the reason, the places free, and nothing waiting on them.
    """
    with unit_of_work("placements.end_cases", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_cases"])
        demand = Demand.objects.get(pk=demand_id)
        rows = Case.objects.filter(demand=demand, station__lt=SIGNED_AT).exclude(state__in=OVER)
        cases = list(rows.select_for_update().order_by("id"))
        on = day_at(at, actor.node)
        for case in cases:
            record_step(actor=actor, case_id=case.pk, step="case_let_go", on=on, acting=demand.employer, reason=reason, at=at)
            _over(unit, case, "let_go")
        unit.about(demand, cases=len(cases), reason=reason)
    return len(cases)
