"""The tree of commands. What a command needs is brought in when it runs: `check` needs no database."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import typer

from rahdari.project.cli import audit, exchange, journal, keys, names, node, partner, passes, people, reference
from rahdari.project.cli.check import check, check_paper
from rahdari.project.cli.simulate import simulate
from rahdari.project.cli.use_cases import House
from rahdari.project.launch import CannotStart
from rahdari.project.launch.at_hand import database_at_hand
from rahdari.project.launch.home import environment, open_home

app = typer.Typer(cls=House, name="rahdari", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("check")(check)
app.command("check-paper")(check_paper)
app.command("simulate")(simulate)
app.add_typer(reference.app, name="reference")
app.add_typer(audit.app, name="audit")
app.add_typer(node.app, name="node")
app.add_typer(people.app, name="people")
app.add_typer(keys.app, name="keys")
app.add_typer(partner.app, name="partner")
app.add_typer(exchange.app, name="exchange")
app.add_typer(journal.app, name="journal")
app.add_typer(names.app, name="names")
app.add_typer(passes.app, name="pass")


@app.callback()
def rahdari() -> None:
    """Two states, one labour-migration corridor. Every command takes --home DIR: the node it works on."""


FAILED, USAGE = 1, 2  # exit status

# These open the home themselves, or make it.
WITH_THEIR_OWN_HOME = (("node", "init"), ("node", "serve"), ("simulate",))
# These ask no database, so none is started for them.
WITHOUT_DATABASE = (
    ("check",),
    ("check-paper",),
    ("names",),
    ("pass", "verify"),
    ("reference", "check"),
    ("journal", "verify"),
    ("keys", "new-secret"),
    ("node", "fingerprint"),
    ("contracts", "check-clauses"),
)


def use_home(arguments: list[str], until: ExitStack) -> list[str]:
    """Takes `--home DIR` out of the arguments, wherever it stands, and enters that node's environment.

    A database server of the node's own that does not run is started, and stopped when `until` is closed.
    """
    if any(tuple(arguments[: len(words)]) == words for words in WITH_THEIR_OWN_HOME):
        return arguments
    rest, folder, words = [], "", iter(arguments)
    for word in words:
        if word == "--home":
            folder = next(words, "")
        elif word.startswith("--home="):
            folder = word.removeprefix("--home=")
        else:
            rest.append(word)
    if folder:
        try:
            home = open_home(Path(folder))
        except CannotStart as problem:
            _end(problem, USAGE)
        if not any(tuple(rest[: len(words)]) == words for words in WITHOUT_DATABASE):
            until.enter_context(database_at_hand(home))
        os.environ.update(environment(home))
    return rest


def _end(problem: CannotStart, status: int) -> NoReturn:
    typer.echo(str(problem), err=True)
    sys.exit(status)


def main() -> None:
    """Runs the command line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with ExitStack() as until:
        try:
            arguments = use_home(sys.argv[1:], until)
        except CannotStart as problem:
            _end(problem, FAILED)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rahdari.project.settings")
        app(args=arguments)
