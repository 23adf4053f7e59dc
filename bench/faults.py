"""What a fault leaves behind, ours and django-pyas2 side by side: `python bench/faults.py [--only ours|peer] [--row ROW]`.

Both run as two real ends with their own databases; between them lies the same line (`tests/exchange/fault_line.py`), which
repeats, holds back, cuts and flips. A row passes when everything told arrived exactly once and both ends know it, with
nothing but what the program does by itself; for the peer its own `manageas2server --retry` counts as that.
What was found stands in docs/bench/faults.md.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import faults_ours, faults_peer
from bench.exchange_peer.side import install
from tests.exchange.small_disk import NoSmallDisk

ROWS = (
    "duplicate", "reorder", "cut after store", "bit flip", "receiver killed", "sender killed", "replay after a restart",
    "database server killed", "disk full", "restored from an older backup",
)  # fmt: skip


def table(side: str, run: Callable[[str], str], rows: Iterable[str]) -> None:
    """The rows of one side: `run` says what each left behind, or raises."""
    for row in rows:
        try:
            verdict = run(row)
        except NoSmallDisk as why:
            verdict = f"NOT TRIED  {why}"
        except (AssertionError, RuntimeError, OSError, subprocess.SubprocessError) as failed:
            said = "".join(traceback.format_exception_only(failed)).strip().replace("\n", " ")
            verdict = f"FAIL  {said[:200]}"
        print(f"{side:<6} {row:<30} {verdict}", flush=True)


def main() -> None:
    """Tries every fault on each side."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--only", choices=["ours", "peer"])
    read.add_argument("--row", action="append", choices=ROWS, help="this row alone; may be given again")
    asked = read.parse_args()
    rows = asked.row or ROWS
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    if asked.only != "peer":
        with faults_ours.stage() as stage:
            table("ours", stage.run, rows)
    if asked.only != "ours":
        with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder, faults_peer.stage(install(Path(folder))) as peer:
            table("peer", peer.run, rows)


if __name__ == "__main__":
    main()
