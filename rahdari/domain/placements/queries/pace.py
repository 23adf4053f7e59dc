"""How long others took at a station: the median of the last ninety days, where there are enough of them to say one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from rahdari.domain.jobs.rules.line import PASSING
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD

from ..models import Case

LOOKED_BACK = dt.timedelta(days=90)
# The days from the last earlier station a case passed to the day it passed this one; each case once, on its first day.
PACE = """
    with here as (
        select step.case_id, min(step."on") as "on" from placements_stationevent step
        where step.station = %(station)s and step."on" between %(since)s and %(until)s and step.step = any(%(steps)s)
            and step.contested_by is null and step.case_id <> %(case)s
            and not exists (
                select from placements_stationevent before
                where before.case_id = step.case_id and before.station = %(station)s and before."on" < %(since)s
                    and before.step = any(%(steps)s) and before.contested_by is null
            )
        group by step.case_id
    ), earlier as (
        select case_id, max(first) as "on" from (
            select step.case_id, step.station, min(step."on") as first
            from placements_stationevent step join here on here.case_id = step.case_id
            where step.station < %(station)s and step.step = any(%(steps)s) and step.contested_by is null
            group by step.case_id, step.station
        ) as stations group by case_id
    ), taken as (
        select demand.field = %(field)s as own, greatest(0, here."on" - earlier."on") as days
        from here join earlier on earlier.case_id = here.case_id
        join placements_case held on held.id = here.case_id join jobs_demand demand on demand.id = held.demand_id
    )
    select count(*) filter (where own), percentile_cont(0.5) within group (order by days) filter (where own),
           count(*), percentile_cont(0.5) within group (order by days) from taken
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """The median days of others at a station, how many they are, and whether all of them are of the same field."""

    days: float
    others: int
    of_field: bool

    @property
    def whole(self) -> int:
        """The median in whole days, a half rounded up."""
        return int(self.days + 0.5)


def pace_at(case: Case, station: int, today: dt.date) -> Pace | None:
    """The pace of others at the station: of the same field where five or more passed it, else of all; None where fewer did."""
    told: dict[str, Any] = {"station": station, "steps": list(PASSING), "case": case.pk, "field": case.demand.field}
    with connection.cursor() as cursor:
        cursor.execute(PACE, told | {"since": today - LOOKED_BACK, "until": today})
        of_field, field_days, of_all, all_days = cursor.fetchone()
    if of_field >= FEWEST_TOLD:
        return Pace(field_days, of_field, True)
    return Pace(all_days, of_all, False) if of_all >= FEWEST_TOLD else None
