"""The line of all cases in figures, over many station events: the page's query, its parts, and the median on one case.

    python bench/funnel.py [--events 100000] [--write]

Makes a node in a folder of its own as an operator does, fills cases of twelve fields with their steps by COPY as the owner of
its tables, and asks on that node what the page of figures asks (`dashboards.line_figures`), the counting and the hiding of
small numbers apart, and what the page of one case asks (`placements.pace_at`). `--write` keeps the report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.figures import percentile
from bench.reports import machine
from bench.worklist import CASE, DEMAND, VACANCY
from tests.exchange import nodes
from tests.exchange.nodes import RealNode

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / "docs" / "bench" / "funnel.md"
TODAY = dt.date(2026, 11, 28)
FIELDS = (
    "NURSING_CARE", "CONSTRUCTION", "AGRICULTURE", "AVIATION", "FORESTRY", "RAILWAY", "SHIPBUILDING", "FISHERY",
    "BUILDING_CLEANING", "ACCOMMODATION", "AUTO_REPAIR", "FOOD_MFG",
)  # fmt: skip
# The steps that pass stations 5 to 17, with the days each takes on average, and of a hundred how many go on.
WAY = (
    (5, "application_filed", 0, 100), (7, "candidate_nominated", 12, 60), (8, "interviewed", 20, 80), (9, "selected", 6, 50),
    (10, "costs_confirmed", 5, 97), (11, "contract_signed", 3, 98), (12, "coe_issued", 62, 93), (13, "visa_issued", 8, 97),
    (14, "registered", 4, 99), (15, "departed", 6, 99), (16, "arrived", 1, 99), (17, "work_begun", 9, 98),
)  # fmt: skip
STEP = """copy placements_stationevent (id, version, home, case_id, station, step, "on", acting, source, stands_for, reason,
    details, at, statement_hash, level, bodies) from stdin"""
OVER_SHARE = 0.7  # of those who do not go on; the others wait


def fill(url: str, events: int) -> tuple[int, int, float]:
    """Puts cases with so many steps in all into the tables of a node; gives cases, steps and seconds."""
    draw, begun = random.Random(1), time.perf_counter()
    cases: list[tuple[Any, ...]] = []
    steps: list[tuple[Any, ...]] = []
    with psycopg.connect(url) as line, line.cursor() as cursor:
        places = []
        for of_field in FIELDS:
            demand, vacancy = uuid.uuid4(), uuid.uuid4()
            cursor.execute(DEMAND.replace("'NURSING_CARE'", f"'{of_field}'"), {"id": demand, "big": "pk:org:bench"})
            cursor.execute(VACANCY, {"id": vacancy, "demand": demand, "big": "pk:org:bench"})
            places.append((demand, vacancy))
        while len(steps) < events:
            _one_case(draw, places, cases, steps)
        for copied, rows in ((CASE, cases), (STEP, steps)):
            with cursor.copy(copied) as into:
                for row in rows:
                    into.write_row(row)
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("vacuum analyze placements_case, placements_stationevent, jobs_demand")
    return len(cases), len(steps), time.perf_counter() - begun


def _one_case(draw: random.Random, places: list[Any], cases: list[Any], steps: list[Any]) -> None:
    case, (demand, vacancy) = uuid.UUID(int=draw.getrandbits(128), version=4), draw.choice(places)
    on, station, state = TODAY - dt.timedelta(days=draw.randrange(0, 500)), 5, "selected"
    for no, step, days, go_on in WAY:
        on += dt.timedelta(days=round(draw.expovariate(1 / days)) if days else 0)
        if on > TODAY:
            break
        if draw.randrange(100) >= go_on:
            if draw.random() < OVER_SHARE:
                state = "withdrawn"
                steps.append(_step(case, 5, "application_withdrawn", on, "system"))
            break
        station = no
        steps.append(_step(case, no, step, on, "paper" if draw.random() < 0.05 else "system"))
    person = uuid.UUID(int=draw.getrandbits(128), version=4)
    cases.append((case, 1, "pk", f"B-{len(cases):07}", person, demand, vacancy, "oep", "jp:org:bench", "", "", "pk:org:bench", "",
                  f"CANDIDATE {len(cases)} (INVENTED)", "{}", state, station, dt.datetime.now(dt.UTC), "", "contact_point",
                  "[]"))  # fmt: skip


def _step(case: uuid.UUID, station: int, step: str, on: dt.date, source: str) -> tuple[Any, ...]:
    at = dt.datetime.combine(on, dt.time(6), dt.UTC)
    return (uuid.uuid4(), 1, "pk", case, station, step, on, "X", source, "", "", "{}", at, "", "contact_point", "[]")


def asked_there(node: RealNode, rounds: int) -> dict[str, Any]:
    """What a process of the node measures, as JSON."""
    words = [sys.executable, "-c", f"import django; django.setup(); from bench.funnel import measure; measure({rounds})"]
    done = subprocess.run(words, env=node.inside(), capture_output=True, text=True, cwd=PROJECT, timeout=3_000)
    if done.returncode:
        raise SystemExit(f"measuring failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(rounds: int) -> None:
    """Inside the node: each act many times over; prints milliseconds and what is told as JSON."""
    print(json.dumps(_measured(rounds)))


def _measured(rounds: int) -> dict[str, Any]:
    funnel, counting = (import_module(f"rahdari.domain.dashboards.queries.{one}") for one in ("funnel", "counting"))
    rules = import_module("rahdari.domain.dashboards.rules.funnel")
    hidden_numbers = import_module("rahdari.domain.dashboards.rules.suppression").hidden_numbers
    book = import_module("rahdari.base.reference").shipped_book()
    case = import_module("rahdari.domain.placements.models").Case.objects.select_related("demand").filter(station=11).first()
    pace_at = import_module("rahdari.domain.placements.queries.pace").pace_at
    stranger = import_module("rahdari.base.actor").stranger("pk")
    since, clocks = TODAY - dt.timedelta(days=364), book.rows("line_clocks")
    counted = counting.count_line("pk", clocks, since, TODAY)
    cells, sums = counted.counts.cells, rules.sums_of(counted.counts, rules.OF_CASES["pk"])
    acts = {
        "the whole of it, from what is kept (`line_figures`)": lambda: funnel.line_figures(stranger, book, "", TODAY),
        "counting in the database (six queries)": lambda: counting.count_line("pk", clocks, since, TODAY),
        "hiding small numbers": lambda: hidden_numbers(cells, sums),
        "the median of others on one case, station 12": lambda: pace_at(case, 12, TODAY),
    }
    found: dict[str, Any] = {"cells": sum(number > 0 for number in cells.values()), "hidden": len(hidden_numbers(cells, sums))}
    for name, act in acts.items():
        act()
        times = []
        for _ in range(rounds):
            begun = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - begun))
        found[name] = times
    return found


def report(found: dict[str, Any], cases: int, steps: int, seconds: float) -> str:
    """The report."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    lines = [
        "# The line of all cases in figures", "",
        f"{machine()}; load {load}; `python bench/funnel.py --events {steps}`. {cases:,} cases of {len(FIELDS)} fields with "
        f"{steps:,} steps (filled in {seconds:.0f} s). {found['cells']:,} numbers are counted, {found['hidden']:,} of them are "
        "not told.", "",
        "| what | p50 ms | p95 ms | times |", "|---|---|---|---|",
    ]  # fmt: skip
    for name, times in found.items():
        if isinstance(times, list):
            lines.append(f"| {name} | {percentile(times, 0.5):.1f} | {percentile(times, 0.95):.1f} | {len(times)} |")
    lines += ["", "Measured inside a process of the node, from the call to the numbers in hand, without the page's template.", ""]
    return "\n".join(lines)


def main() -> int:
    """Fills, asks, prints."""
    reads = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reads.add_argument("--events", type=int, default=100_000)
    reads.add_argument("--rounds", type=int, default=20)
    reads.add_argument("--write", action="store_true")
    told = reads.parse_args()
    nodes.PATIENCE = 1_200.0
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        node = RealNode("pk", Path(folder) / "pk")
        node.up("--workers", "1")
        try:
            cases, steps, seconds = fill(node.database("owner"), told.events)
            found = asked_there(node, told.rounds)
        finally:
            node.down()
    text = report(found, cases, steps, seconds)
    print(text)
    if told.write:
        KEPT.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
