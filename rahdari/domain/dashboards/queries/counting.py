"""Counts the line of all cases in the database: a fixed number of aggregate queries, however many cases there are.

A station counts as passed on the first day of a step that passes it, the own word of the side that took it before a paper;
contested papers do not count. The days at a station run from the last earlier station a case passed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from rahdari.base.reference import Row
from rahdari.domain.jobs.rules.line import PASSING
from rahdari.domain.placements.rules.cases import OVER
from rahdari.domain.placements.rules.turns import ENDS

from ..rules.funnel import (
    ALL,
    ENDED,
    HERE,
    OF_CASES,
    OF_DEMANDS,
    OWN,
    PAPER,
    PASSED,
    WHY,
    Counts,
    waits_at,
)

# One row a station and field, and one a station for all fields: passed, of those from paper, with days, their median.
PASSES = """
    with firsts as (
        select {key} as thing, station, coalesce(min("on") filter (where source <> 'paper'), min("on")) as "on",
               bool_and(source = 'paper' and confirmed_by is null) as paper
        from {table} where step = any(%(steps)s) and contested_by is null group by {key}, station
    ), days as (
        select thing, station, "on", paper,
               "on" - max("on") over (
                   partition by thing order by station rows between unbounded preceding and 1 preceding
               ) as days
        from firsts
    )
    select days.station, demand.field, count(*), count(*) filter (where days.paper), count(days.days),
           percentile_cont(0.5) within group (order by greatest(0, days.days))
    from days {joins} where days."on" between %(since)s and %(until)s
    group by grouping sets ((days.station, demand.field), (days.station))
"""
OF_A_CASE = {
    "key": "case_id",
    "table": "placements_stationevent",
    "joins": "join placements_case held on held.id = days.thing join jobs_demand demand on demand.id = held.demand_id",
}
OF_A_DEMAND = {"key": "demand_id", "table": "jobs_demandstep", "joins": "join jobs_demand demand on demand.id = days.thing"}
WAITING = """
    select demand.field, held.route, held.station, count(*)
    from placements_case held join jobs_demand demand on demand.id = held.demand_id
    where held.state <> all(%(over)s) group by demand.field, held.route, held.station
"""
OVER_NOW = """
    with ended as (
        select case_id, max("on") as "on" from placements_stationevent where step = any(%(ends)s) group by case_id
    )
    select demand.field, held.route, held.station, held.state, count(*)
    from ended join placements_case held on held.id = ended.case_id join jobs_demand demand on demand.id = held.demand_id
    where held.state = any(%(over)s) and ended."on" between %(since)s and %(until)s
    group by demand.field, held.route, held.station, held.state
"""
# Of the cases that reached the end of a clock between two days: how many, and the median of its days.
CLOCK = """
    with ends as (
        select case_id, min("on") filter (where step = %(until_step)s) as ended,
               min("on") filter (where step = %(from_step)s) as begun
        from placements_stationevent where step in (%(until_step)s, %(from_step)s) and contested_by is null group by case_id
    ), clocks as (
        select demand.field, ended - case when %(from_step)s = 'demand_filed' then demand.filed_on else begun end as days
        from ends join placements_case held on held.id = ends.case_id join jobs_demand demand on demand.id = held.demand_id
        where ended between %(since)s and %(until)s
    )
    select field, count(days), percentile_cont(0.5) within group (order by greatest(0, days))
    from clocks group by grouping sets ((field), ())
"""


@dataclass
class Counted:
    """What was counted: numbers, and medians with the number of cases they are made of, by field and station or clock."""

    counts: Counts = field(default_factory=Counts)
    medians: dict[tuple[str, object], tuple[int, float]] = field(default_factory=dict)
    clocks: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)


def count_line(node: str, clocks: Sequence[Row], since: dt.date, until: dt.date) -> Counted:
    """The line of all cases of a node from one day to another (both count), and where its cases stand now."""
    told: dict[str, Any] = {"steps": list(PASSING), "since": since, "until": until, "over": list(OVER), "ends": list(ENDS)}
    found, counted = Counted(), OF_CASES[node]
    for part, stations in ((OF_A_DEMAND, OF_DEMANDS), (OF_A_CASE, counted)):
        for station, of_field, passed, paper, with_days, median in _rows(PASSES.format_map(part), told):
            if station not in stations:
                continue
            if of_field is not None:
                found.counts.add(of_field, PASSED, station, passed)
                found.counts.add(of_field, PAPER, station, paper)
                found.counts.add(of_field, OWN, station, passed - paper)
            if with_days:
                found.medians[of_field or ALL, station] = (with_days, median)
    _count_cases(found.counts, told, counted)
    for row in clocks:
        steps = {"from_step": row["from_step"], "until_step": row["until_step"]}
        for of_field, number, median in _rows(CLOCK, told | steps):
            if number:
                found.clocks[of_field or ALL, row["code"]] = (number, median)
    return found


def _count_cases(counts: Counts, told: Mapping[str, Any], counted: tuple[int, ...]) -> None:
    """Where open cases wait, and where those that are over ended."""
    waiting: dict[tuple[str, int], int] = defaultdict(int)
    for of_field, route, passed, number in _rows(WAITING, told):
        if (at := waits_at(route, passed, counted)) is not None:
            waiting[of_field, at] += number
    for (of_field, at), number in waiting.items():
        counts.add(of_field, HERE, at, number)
    for of_field, route, passed, state, number in _rows(OVER_NOW, told):
        counts.add(of_field, ENDED, waits_at(route, passed, counted), number)
        counts.add(of_field, WHY, state, number)


def _rows(query: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, dict(told))
        return list(cursor.fetchall())
