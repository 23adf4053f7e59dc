"""Who waits for whom with a million cases behind it: the list by clock, its pages, the plan of its query.

    python bench/worklist.py [--turns 1000000] [--write]

Makes a node in a folder of its own as an operator does, fills cases with their turns by COPY as the owner of its tables (one
recruiter has four in ten of all, six hundred others the rest), and asks `queries.turns.page_of` on that node: the first page,
pages deep in the list, the pages of one holder. Beside it the same page with an offset and a count, as a paginator would ask.
The worklist of what waits for one's own office (`base.waiting`) is filled with as many rows and asked in the same way.
`--write` keeps the report in docs/bench/worklist.md.
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
from rahdari.base.actor import Actor
from tests.exchange import nodes
from tests.exchange.nodes import RealNode

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / "docs" / "bench" / "worklist.md"
BIG, OTHERS, SHARE = "pk:org:bench-big", 600, 0.4
AT = dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC)
HELD = (
    ("worker", "contracts.confirm_terms"),
    ("employer", "placements.set_interview"),
    ("recruiter", "placements.nominate_candidate"),
)
DEMAND = """insert into jobs_demand (id, version, home, employer, employer_name, placement_business, route, kind, promoter,
    promoter_licence, field, duty, dispatch, places, prefecture, municipality, terms, terms_hash, tests, opens_on, closes_on,
    filed_on, source, state, attestation_no, attestor, permission_no, protectorate, permitted_places, closed_reason,
    statement_hash, level, bodies)
    values (%(id)s, 1, 'jp', 'jp:org:bench', 'Bench (invented)', '', 'oep', 'ssw1', %(big)s, '', 'NURSING_CARE', '', false, 10,
    '15', '', '{}', '', '[]', '2026-11-01', '2026-12-31', '2026-11-01', 'system', 'permitted', '', '', '', '', 10, '', '',
    'contact_point', '[]')"""
VACANCY = """insert into jobs_vacancy (id, version, home, demand_id, publisher, applicants, costs, published_on, closes_on, url,
    state, statement_hash, level, bodies)
    values (%(id)s, 1, 'pk', %(demand)s, %(big)s, 0, '[]', '2026-11-01', '2026-12-31', '', 'open', '', 'contact_point', '[]')"""
CASE = """copy placements_case (id, version, home, number, person, demand_id, vacancy_id, route, employer, placement_business,
    support_org, promoter, licence, name, profile, state, station, opened_at, statement_hash, level, bodies) from stdin"""
TURN = "copy placements_turn (id, version, case_id, recruiter, employer, holder, task, since, due_at, closed) from stdin"
WAITING = """copy base_waiting (id, version, task, holder_body, holder_role, holder_side, subject_kind, subject_id, matter,
    url_name, url_args, opened_at, due_at, outcome) from stdin"""


def fill(url: str, number: int) -> float:
    """Puts as many cases with their turns, and as many waiting rows, into the tables of a node; gives the seconds."""
    draw, begun = random.Random(1), time.perf_counter()
    demand, vacancy = uuid.uuid4(), uuid.uuid4()
    with psycopg.connect(url) as line, line.cursor() as cursor:
        cursor.execute(DEMAND, {"id": demand, "big": BIG})
        cursor.execute(VACANCY, {"id": vacancy, "demand": demand, "big": BIG})
        cases = [uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(number)]
        owners = [BIG if draw.random() < SHARE else f"pk:org:bench-{draw.randrange(OTHERS)}" for _ in range(number)]
        with cursor.copy(CASE) as into:
            for n, case in enumerate(cases):
                person = uuid.UUID(int=draw.getrandbits(128), version=4)
                into.write_row((case, 1, "pk", f"B-{n:07}", person, demand, vacancy, "oep", "jp:org:bench", "", "", owners[n], "",
                                f"CANDIDATE {n} (INVENTED)", "{}", "applied", 5, AT, "", "contact_point", "[]"))  # fmt: skip
        with cursor.copy(TURN) as into:
            for n, case in enumerate(cases):
                holder, task = draw.choice(HELD)
                due = AT + dt.timedelta(minutes=draw.randrange(-20_000, 200_000))
                into.write_row((uuid.uuid4(), 1, case, owners[n], "jp:org:bench", holder, task, AT, due, False))
        with cursor.copy(WAITING) as into:
            for n, case in enumerate(cases):
                due = AT + dt.timedelta(minutes=draw.randrange(-20_000, 200_000))
                task, case_id = "placements.nominate_candidate", str(case)
                place = ("placements.case", case_id, "{}", "placements.see_case", json.dumps([case_id]), AT, due, "")
                into.write_row((uuid.uuid4(), 1, task, owners[n], "promoter_manager", "pk", *place))
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("vacuum analyze placements_case, placements_turn, base_waiting")
    return time.perf_counter() - begun


def asked_there(node: RealNode, rounds: int) -> dict[str, Any]:
    """What a process of the node measures, as JSON."""
    words = [sys.executable, "-c", f"import django; django.setup(); from bench.worklist import measure; measure({rounds})"]
    done = subprocess.run(words, env=node.inside(), capture_output=True, text=True, cwd=PROJECT, timeout=3_000)
    if done.returncode:
        raise SystemExit(f"measuring failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(rounds: int) -> None:
    """Inside the node: each kind of page many times over; prints the milliseconds and the plans as JSON."""
    print(json.dumps(_measured(rounds)))


def _measured(rounds: int) -> dict[str, Any]:
    connection, waiting_for = import_module("django.db").connection, import_module("rahdari.base.waiting").waiting_for
    turns = import_module("rahdari.domain.placements.queries.turns")
    page_of, place_of, turns_of = turns.page_of, turns.place_of, turns.turns_of
    big = Actor("pk", "promoter_manager", BIG, uuid.uuid4())
    small = Actor("pk", "promoter_manager", "pk:org:bench-7", uuid.uuid4())
    deep = place_of(turns_of(big)[200_000 if turns_of(big).count() > 200_000 else 10])
    found: dict[str, Any] = {"rows": turns_of(big).count(), "small": turns_of(small).count()}
    acts = {
        "first page, the large recruiter": lambda: page_of(big, "", "", AT),
        "first page, a small one": lambda: page_of(small, "", "", AT),
        "first page, what the employer owes": lambda: page_of(big, "employer", "", AT),
        "page 6,667 (place in the list)": lambda: page_of(big, "", deep, AT),
        "the same by offset and count": lambda: (turns_of(big).count(), list(turns_of(big)[200_000 : 200_000 + turns.ROWS])),
        "own worklist (base.waiting), first page": lambda: list(waiting_for(big)[: turns.ROWS]),
        "own worklist with its count": lambda: (waiting_for(big).count(), list(waiting_for(big)[: turns.ROWS])),
    }
    for name, act in acts.items():
        act()
        times = []
        for _ in range(rounds if "count" not in name else max(3, rounds // 10)):
            begun = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - begun))
        found[name] = times
    for name, rows in (("plan", turns_of(big)[: turns.ROWS + 1]), ("plan_deep", turns_of(big, "", deep)[: turns.ROWS + 1])):
        query, told = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute("explain (analyze, buffers, costs off) " + query, told)
            found[name] = "\n".join(line for (line,) in cursor.fetchall())
    return found


def report(found: dict[str, Any], turns: int, seconds: float) -> str:
    """The report."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    lines = [
        "# Who waits for whom, with a million cases behind it", "",
        f"{machine()}; load {load}; `python bench/worklist.py --turns {turns}`. {turns:,} cases with their turns "
        f"and as many waiting rows (filled in {seconds:.0f} s); the large recruiter has {found['rows']:,} of them, a small one "
        f"{found['small']:,}.", "",
        "| what | p50 ms | p95 ms | times |", "|---|---|---|---|",
    ]  # fmt: skip
    for name, times in found.items():
        if isinstance(times, list):
            lines.append(f"| {name} | {percentile(times, 0.5):.1f} | {percentile(times, 0.95):.1f} | {len(times)} |")
    lines += [
        "", "Measured inside a process of the node, from the call to the rows in hand (query, rows, working days left), without",
        "the page's template. A page asks once; nobody counts the whole list: the next page begins after the last row of this",
        "one.", "",
        "## The plan of the first page", "", "```", found["plan"], "```", "", "## The plan of a page deep in the list", "",
        "```", found["plan_deep"], "```", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    """Fills, asks, prints."""
    reads = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reads.add_argument("--turns", type=int, default=1_000_000)
    reads.add_argument("--rounds", type=int, default=200)
    reads.add_argument("--write", action="store_true")
    told = reads.parse_args()
    nodes.PATIENCE = 1_200.0
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        node = RealNode("pk", Path(folder) / "pk")
        node.up("--workers", "1")
        try:
            seconds = fill(node.database("owner"), told.turns)
            found = asked_there(node, told.rounds)
        finally:
            node.down()
    text = report(found, told.turns, seconds)
    print(text)
    if told.write:
        KEPT.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
