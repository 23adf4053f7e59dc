"""`rahdari audit`: the chain over everything that was done."""

from __future__ import annotations

from typing import Annotated

import django
import typer

app = typer.Typer(no_args_is_help=True, help="The chain over everything that was done.")


@app.command("link")
def link() -> None:
    """Links the entries that can be linked now (the worker does this by itself every second)."""
    django.setup()
    from rahdari.base.audit import link_entries
    from rahdari.base.clock import now

    typer.echo(f"{link_entries(at=now())} entries linked")


@app.command("verify")
def verify(
    head: Annotated[str, typer.Option(help="a head noted earlier, as number:hash; finds a chain cut or made anew")] = "",
) -> None:
    """Recomputes the chain; finds a changed, removed or inserted entry. Exit status 1 if it finds one."""
    django.setup()
    from rahdari.base.audit import verify_chain

    number, _, noted = head.partition(":")
    if head and not (number.isdigit() and noted):
        typer.echo("Give the head as number:hash, as this command printed it.", err=True)
        raise typer.Exit(2)
    verdict = verify_chain(expected=(int(number), noted) if head else None)
    for fault in verdict.faults:
        typer.echo(fault)
    typer.echo(f"{verdict.entries} entries, {verdict.unlinked} not linked yet, head {verdict.head_seq}:{verdict.head}")
    if verdict.faults:
        raise typer.Exit(1)
