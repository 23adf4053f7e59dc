"""Importing a messy register: `python bench/register_import.py [--rows 5000] [--names REGISTER.csv] [--write]`.

Makes a register of promoters in mixed scripts with 12 % of its rows wrong in twelve ways, hands it in as CSV and as XLSX,
lets a second officer take it in and take it back, and then hands in what is no register: too large, packed as a bomb, in a
wrong encoding, with formulas. `--names` takes names of firms from a register of `names_gen.py` (columns kind, name, aliases).
Everything runs through the actions of the page on a database of its own. `--write` keeps the result in docs/bench/import.md.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import os
import platform
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import typer

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
import tests.environment  # noqa: E402, F401  # a database and keys of its own; ended with this process

django.setup()
from django.core.management import call_command  # noqa: E402

from rahdari.base.refusal import Refused  # noqa: E402
from rahdari.domain.organisations import actions  # noqa: E402
from rahdari.domain.organisations.models import ImportedRow, LicenceChange, Organisation  # noqa: E402
from rahdari.domain.organisations.queries.imports import report_of  # noqa: E402
from rahdari.project.cli.registers import _content  # noqa: E402
from rahdari.web.words import say  # noqa: E402
from tests.make import organisations, registers  # noqa: E402

KEPT = PROJECT / "docs" / "bench" / "import.md"
LATIN, URDU = 3, 4
Told = list[tuple[str, str]]


def timed(act: Callable[[], Any]) -> tuple[Any, str]:
    """What came out, and the seconds it took: by the clock, and CPU of this process (the database has its own)."""
    began, cpu = time.perf_counter(), time.process_time()
    made = act()
    return made, f"{time.perf_counter() - began:.1f} s ({time.process_time() - cpu:.1f} s CPU)"


def named(rows: list[list[str]], path: Path | None) -> None:
    """Puts names of firms of another register into the rows, Latin and Urdu each in its column."""
    if path is None:
        return
    with path.open(encoding="utf-8", newline="") as file:
        firms = [row for row in csv.DictReader(file) if row["kind"] != "person"]
    for row, firm in zip(rows, firms, strict=False):
        told = [firm["name"], *firm["aliases"].split("|")]
        latin = next((one for one in told if one.isascii() and one.strip()), "")
        urdu = next((one for one in told if any("\u0600" <= letter <= "\u06ff" for letter in one)), "")
        row[LATIN], row[URDU] = latin or (row[LATIN] if not urdu else ""), urdu


def imported(count: int, names: Path | None) -> Told:
    """Both forms of the same register: handed in, taken in, taken back."""
    rows, _ = registers.messy(count, share=0)
    named(rows, names)
    wrong = registers.spoil(rows)
    first, second = organisations.officer("pk"), organisations.officer("pk")
    told: Told = [("rows, wrong ones among them", f"{count:,}, {len(wrong):,} ({len(set(wrong.values()))} kinds)")]
    handed = {"kind": "OEP", "at": organisations.AT}
    for form, content in (("CSV, UTF-8", registers.csv_of(rows)), ("XLSX", registers.xlsx_of(rows))):
        name = "register.xlsx" if form == "XLSX" else "register.csv"
        row, seconds = timed(
            lambda content=content, name=name: actions.draft_import(actor=first, name=name, content=content, **handed)
        )
        told.append((f"{form}, {len(content) / 1e6:.1f} MB: read, checked, kept", seconds))
    found = set(ImportedRow.objects.filter(of=row, fate="wrong").values_list("line", flat=True))
    report, seconds = timed(lambda: list(report_of(row)))
    explained = {int(str(line[0])) for line in report if line[5]}
    told.append(("wrong rows found, of those made wrong", f"{len({place + 2 for place in wrong} & found):,} of {len(wrong):,}"))
    told.append(("wrong rows with an explanation, of those found", f"{len(explained & found):,} of {len(found):,}"))
    told.append(("the report as CSV", seconds))
    actions.submit_import(actor=first, import_id=row.pk, leave_out=True, at=organisations.AT)
    before = Organisation.objects.count()
    _, seconds = timed(lambda: actions.decide_import(actor=second, import_id=row.pk, at=organisations.AT))
    told.append((f"taken in by the second officer: {Organisation.objects.count() - before:,} entries", seconds))
    told.append(("entries, histories after it", f"{Organisation.objects.count():,}, {LicenceChange.objects.count():,}"))
    again, seconds = timed(lambda: actions.draft_import(actor=first, name="again.csv", content=registers.csv_of(rows), **handed))
    told.append((f"the same file again: {again.counts['fates']}", seconds))
    actions.ask_undo_import(actor=first, import_id=row.pk, text="bench", at=organisations.AT)
    _, seconds = timed(lambda: actions.undo_import(actor=second, import_id=row.pk, at=organisations.AT))
    told.append(("taken back whole", seconds))
    return told


def refused() -> Told:
    """What is no register, how it is refused, and how soon."""
    officer = organisations.officer("pk")
    told: Told = []
    for name, content in odd_files().items():
        began = time.perf_counter()
        try:
            row = actions.draft_import(actor=officer, kind="OEP", name=name, content=content, at=organisations.AT)
            answer = f"taken as {row.encoding or row.form}: {row.counts['fates']}"
        except Refused as wrong:
            answer = " ".join(say(one) for one in wrong.refusals)
        told.append((f"{name} ({len(content) / 1e6:.2f} MB)", f"{time.perf_counter() - began:.2f} s: {answer}"))
    return told


def odd_files() -> dict[str, bytes]:
    """Files that come by mistake or by malice."""
    rows = registers.good(50)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", registers.PLAN)
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * (1024 * 1024 * 1024))
    formulas = [[*row[:5], '=WEBSERVICE("http://example.invalid")', *row[6:]] for row in rows]
    japanese = registers.csv_of([registers.SUPPORT] * 3, registers.JAPANESE, codec="cp932")
    return {
        "bomb of 1 GB": bomb.getvalue(),
        "eleven megabytes": b"x" * (11 * 1024 * 1024),
        "formulas": registers.xlsx_of(formulas),
        "UTF-16": registers.csv_of(rows, codec="utf-16"),
        "EUC-JP": japanese.decode("cp932").encode("euc_jp"),
        "KOI8-R": ("номер,имя\r\n" + "1,Ситара Промоутерс\r\n" * 20).encode("koi8_r"),
        "cut in the middle of a letter": registers.csv_of(rows)[:-1] + b"\xd8",
        "PDF": b"%PDF-1.7\n" + b"\0" * 2000,
        "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
    }


def by_command() -> Told:
    """A file of 200 MB given to the command: refused by its size on the disk."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.truncate(200 * 1024 * 1024)
        began = time.perf_counter()
        try:
            _content(Path(file.name))
            answer = "read"
        except typer.Exit as ended:
            answer = f"exit status {ended.exit_code}"
        return [("a file of 200 MB given to the command", f"{time.perf_counter() - began:.3f} s: {answer}")]


def main() -> None:
    """Runs it all and prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    told = imported(asked.rows, asked.names)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    told += [("largest memory of the process by then", f"{megabytes:,.0f} MB"), *refused(), *by_command()]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    told.append(("load of the machine at the end (1, 5, 15 minutes), cores", f"{load}; {os.cpu_count()}"))
    table = "\n".join(["| what | found |", "|---|---|", *(f"| {what} | {found} |" for what, found in told)])
    print(table)
    if asked.write:
        day = dt.datetime.now(dt.UTC).date().isoformat()
        head = (
            KEPT.read_text(encoding="utf-8").partition("\n## Found")[0] if KEPT.exists() else "# Importing a register, measured\n"
        )
        KEPT.write_text(f"{head}\n## Found\n\nOne run, {day}, Python {platform.python_version()}.\n\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
