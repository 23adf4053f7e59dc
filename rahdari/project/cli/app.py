"""The tree of commands. What a command needs is brought in when it runs: `check` needs no database, `node` no Django."""

from __future__ import annotations

import os
import sys

import typer

from rahdari.project.cli.check import check

app = typer.Typer(name="rahdari", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("check")(check)


@app.callback()
def rahdari() -> None:
    """Two states, one labour-migration corridor."""


def main() -> None:
    """Runs the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rahdari.project.settings")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app()
