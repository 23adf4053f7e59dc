"""A proposed refusal that falls because the demand moved on."""

from __future__ import annotations

from rahdari.base.work import Unit

from ..models import Demand
from ..queries.demands import open_refusal

REFUSE = "jobs.refuse_permission"


def _drop_refusal(unit: Unit, demand: Demand) -> None:
    """A proposal that waits falls when the demand is permitted, corrected or withdrawn."""
    row = open_refusal(demand)
    if row is not None:
        row.decided_at, row.outcome = unit.at, "dropped"
        unit.save(row)
        unit.settle(REFUSE, demand, "dropped")
