"""The line: nineteen stations, which of them a route has, and which step passes which (corridor.md 1, actions.md 3).

Stations 1 to 4 are recorded in this package, 5 to 19 in placements; both, and every page, read these tables.
No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rahdari.base.refusal import Refusal

STATIONS = tuple(range(1, 20))
ALWAYS, IF_NEEDED, NEVER = "yes", "if_needed", "no"


def _route(*, needed: Iterable[int] = (), never: Iterable[int] = ()) -> Mapping[int, str]:
    return MappingProxyType(dict.fromkeys(STATIONS, ALWAYS) | dict.fromkeys(needed, IF_NEEDED) | dict.fromkeys(never, NEVER))


# Which stations a route has; codes of routes as in `fees_pk` where it has them.
ROUTES: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "oep": _route(),
        "oec": _route(needed=(3,)),
        "direct": _route(needed=(2,), never=(3, 4)),
        "inside": _route(never=(2, 3, 4, 13, 14, 15, 16)),
        "professional": _route(needed=(2, 3, 4, 7), never=(6,)),
        "remote": _route(needed=(4,), never=(2, 3, 6, 12, 13, 14, 15, 16)),
    }
)


# An employer's own offer: nobody recruits, so nobody permits or publishes it. Promoters for professionals cannot be named yet.
OWN_OFFERS = ("direct", "inside", "professional")
# A worker at home serves a client abroad: a contract of services, no employment. Its steps from station 10 on are its own.
SERVICE_ROUTE = "remote"
SERVICE_FROM = 10
SERVICE_STEPS = (
    "service_terms_confirmed", "service_signed", "service_begun", "milestone_delivered", "milestone_returned",
    "milestone_accepted", "milestone_paid", "service_ended",
)  # fmt: skip


def is_service(route: str) -> bool:
    """Whether what is agreed on this route is a service and no employment: nobody leaves, and no office permits anything."""
    return route == SERVICE_ROUTE


def of_route(step: str, route: str) -> bool:
    """Whether a step can be taken on a route: its station is there, and from the terms on it is one of its kind of contract."""
    if ROUTES[route][STATION_OF[step]] == NEVER:
        return False
    return STATION_OF[step] < SERVICE_FROM or is_service(route) == (step in SERVICE_STEPS)


def is_published(route: str) -> bool:
    """Whether places are published on this route; where they are not, the employer tells those it wants where to apply."""
    return route not in OWN_OFFERS


def is_supported(route: str) -> bool:
    """Whether a support plan, and so the guidance before it, belongs to this route: to specified skilled workers alone."""
    return route not in ("professional", "remote")


def fees_of(route: str) -> str:
    """The route of `fees_pk` by which the state charges: professionals whom nobody recruits are employed directly."""
    return "direct" if route == "professional" else route


def is_travelled(route: str) -> bool:
    """Whether somebody on this route leaves home for Japan: with a certificate of eligibility, a visa and a clearance."""
    return ROUTES[route][15] != NEVER


def is_inside(route: str) -> bool:
    """Whether people on this route live in Japan already: their status of residence is changed there, nobody travels."""
    return ROUTES[route][12] != NEVER and not is_travelled(route)


TRAVELLED = tuple(route for route in ROUTES if is_travelled(route))


def is_attested(route: str) -> bool:
    """Whether the papers of a demand on this route lie before the mission in Tokyo."""
    return ROUTES[route][2] != NEVER


# Steps: their station, whether they pass it (the others are told on the way or after it), and the side that takes them.
STEPS: Mapping[str, tuple[int, bool, str]] = MappingProxyType(
    {
        # what is not told by `journey.stage`, but by statements of its own or by none
        "demand_filed": (1, True, "jp"),
        "demand_corrected": (1, False, "jp"),
        "demand_withdrawn": (1, False, "jp"),
        "application_filed": (5, True, "pk"),
        "tests_passed": (6, True, "jp"),
        "candidate_nominated": (7, True, "pk"),
        "interview_set": (8, False, "jp"),
        "slot_taken": (8, False, "pk"),
        "interviewed": (8, True, "jp"),
        "selected": (9, True, "jp"),
        "reserve": (9, False, "jp"),
        "not_selected": (9, False, "jp"),
        "application_withdrawn": (5, False, "pk"),
        "case_let_go": (5, False, "both"),
        "application_refused": (5, False, "pk"),
        "application_held": (5, False, "pk"),
        "application_released": (5, False, "pk"),
        "nomination_returned": (7, False, "jp"),
        "terms_changed": (10, False, "jp"),
        "contract_rescinded": (11, False, "jp"),
        "not_appeared": (8, False, "jp"),
        # the closed list of `journey.stage` (actions.md, section 4)
        "demand_attested": (2, True, "pk"),
        "demand_objected": (3, False, "pk"),
        "demand_permitted": (3, True, "pk"),
        "demand_refused": (3, False, "pk"),
        "permission_extended": (3, False, "pk"),
        "permission_expired": (3, False, "pk"),
        "vacancy_published": (4, True, "pk"),
        "vacancy_closed": (4, False, "pk"),
        "test_booked": (6, False, "pk"),
        "test_cancelled": (6, False, "pk"),
        "interview_answered": (8, False, "pk"),
        "terms_confirmed": (10, False, "pk"),
        "costs_declared": (10, False, "both"),
        "costs_confirmed": (10, True, "pk"),
        "contract_signed": (11, True, "pk"),
        "case_held": (11, False, "pk"),
        "case_moved": (11, False, "pk"),
        "guidance_given": (12, False, "jp"),
        "coe_filed": (12, False, "jp"),
        "coe_more_papers": (12, False, "jp"),
        "coe_issued": (12, True, "jp"),
        "coe_refused": (12, False, "jp"),
        "coe_expired": (12, False, "jp"),
        "change_filed": (12, False, "jp"),
        "status_changed": (12, True, "jp"),
        "change_refused": (12, False, "jp"),
        "field_effect": (12, False, "both"),
        "visa_filed": (13, False, "pk"),
        "visa_issued": (13, True, "jp"),
        "visa_refused": (13, False, "jp"),
        "visa_expired": (13, False, "jp"),
        "registered": (14, True, "pk"),
        "clearance_refused": (14, False, "pk"),
        "clearance_revoked": (14, False, "pk"),
        "flight_booked": (15, False, "pk"),
        "departed": (15, True, "pk"),
        "flight_missed": (15, False, "pk"),
        "arrived": (16, True, "jp"),
        "not_arrived": (16, False, "jp"),
        "work_begun": (17, True, "jp"),
        "work_not_begun": (17, False, "jp"),
        "support_done": (18, False, "jp"),
        "extended": (18, False, "jp"),
        "stay_refused": (18, False, "jp"),
        "sixth_year": (18, False, "jp"),
        "employer_changed": (18, False, "jp"),
        "employment_ended": (18, False, "jp"),
        "missing": (18, False, "jp"),
        "found": (18, False, "jp"),
        "illness": (18, False, "both"),
        "deceased": (18, False, "both"),
        "resident_reviewed": (18, False, "jp"),
        "temporary_passport": (19, False, "both"),
        "returned": (19, True, "both"),
        # a service from home (actions.md, section 3, "remote, freelance")
        "service_terms_confirmed": (10, True, "pk"),
        "service_signed": (11, True, "pk"),
        "service_begun": (17, True, "jp"),
        "milestone_delivered": (18, False, "pk"),
        "milestone_returned": (18, False, "jp"),
        "milestone_accepted": (18, False, "jp"),
        "milestone_paid": (18, False, "jp"),
        "service_ended": (19, True, "both"),
    }
)
STATION_OF = MappingProxyType({step: station for step, (station, _, _) in STEPS.items()})


def passes(step: str) -> bool:
    """Whether a step passes its station."""
    return STEPS[step][1]


# The steps that pass a station.
PASSING = tuple(step for step in STEPS if passes(step))


def side_of(step: str) -> str:
    """The side that takes a step: `pk`, `jp`, or `both` where either may."""
    return STEPS[step][2]


def own_side(step: str, node: str) -> bool:
    """Whether a step is one of the node's own state."""
    return side_of(step) in (node, "both")


