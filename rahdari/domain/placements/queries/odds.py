"""What became of applicants, on the page of a vacancy below: how many were selected, how long a decision takes in the field."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.domain.jobs.models import Vacancy
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD
from rahdari.web.panels import Panel

from ..models import Case

LOOKED_BACK = dt.timedelta(days=365)
WAITS = """
    select count(*), percentile_disc(0.5) within group (order by wait) from (
        select min(decided."on") - vacancy.published_on as wait
        from placements_decision decided
        join placements_case held on held.id = decided.case_id
        join jobs_vacancy vacancy on vacancy.id = held.vacancy_id
        join jobs_demand demand on demand.id = vacancy.demand_id
        where demand.field = %s and decided."on" >= %s
        group by held.id, vacancy.published_on
    ) as waits
"""


@dataclass(frozen=True, slots=True)
class Odds:
    """`selected` so far of this vacancy, None for one to four; of the field `counted` decisions and their median `wait` in days.

    `wait` is None where fewer than five were decided in a year.
    """

    selected: int | None
    wait: int | None


def odds_of(vacancy: Vacancy, on: dt.date) -> Odds:
    """What can be told of a vacancy's odds without pointing at a person."""
    selected = Case.objects.filter(vacancy=vacancy, state="selected").count()
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [vacancy.demand.field, on - LOOKED_BACK])
        counted, wait = cursor.fetchone()
    return Odds(selected if not selected or selected >= FEWEST_TOLD else None, max(0, wait) if counted >= FEWEST_TOLD else None)


def odds_panel(actor: Actor, vacancy: Vacancy) -> Panel:
    """For anyone: selected so far, and the median wait from publication to the employer's decision in this field."""
    return Panel("placements/_odds.html", {"odds": odds_of(vacancy, day_at(now(), actor.node)), "enough": FEWEST_TOLD})
