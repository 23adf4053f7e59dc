"""`rahdari reference`: the dated tables of the law."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import django
import typer

app = typer.Typer(no_args_is_help=True, help="The dated tables of the law.")
Folder = Annotated[str, typer.Argument(help="folder with the tables; the shipped ones when left out")]


@app.command("check")
def check_tables(folder: Folder = "") -> None:
    """Says what is wrong with the tables of a folder; needs no database. Exit status 1 if anything is."""
    from rahdari.base.reference import SHIPPED
    from rahdari.domain.fields.rules.tables import faults_of

    faults = faults_of(Path(folder) if folder else SHIPPED)
    for fault in faults:
        typer.echo(fault)
    typer.echo(f"{len(faults)} faults")
    if faults:
        raise typer.Exit(1)


@app.command("load")
def load(folder: Folder = "") -> None:
    """Makes the tables of a folder the edition in force; refuses broken tables and edited history."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.base.reference import SHIPPED
    from rahdari.base.refusal import Refused
    from rahdari.domain.fields.actions import load_reference
    from rahdari.web.words import say

    try:
        actor = machine(settings.RAHDARI_NODE, "command")
        edition = load_reference(actor=actor, folder=Path(folder) if folder else SHIPPED, at=now())
    except Refused as refused:
        for refusal in refused.refusals:
            typer.echo(say(refusal))
        raise typer.Exit(0 if {one.code for one in refused.refusals} == {"edition_in_force"} else 1) from None
    typer.echo(f"Edition {edition.content_version} is in force.")
    for change in edition.changes:
        typer.echo(f"  {change}")
