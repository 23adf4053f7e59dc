"""What a timetable costs the people in it, the least any could cost, and who found no time.

A candidate left out counts as much as a year's wait; each interview counts the days its candidate waits after the first
possible one; each interview of the fullest interviewer counts a day for every interviewer, so that work is spread.
No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from .seats import Seats
from .told import Meeting, Plan, day_of

LEFT_OUT, A_DAY = 365, 1
HOURS_FULL, NEVER_FREE = "hours_full", "never_free"


def days_waited(plan: Plan, begin: dt.datetime) -> int:
    """How many days of Japan after the first possible one a time lies."""
    return (day_of(begin) - day_of(plan.earliest)).days


def for_fullest(plan: Plan) -> int:
    """What one more interview of the fullest interviewer counts."""
    return len({one.interviewer for one in plan.hours})


def cost_of(plan: Plan, meetings: Sequence[Meeting]) -> int:
    """What a timetable costs; the less the better."""
    loads = Counter(one.interviewer for one in meetings)
    waited = sum(days_waited(plan, one.starts_at) for one in meetings)
    missing, fullest = len(plan.candidates) - len(meetings), max(loads.values(), default=0)
    return LEFT_OUT * missing + A_DAY * waited + for_fullest(plan) * fullest


def bound_of(seats: Seats) -> int:
    """The least any timetable of these seats can cost: the cheapest seats for as many as there are, whoever could come.

    Counted without looking at who is free when, with the room of each place and each interviewer's day kept.
    """
    plan = seats.plan
    days: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rooms: dict[int, int] = defaultdict(int)
    for when in seats.times:
        day = days_waited(plan, when[0])
        rooms[day] += seats.room[when]
        for interviewer in seats.sitting[when]:
            days[day][interviewer] += 1
    left, cost, placed = len({one.person for one in plan.candidates}), 0, 0
    sitting = {name for there in days.values() for name in there}
    for day in sorted(days):
        seats_there = min(rooms[day], sum(min(number, plan.most_a_day) for number in days[day].values()))
        taken = min(left, seats_there) if day < LEFT_OUT else 0
        left, cost, placed = left - taken, cost + taken * day * A_DAY, placed + taken
    fullest = -(-placed // len(sitting)) if sitting else 0
    return cost + LEFT_OUT * (len(plan.candidates) - placed) + for_fullest(plan) * fullest


def left_out(seats: Seats, meetings: Sequence[Meeting]) -> dict[str, str]:
    """The cases without a time and why: `never_free` at any of these hours, or the `hours_full`."""
    placed = {one.case for one in meetings}
    return {one.case: HOURS_FULL if seats.open_to(one) else NEVER_FREE for one in seats.plan.candidates if one.case not in placed}
