"""`rahdari journal`: what was exchanged, provable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rahdari.project.cli.acting import in_words, operator

app = typer.Typer(no_args_is_help=True, help="What was exchanged, provable.")


@app.command("checkpoint")
def checkpoint() -> None:
    """Signs the head of the journal and prints it."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import make_checkpoint

    with in_words():
        made = make_checkpoint(actor=actor, at=now())
    if made is None:
        typer.echo("The journal is empty, or its new origin was not announced yet.", err=True)
        raise typer.Exit(1)
    typer.echo(made.note, nl=False)


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="the file to write")],
    origin: Annotated[str, typer.Option(help="which origin; the one in force when left out")] = "",
) -> None:
    """Writes one origin of the journal into a file that anyone can verify without this node."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import make_checkpoint
    from rahdari.domain.exchange.queries.exports import export_journal, journals

    with in_words():
        make_checkpoint(actor=actor, at=now())
    chosen = [one for one in journals() if one.origin == origin or (not origin and one.closed_at is None)]
    if not chosen:
        typer.echo(f"There is no such origin. This node has: {', '.join(one.origin for one in journals())}", err=True)
        raise typer.Exit(1)
    with file.open("wb") as out:
        for line in export_journal(chosen[-1]):
            out.write(line)
    typer.echo(f"{chosen[-1].origin}: {chosen[-1].size} leaves")


@app.command("restart")
def restart(
    reason: Annotated[str, typer.Option(help="why, for the partners")],
    passphrase_file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="with the passphrase of the office key")],
) -> None:
    """Closes a journal that lost leaves in a restore and begins the next origin; the office key tells every partner."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import restart_journal

    with in_words():
        fresh = restart_journal(actor=actor, reason=reason, passphrase=passphrase_file.read_text().strip(), at=now())
    typer.echo(fresh.origin)


@app.command("verify", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def verify(context: typer.Context) -> None:
    """Checks an export without database or network: FILE [--fingerprint KID]… [--against OTHER] [--complete].

    Exit status 0 whole, 1 broken, 2 unreadable. The same as the single module `rahdari/seals/verify.py`.
    """
    from rahdari.seals.verify import main

    raise typer.Exit(main(context.args))
