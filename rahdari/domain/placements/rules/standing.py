"""Where a case stands: its two clocks, and what is missing now.

Facts in, answers out: days of steps and dated rows of `line_clocks`. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rahdari.base.reference import Row
from rahdari.domain.jobs.rules.line import (
    ALWAYS,
    ROUTES,
    STATION_OF,
    is_inside,
    is_service,
    is_supported,
    passes,
    stations_open_before,
    stations_passed,
)

# The steps each station is made of, in their order; 18 has no end of its own.
NEEDED: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: ("demand_filed",),
        2: ("demand_attested",),
        3: ("demand_permitted",),
        4: ("vacancy_published",),
        5: ("application_filed",),
        6: ("tests_passed",),
        7: ("candidate_nominated",),
        8: ("interview_set", "interview_answered", "interviewed"),
        9: ("selected",),
        10: ("terms_confirmed", "costs_declared", "costs_confirmed"),
        11: ("contract_signed",),
        12: ("guidance_given", "coe_filed", "coe_issued"),
        13: ("visa_filed", "visa_issued"),
        14: ("registered",),
        15: ("flight_booked", "departed"),
        16: ("arrived",),
        17: ("work_begun",),
    }
)
IN_JAPAN = ("guidance_given", "change_filed", "status_changed")  # station 12 where nobody travels: no certificate is asked for
OF_SERVICE = {10: ("service_terms_confirmed",), 11: ("service_signed",), 17: ("service_begun",)}
# A step that was taken shows that these were, whether or not this node was told of them.
SHOWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "candidate_nominated": ("application_filed", "tests_passed"),
        "slot_taken": ("interview_set",),
        "interviewed": ("interview_set", "interview_answered"),
        "coe_filed": ("guidance_given",),
        "coe_issued": ("guidance_given", "coe_filed"),
        "change_filed": ("guidance_given",),
        "status_changed": ("guidance_given", "change_filed"),
        "visa_issued": ("visa_filed",),
        "departed": ("flight_booked",),
    }
)
# After such a step these must be taken again.
UNDOES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "permission_expired": ("demand_permitted",),
        "interview_set": ("interview_answered",),
        "not_appeared": ("interview_set", "slot_taken", "interview_answered"),
        "terms_changed": ("terms_confirmed",),
        "coe_refused": ("coe_filed",),
        "coe_expired": ("coe_filed", "coe_issued"),
        "change_refused": ("change_filed",),
        "visa_refused": ("visa_filed",),
        "visa_expired": ("visa_filed", "visa_issued"),
        "clearance_revoked": ("registered",),
        "flight_missed": ("flight_booked",),
    }
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the clocks of a case: when it began, when it stopped, its aim in days, and the days gone."""

    row: Row
    began_on: dt.date | None
    ended_on: dt.date | None
    days: int | None

    @property
    def aim(self) -> int:
        """The days it is aimed at."""
        return self.row.number("target_days") or 0

    @property
    def over(self) -> int:
        """By how many days the aim is passed."""
        return max(0, (self.days or 0) - self.aim)

    @property
    def share(self) -> int:
        """How far the band of the drawing is filled, of 100: it is as long as the aim, or as the days where they are more."""
        return 100 * (self.days or 0) // max(self.aim, self.days or 0, 1)

    @property
    def mark(self) -> int:
        """Where the aim stands on the band, short of its end."""
        return min(99, 100 * self.aim // max(self.aim, self.days or 0, 1))


def clocks_of(rows: Iterable[Row], days: Mapping[str, dt.date], route: str, today: dt.date) -> list[Clock]:
    """The clocks of a case on its route; `days` holds the first day of each step. Empty where the route has not their end."""
    found = []
    for row in rows:
        if ROUTES[route][STATION_OF[row["until_step"]]] != ALWAYS or not row.in_force(today):
            continue
        began, ended = days.get(row["from_step"]), days.get(row["until_step"])
        gone = None if began is None else max(0, ((ended or today) - began).days)
        found.append(Clock(row, began, ended if began is not None else None, gone))
    return found


def standing_steps(steps: Iterable[str]) -> frozenset[str]:
    """Of the steps in the order they were taken those that still count: a certificate that was refused must be filed again."""
    standing: set[str] = set()
    for step in steps:
        standing -= set(UNDOES.get(step, ()))
        standing |= {step, *SHOWS.get(step, ())}
    return frozenset(standing)


def needed_on(route: str) -> Mapping[int, tuple[str, ...]]:
    """The steps each station of a route is made of."""
    if is_inside(route):
        return {**NEEDED, 12: IN_JAPAN}
    return {**NEEDED, **OF_SERVICE} if is_service(route) else NEEDED


def missing_now(steps: Iterable[str], route: str) -> list[str]:
    """The steps that are missing at the station a case stands at, and those of earlier ones that must be taken again."""
    taken = list(steps)
    standing, passed = standing_steps(taken), stations_passed(taken)
    open_ones = stations_open_before(max(NEEDED) + 1, passed, route)
    last = open_ones[0] if open_ones else max(NEEDED)
    found = []
    for station, needed in needed_on(route).items():
        if station > last or ROUTES[route][station] != ALWAYS:
            continue
        again = {step for one in taken for step in UNDOES.get(one, ())}
        wanted = needed if station == last else tuple(step for step in needed if step in again)
        found += [step for step in wanted if step not in standing and not (step == "guidance_given" and not is_supported(route))]
    return found


def first_days(steps: Iterable[tuple[str, dt.date]]) -> dict[str, dt.date]:
    """The first day of each step that passes a station."""
    days: dict[str, dt.date] = {}
    for step, on in steps:
        if passes(step):
            days[step] = min(on, days.get(step, on))
    return days
