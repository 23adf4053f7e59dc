"""`rahdari node`: what an operator does with a node."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import django
import typer

from rahdari.project.launch import CannotStart, alone
from rahdari.project.launch.home import journal_origin, open_home, owner_environment
from rahdari.project.launch.progress import Progress
from rahdari.project.launch.signals import AskedToStop, stopping_on_signals

app = typer.Typer(no_args_is_help=True, help="What an operator does with a node.")
ENDS_WITHIN = 8.0  # seconds that work under way has to end; the launcher waits a little longer
HomeOption = Annotated[Path, typer.Option("--home", metavar="DIR", help="the folder of the node")]


@app.command("init")
def init(
    home: HomeOption,
    node: Annotated[str, typer.Option(help="which node: pk or jp")],
    port: Annotated[int, typer.Option(help="the port of its web server on this machine")],
    origin: Annotated[str, typer.Option(help="the host its journal is named after; localhost:PORT when left out")] = "",
    passphrase_file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="file with the passphrase of the office key; made when left out"),
    ] = None,
) -> None:
    """Makes a node in a folder: database, tables, keys; says the fingerprint of its office key and, below, its address."""
    try:
        with stopping_on_signals():
            made = alone.init(home, node=node, port=port, origin=origin, passphrase=passphrase_file, say=Progress(sys.stderr))
    except (CannotStart, OSError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    except AskedToStop:
        typer.echo("Stopped. The same command goes on from here.", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{made.fingerprint}\n{made.url}")


@app.command("serve")
def serve(
    home: HomeOption,
    workers: Annotated[int, typer.Option(min=1, help="web server processes")] = 1,
) -> None:
    """Runs a node until it is told to stop: its database server, its web server (plain HTTP, this machine only), its worker."""
    say = Progress(sys.stderr)
    try:
        with stopping_on_signals():
            alone.serve(home, workers=workers, say=say, ready=lambda url: typer.echo(url))
    except (CannotStart, OSError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    except AskedToStop:
        say("stopped; nothing runs any more")


@app.command("found")
def found(
    passphrase_file: Annotated[
        Path | None, typer.Option(help="file with the passphrase of the office key; the one in the home when left out")
    ] = None,
) -> None:
    """Makes the keys of the exchange unless they are there (part of `init`)."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import found_node

    named = open_home(settings.RAHDARI_HOME)
    file = passphrase_file or named.office_passphrase
    passphrase = file.read_text(encoding="utf-8").rstrip("\r\n") if file.exists() else ""
    found_node(
        actor=machine(settings.RAHDARI_NODE, "command"), passphrase=passphrase, journal_origin=journal_origin(named), at=now()
    )


@app.command("fingerprint")
def fingerprint() -> None:
    """Says the fingerprint of this node's office key, which partners receive by another channel; asks no database."""
    django.setup()
    from rahdari.domain.exchange.outside.keyring import NotFounded, keys_tokens
    from rahdari.seals.tokens import read_keys_token

    try:
        typer.echo(read_keys_token(keys_tokens()[-1]).jws.kid)
    except NotFounded:
        typer.echo("This node has no keys yet: rahdari node init", err=True)
        raise typer.Exit(1) from None


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
def work(threads: Annotated[int, typer.Option(min=1, help="how much is done at the same time")] = 6) -> None:
    """Does the node's work in the background (carries and takes up statements, links the audit chain) until told to stop."""
    django.setup()
    from rahdari.project.worker import Worker

    worker = Worker(threads=threads)
    try:
        with stopping_on_signals():
            worker.run()
    except AskedToStop:
        worker.stop(within=ENDS_WITHIN)  # what takes longer is cut off like by a power cut, and done again
