"""Making a timetable of 10,000 interviews with 60 interviewers in two time zones: the plain rule beside the solver.

    python bench/timetable.py [--interviews 10000] [--interviewers 60] [--seconds 45] [--seed 1] [--write]

Everybody is invented by a seeded generator: interviewers in Tokyo (video), in Osaka (video, half days), in Karachi and
Lahore (rooms) and at an expo of two days in Islamabad; candidates who can come to video alone, to a room of their town
too, and one in four with hours at which they cannot come. Both timetables are held to `faults_of`. The gap is told to two bounds:
what the solver proved for this very plan, and a count of the cheapest seats that looks at nobody's free hours.
`--write` keeps the report in docs/bench/timetable.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.reports import machine
from rahdari.domain.placements.outside import has_solver, solve
from rahdari.domain.placements.rules.timetable import (
    Candidate,
    Hours,
    Meeting,
    Place,
    Plan,
    Span,
    bound_of,
    cost_of,
    faults_of,
    left_out,
    make_greedily,
    seats_of,
)

KEPT = Path(__file__).resolve().parent.parent / "docs" / "bench" / "timetable.md"
TOKYO, KARACHI = ZoneInfo("Asia/Tokyo"), ZoneInfo("Asia/Karachi")
BEGIN = dt.date(2027, 1, 11)
TOWNS = ("Karachi room", "Lahore room")
EXPO = "Expo hall, Islamabad"
DAYS = 35


def span(day: dt.date, first: float, last: float, zone: ZoneInfo) -> Span:
    """Hours of a day by the clock of a zone."""
    midnight = dt.datetime.combine(day, dt.time(), zone)
    return Span(midnight + dt.timedelta(hours=first), midnight + dt.timedelta(hours=last))


def plan_of(interviews: int, interviewers: int, seed: int) -> Plan:
    """A plan with as many candidates and interviewers, the same for the same seed."""
    draw = random.Random(seed)
    days = [day for day in (BEGIN + dt.timedelta(days=n) for n in range(DAYS)) if day.weekday() < 5]
    hours, places = [], [Place(town, 6) for town in TOWNS] + [Place(EXPO, 8, "expo")]
    for number in range(interviewers):
        name = f"Interviewer {number + 1:03}"
        if number % 5 < 2:
            places.append(Place(f"video {number + 1:03}", 1, "video"))
            spans = [span(day, 11, 18, TOKYO) for day in days]
            hours.append(Hours(name, f"video {number + 1:03}", tuple(spans)))
        elif number % 5 == 2:
            places.append(Place(f"video {number + 1:03}", 1, "video"))
            spans = [span(day, 13, 17, TOKYO) for day in days if draw.random() < 0.8]
            hours.append(Hours(name, f"video {number + 1:03}", tuple(spans)))
        else:
            expo = days[3:5] if number % 2 else []
            town = TOWNS[number % 2]
            hours.append(Hours(name, town, tuple(span(day, 9, 16, KARACHI) for day in days if day not in expo)))
            if expo:
                hours.append(Hours(name, EXPO, tuple(span(day, 10, 18, KARACHI) for day in expo)))
    video = frozenset(place.name for place in places if place.kind == "video")
    candidates = []
    for number in range(interviews):
        where = draw.choice((frozenset(), video, video | {TOWNS[0]}, video | {TOWNS[1]}, video | {EXPO}))
        busy = tuple(span(day, *draw.choice(((7, 12), (12, 21))), KARACHI) for day in days) if draw.random() < 0.25 else ()
        candidates.append(Candidate(f"case {number:05}", f"person {number:05}", busy if number % 7 else tuple(busy[:10]), where))
    earliest = dt.datetime.combine(BEGIN, dt.time(9), TOKYO)
    return Plan(tuple(candidates), tuple(hours), tuple(places), earliest, minutes=30, pause=10, most_a_day=12)


def row(name: str, plan: Plan, made: list[Meeting], seconds: float, least: float, counted: int) -> tuple[str, int, float]:
    """A line of the report, with the faults and the gap to the proved bound."""
    loads: dict[str, int] = {}
    for one in made:
        loads[one.interviewer] = loads.get(one.interviewer, 0) + 1
    faults, cost = len(faults_of(plan, made)), cost_of(plan, made)
    why = left_out(seats_of(plan), made)
    gap = (cost - least) / least
    cells = [
        name, f"{len(made):,}", f"{len(why):,} ({sum(one == 'never_free' for one in why.values())} never free)", str(faults),
        f"{cost:,}",
        f"{100 * gap:.2f} %", f"{100 * (cost - counted) / counted:.2f} %", f"{min(loads.values())} to {max(loads.values())}",
        f"{seconds:.1f}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |", faults, gap


def main() -> int:
    """Makes both timetables, prints the report; fails where one has a fault."""
    reads = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reads.add_argument("--interviews", type=int, default=10_000)
    reads.add_argument("--interviewers", type=int, default=60)
    reads.add_argument("--seconds", type=float, default=45.0)
    reads.add_argument("--seed", type=int, default=1)
    reads.add_argument("--write", action="store_true")
    told = reads.parse_args()
    plan = plan_of(told.interviews, told.interviewers, told.seed)
    begun = time.perf_counter()
    seats = seats_of(plan)
    seconds_seats = time.perf_counter() - begun
    begun = time.perf_counter()
    greedy = make_greedily(seats)
    seconds_greedy = time.perf_counter() - begun + seconds_seats
    counted = bound_of(seats)
    solved, seconds_solver = None, 0.0
    if has_solver():
        begun = time.perf_counter()
        solved = solve(seats, seconds=told.seconds)
        seconds_solver = time.perf_counter() - begun + seconds_seats
    least = solved.least if solved is not None and solved.least is not None else counted
    lines = [row("plain rule", plan, greedy, seconds_greedy, least, counted)]
    if solved is not None:
        lines.append(row("solver (CP-SAT)", plan, solved.meetings, seconds_solver, least, counted))
    text = report(told, plan, [line for line, _, _ in lines], least, counted, solved is not None)
    print(text)
    if told.write:
        KEPT.write_text(text + NOTES)
    return int(any(faults for _, faults, _ in lines))


def report(told: argparse.Namespace, plan: Plan, lines: list[str], least: float, counted: int, solved: bool) -> str:
    """The report."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    proved = f"{least:,.0f} (proved by the solver for this plan)" if solved else "none (no solver installed)"
    head = (
        "| made by | interviews | left out | faults | cost | over the proved bound | over the counted bound "
        "| interviews of an interviewer | seconds |"
    )
    return "\n".join(
        [
            "# A timetable of interviews: the plain rule beside a solver",
            "",
            f"{machine()}; load {load}; `python bench/timetable.py --interviews {told.interviews} --interviewers "
            f"{told.interviewers} --seconds {told.seconds:g} --seed {told.seed}`.",
            "",
            f"{len(plan.candidates):,} candidates, {len({one.interviewer for one in plan.hours})} interviewers, "
            f"{len(seats_of(plan).times):,} times at a place. Bounds of the cost: {proved}; {counted:,} (counted).",
            "",
            head,
            "|---|---|---|---|---|---|---|---|---|",
            *lines,
            "",
        ]
    )


NOTES = """
**Faults** are counted by the same rules for both (`rules/timetable/check.py`): a clash of interviewer, place or candidate, less
than 48 hours of notice, night in Pakistan, outside an interviewer's hours, more than a day's limit.

**Cost** is what a timetable asks of the people in it: each interview the days its candidate waits after the first possible day,
365 for a candidate left out, and for each interview of the fullest interviewer a day for every interviewer (so that work is
spread).

**The proved bound** is the least cost of any timetable of this plan, as the solver proved it while it looked (its relaxation, in
which only patterns of busy hours that fewer than twenty people share are left out). **The counted bound** takes the cheapest
seats there are for as many candidates, looking at nobody's free hours and places; it lies lower and needs no solver.

The solver stops at a gap of 0.1 % or when its seconds are over. Candidates who can come at the same times are one number to it,
and so are interviewers with the same hours: they are told apart again afterwards.
"""

if __name__ == "__main__":
    raise SystemExit(main())
