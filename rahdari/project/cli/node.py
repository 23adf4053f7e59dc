"""`rahdari node`: what an operator does with a node."""

from __future__ import annotations

import signal
import time

import django
import typer

app = typer.Typer(no_args_is_help=True, help="What an operator does with a node.")
PAUSE = 0.25  # seconds between two looks at the timetable


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
