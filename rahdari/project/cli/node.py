"""`rahdari node`: what an operator does with a node."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import django
import typer

from rahdari.project.launch.home import open_home, owner_environment

app = typer.Typer(no_args_is_help=True, help="What an operator does with a node.")
PAUSE = 0.25  # seconds between two looks at the timetable


@app.command("migrate")
def migrate() -> None:
    """Brings the tables of the node up to date, as the role that owns them (with --home, or an owner's DATABASE_URL)."""
    home = os.environ.get("RAHDARI_HOME")
    if home:
        os.environ.update(owner_environment(open_home(Path(home))))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False)


@app.command("work")
def work() -> None:
    """Does what the timetable says until it is told to stop."""
    django.setup()
    from django.db import DatabaseError, close_old_connections

    from rahdari.base.clock import now
    from rahdari.project.timetable import due_rows
    from rahdari.web.logs import log

    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: stopping.append(got))
    last: dict[str, object] = {}
    while not stopping:
        for row in due_rows(last, now()):  # type: ignore[arg-type]
            last[row.name] = now()
            try:
                row.act(at=now())
            except DatabaseError as error:
                # The database may be restarting; the row is due again in its turn.
                log.error("timetable", row=row.name, exc=error)
                close_old_connections()
        time.sleep(PAUSE)
