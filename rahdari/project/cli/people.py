"""`rahdari people`: the invented people of the demonstration, and letting them in."""

from __future__ import annotations

import django
import typer

app = typer.Typer(no_args_is_help=True, help="Bodies and demonstration people.")


@app.command("bodies")
def bodies() -> None:
    """Puts the bodies of the reference tables into the node; does only what is missing."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.domain.accounts.actions import seed_bodies

    seed_bodies(actor=machine(settings.RAHDARI_NODE, "command"), at=now())


@app.command("demonstration")
def demonstration() -> None:
    """Makes one invented person for every role of this node; only in demo mode, and only what is missing."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.domain.accounts.actions import seed_demonstration

    seed_demonstration(actor=machine(settings.RAHDARI_NODE, "command"), at=now())


@app.command("list")
def list_people() -> None:
    """Lists the demonstration people of this node: role, address to sign in with."""
    django.setup()
    from rahdari.domain.accounts.queries import demonstration_people

    for person in demonstration_people():
        typer.echo(f"{person.role:20} {person.email}")
