"""What a worker's whole way costs on both nodes, from the account to the first day of work (`rahdari simulate line`).

python bench/line.py                 two hundredths of 10,000 workers, and what follows for all of them
python bench/line.py --part 1        all of them

Nobody fails in this scenario: every worker takes every step, on two real nodes with fsync on, each statement signed, sealed,
carried over HTTP, stored, receipted, taken up and answered. The aim (quality): at most 10 ms an action, 10,000 workers a day.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAY = 86_400
ALL = 10_000
AIM = 10.0  # milliseconds an action


def main() -> None:
    """Runs the scenario and prints what it cost."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--part", type=float, default=0.02, help="so great a part of 10,000 workers")
    reader.add_argument("--seed", type=int, default=1)
    told = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        words = [
            sys.executable,
            "-m",
            "rahdari.project.cli",
            "simulate",
            "line",
            "--part",
            str(told.part),
            "--seed",
            str(told.seed),
        ]
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([*words, "--report", str(file)], check=False)
        wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        report = json.loads(file.read_text())
    show(report, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, whole=done.returncode == 0)


def show(report: dict[str, object], wall: float, cpu: float, *, whole: bool) -> None:
    """Prints the table."""
    cost = report["cost_of_the_run"]
    assert isinstance(cost, dict)
    stations = report["people_by_station"]
    assert isinstance(stations, dict)
    statements = sum(
        number
        for one in report["statements"]["pk"].items()  # type: ignore[index]
        for number in one[1].values()
        if not one[0].endswith("exchange.outcome/1")
    )
    people, acts = int(str(report["people"])), cost["acts"]
    parts = [cost["seconds_by_part"][node][f"wire.{part}"][0] for node in ("pk", "jp") for part in ("send", "receive")]
    carried = sum(parts) / 2
    rows = {
        "both nodes agree, journals whole": "yes" if whole else "NO",
        "workers": people,
        "of them at work": stations.get("17", 0),
        "actions of people and officers": acts,
        "statements that crossed": statements,
        "days of the run, seconds": round(cost["seconds"], 1),
        "of them while statements crossed": round(carried, 1),
        f"milliseconds an action, all included (aim {AIM:.0f})": round(1000 * cost["seconds"] / acts, 2),
        "milliseconds an action, without the crossing": round(1000 * (cost["seconds"] - carried) / acts, 2),
        "processor seconds a worker, both nodes and database": round(cpu / people, 3),
        f"hours for {ALL:,} workers": round(cost["seconds"] / people * ALL / 3600, 2),
        "of a day, per cent": round(100 * cost["seconds"] / people * ALL / DAY, 1),
        "memory of each node, MB": cost["memory_mb"],
        "load of the machine at the end": round(os.getloadavg()[0], 1),
        "whole command, seconds": round(wall, 1),
    }
    for name, value in rows.items():
        print(f"{name:62} {value}")


if __name__ == "__main__":
    main()
