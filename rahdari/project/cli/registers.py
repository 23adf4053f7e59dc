"""`rahdari organisations import FILE`: a register handed in from a file, for the officer of a token."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NoReturn

import django
import typer

REFUSED, WRONG = 1, 2
FIRST = 20  # wrong rows said on the screen; the report has all
DEFAULT = {"pk": "OEP", "jp": "RSO"}


def import_register(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, at most 10 MB")],
    acts_by: Annotated[str, typer.Option("--as", envvar="RAHDARI_TOKEN", help="the token of whoever acts")],
    kind: Annotated[str, typer.Option(help="kind of organisation; OEP in Pakistan and RSO in Japan when left out")] = "",
    encoding: Annotated[str, typer.Option(help="utf-8, utf-16, windows-1256 or shift_jis; found when left out")] = "",
    day_order: Annotated[str, typer.Option(help="day_first or month_first, where both could be meant")] = "",
    report: Annotated[str, typer.Option(help="CSV to write: every row that would not be taken in, and why")] = "",
    leave_out: Annotated[bool, typer.Option(help="leave the wrong rows out and keep them with the import")] = False,
    law: Annotated[str, typer.Option(help="law and article the entries rest on")] = "",
    dry_run: Annotated[bool, typer.Option(help="check and report, keep nothing")] = False,
) -> None:
    """Hands in a register and hands it to a second officer, if no row is wrong or the wrong ones are left out.

    Exit status 1 when it is refused or rows are wrong, 2 for a wrong token, file or option.
    """
    django.setup()
    from django.db import transaction

    from rahdari.base.clock import now
    from rahdari.base.refusal import Refused
    from rahdari.domain.accounts.queries import actor_by_token
    from rahdari.domain.organisations import actions
    from rahdari.domain.organisations.queries.imports import report_of
    from rahdari.web.words import say

    at, content = now(), _content(file)
    found = actor_by_token(acts_by, at)
    if found is None:
        _end("This token is unknown, has expired or was revoked.", WRONG)
    actor = found[0]
    try:
        with transaction.atomic():
            told = {"kind": kind or DEFAULT[actor.node], "encoding": encoding, "day_order": day_order}
            row = actions.draft_import(actor=actor, name=file.name, content=content, **told, at=at)
            lines = list(report_of(row))
            if dry_run:
                transaction.set_rollback(True)
        _say(row, lines)
        if report:
            _write(Path(report), lines)
        if not dry_run:
            actions.submit_import(actor=actor, import_id=row.pk, leave_out=leave_out, law=law, at=at)
    except Refused as refused:
        _end("\n".join(say(one) for one in refused.refusals), REFUSED)
    if dry_run:
        typer.echo("Nothing was kept.")
        raise typer.Exit(REFUSED if row.counts["fates"]["wrong"] else 0)
    typer.echo(f"{row.pk} waits for a second officer.")


def _content(file: Path) -> bytes:
    """The bytes of a file that is not too large; a larger one is not read."""
    from rahdari.base.sheets.decoding import LARGEST_FILE, refuse
    from rahdari.web.words import say

    try:
        if file.stat().st_size > LARGEST_FILE:
            too_large = refuse("import_file_too_large", limit=LARGEST_FILE // 1024 // 1024)
            _end(say(too_large.refusals[0]), REFUSED)
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as wrong:
        _end(f"{file}: {wrong.strerror}", WRONG)


def _say(row: Any, lines: list[list[object]]) -> None:
    fates = ", ".join(f"{count} {fate}" for fate, count in row.counts["fates"].items())
    typer.echo(f"{row.pk}: {fates} (read as {' '.join(filter(None, (row.form, row.encoding, row.sheet_name)))})")
    for title, target in zip(row.head, row.targets, strict=True):
        typer.echo(f"  {title or '-'}: {target}")
    for line in lines[:FIRST]:
        typer.echo("  " + " · ".join(str(cell) for cell in line if cell != ""))
    if len(lines) > FIRST:
        typer.echo(f"  and {len(lines) - FIRST} lines more")


def _write(path: Path, lines: list[list[object]]) -> None:
    from rahdari.web.downloads import csv_bytes

    path.write_bytes(csv_bytes(("line", "result", "number", "name", "column", "what to do"), lines))


def _end(message: str, status: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(status)