# Who was nominated had applied, whether or not this side was told of it (nothing crosses before 7).
IMPLIED = {7: 5}


def stations_passed(steps: Iterable[str]) -> frozenset[int]:
    """The stations that a set of recorded steps has passed, with those they imply."""
    passed = {STATION_OF[step] for step in steps if passes(step)}
    return frozenset(passed | {IMPLIED[station] for station in passed if station in IMPLIED})


def stations_open_before(station: int, passed: Iterable[int], route: str) -> list[int]:
    """The stations before this one that the route always has and that are not passed yet.

    Station 6 may be done before 5, so it is asked only from 7 on.
    """
    done = set(passed)
    before = (one for one in STATIONS if one < station and not (one == 6 and station < 7))
    return [one for one in before if ROUTES[route][one] == ALWAYS and one not in done]


def why_not_before(on: dt.date, today: dt.date, earlier: Iterable[tuple[dt.date, bool]]) -> list[Refusal]:
    """Why a step cannot bear this date: it lies in the future, or before a step of an earlier station.

    `earlier` holds the days of those steps and whether the other side took them: the calendars of the two sides may
    differ by a day at the same moment, so that a day before the other side's is not yet a contradiction.
    """
    if on > today:
        return [Refusal("date_in_future", {"day": on}, member="on")]
    one_day = dt.timedelta(days=1)
    last = max((day - one_day if other_side else day for day, other_side in earlier), default=on)
    return [Refusal("before_previous_step", {"day": on, "previous": last}, member="on")] if on < last else []
