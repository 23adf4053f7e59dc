"""The tree of commands. What a command needs is brought in when it runs: `check` needs no database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from rahdari.project.cli import audit, keys, node, people, reference
from rahdari.project.cli.check import check
from rahdari.project.cli.use_cases import House
from rahdari.project.launch import CannotStart
from rahdari.project.launch.home import environment, open_home

app = typer.Typer(cls=House, name="rahdari", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("check")(check)
app.add_typer(reference.app, name="reference")
app.add_typer(audit.app, name="audit")
app.add_typer(node.app, name="node")
app.add_typer(people.app, name="people")
app.add_typer(keys.app, name="keys")


@app.callback()
def rahdari() -> None:
    """Two states, one labour-migration corridor. Every command takes --home DIR: the node it works on."""


def use_home(arguments: list[str]) -> list[str]:
    """Takes `--home DIR` out of the arguments, wherever it stands, and enters that node's environment."""
    rest, home, words = [], "", iter(arguments)
    for word in words:
        if word == "--home":
            home = next(words, "")
        elif word.startswith("--home="):
            home = word.removeprefix("--home=")
        else:
            rest.append(word)
    if home:
        os.environ.update(environment(open_home(Path(home))))
    return rest


def main() -> None:
    """Runs the command line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        arguments = use_home(sys.argv[1:])
    except CannotStart as problem:
        typer.echo(str(problem), err=True)
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rahdari.project.settings")
    app(args=arguments)
