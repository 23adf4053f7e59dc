"""Importing a centre's list: `python bench/candidates_import.py [--rows 50000] [--write]`.

Makes a list of invented people in Latin and Urdu script, an eighth of its rows wrong in twelve ways, hands it in as CSV, takes
it in with the wrong rows left out, has the first files compared with the others, and takes it back whole. Everything runs through
the actions of the page on a database of its own. `--write` keeps the result in docs/bench/candidates_import.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
import tests.environment  # noqa: E402, F401  # a database and keys of its own; ended with this process

django.setup()
from django.core.management import call_command  # noqa: E402

from rahdari.base.actor import machine  # noqa: E402
from rahdari.domain.candidates import actions  # noqa: E402
from rahdari.domain.candidates.models import File, Likeness, ListRow  # noqa: E402
from rahdari.domain.candidates.queries.lists import report_of  # noqa: E402
from tests.make import people_lists as lists  # noqa: E402
from tests.make.candidates import AT  # noqa: E402
from tests.make.people import actor  # noqa: E402

KEPT = PROJECT / "docs" / "bench" / "candidates_import.md"
COMPARED = 100
Told = list[tuple[str, str]]


def timed(act: Callable[[], Any]) -> tuple[Any, str]:
    """What came out, and the seconds it took: by the clock, and CPU of this process (the database has its own)."""
    began, cpu = time.perf_counter(), time.process_time()
    made = act()
    print(f"{time.perf_counter() - began:.1f} s ({time.process_time() - cpu:.1f} s CPU)", file=sys.stderr, flush=True)
    return made, f"{time.perf_counter() - began:.1f} s ({time.process_time() - cpu:.1f} s CPU)"


def measured(count: int) -> Told:
    """The list handed in, taken in, compared, taken back."""
    rows = lists.rows(count)
    wrong = lists.spoil(rows)
    content = lists.csv_of(rows)
    desk = actor("training_desk", "pk:org:school")
    told: Told = [("rows, wrong ones among them", f"{count:,}, {wrong:,} (12 kinds)")]
    row, seconds = timed(lambda: lists.draft_list(actor=desk, name="people.csv", content=content, at=AT))
    told.append((f"CSV, {len(content) / 1e6:.1f} MB: read, every row checked, kept closed", seconds))
    found = ListRow.objects.filter(of=row, fate="wrong").count()
    told.append(("rows called wrong, of those made wrong", f"{found:,} of {wrong:,}"))
    report, seconds = timed(lambda: list(report_of(row)))
    told.append((f"the report as CSV, {len(report):,} lines", seconds))
    _, seconds = timed(lambda: actions.take_list(actor=desk, list_id=row.pk, agreed=True, leave_out=True, at=AT))
    made = File.objects.count()
    told.append((f"taken in: {made:,} accounts and files", seconds))
    some, node = list(File.objects.values_list("pk", flat=True)[:COMPARED]), machine("pk", "timetable")
    _, seconds = timed(lambda: [actions.compare_file(actor=node, file=pk, at=AT) for pk in some])
    told.append((f"the first {len(some)} files compared with all {made:,}", seconds))
    told.append(("pairs a person would be asked about, among those", f"{Likeness.objects.count():,}"))
    _, seconds = timed(lambda: actions.undo_list(actor=desk, list_id=row.pk, text="bench", at=AT))
    told.append(("taken back whole", seconds))
    told.append(("largest memory of the process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB"))
    return told


def main() -> None:
    """Measures, says, and keeps what was found where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    told = measured(asked.rows)
    lines = ["| what | found |", "|---|---|", *(f"| {what} | {found} |" for what, found in told)]
    print("\n".join(lines))
    if asked.write:
        text = KEPT.read_text(encoding="utf-8").partition("## Found")[0]
        when = f"One run, {dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}."
        KEPT.write_text(f"{text}## Found\n\n{when}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
