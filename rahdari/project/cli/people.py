"""`rahdari people`: the invented people of the demonstration, and letting them in."""

from __future__ import annotations

from typing import Annotated

import django
import typer

app = typer.Typer(no_args_is_help=True, help="Bodies and demonstration people.")
OPERATORS = {"pk": "MOP_HRD", "jp": "ISA"}


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
    """Makes the invented people of this node, one for every role, and its organisations; in demo mode, only what is missing."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.domain.accounts.actions import seed_demonstration
    from rahdari.domain.candidates.actions import seed_candidates
    from rahdari.domain.cooperation.actions import seed_enquiries
    from rahdari.domain.exams.actions import seed_sittings
    from rahdari.domain.jobs.actions import seed_vacancies
    from rahdari.domain.organisations.actions import seed_agreements, seed_organisations
    from rahdari.domain.placements.actions import seed_events

    operator = machine(settings.RAHDARI_NODE, "command")
    seed_demonstration(actor=operator, at=now())
    seed_organisations(actor=operator, at=now())
    if settings.RAHDARI_NODE == "pk":
        seed_agreements(actor=operator, at=now())
        seed_vacancies(actor=operator, at=now())
        seed_candidates(actor=operator, at=now())
        seed_events(actor=operator, at=now())
    if settings.RAHDARI_NODE == "jp":
        seed_sittings(actor=operator, at=now())
    seed_enquiries(actor=operator, at=now())


@app.command("list")
def list_people() -> None:
    """Lists the demonstration people of this node: role, address or phone to sign in with, and where one press does it."""
    django.setup()
    typer.echo("\n".join(ways_in()))


def ways_in() -> list[str]:
    """A line each: where one press signs in, then who can sign in with what."""
    from django.conf import settings
    from django.urls import reverse

    from rahdari.domain.accounts.queries import demonstration_people

    pressed = f"{'with one press':20} {settings.RAHDARI_ADDRESS}{reverse('accounts.demonstration')}"
    return [pressed, *(f"{person.role:20} {person.email or person.phone}" for person in demonstration_people())]


@app.command("admit")
def admit(
    email: Annotated[str, typer.Argument(help="the address they sign in with")],
    name: Annotated[str, typer.Option(help="their name")],
    role: Annotated[str, typer.Option(help="a role of the page Who may do what")] = "node_operator",
    body: Annotated[str, typer.Option(help="the office, a code of authorities.csv or a registry id")] = "",
    language: Annotated[str, typer.Option(help="en, ur or ja")] = "en",
) -> None:
    """Admits the first member of staff of a node, its operator, who then admits the others in the browser."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.base.refusal import Refused
    from rahdari.domain.accounts.actions import admit_staff
    from rahdari.web.words import say

    node = settings.RAHDARI_NODE
    told = {"email": email, "name": name, "language": language, "role": role, "body_id": body or OPERATORS[node]}
    try:
        admit_staff(actor=machine(node, "command"), **told, at=now())
    except Refused as refused:
        typer.echo("\n".join(say(one) for one in refused.refusals), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"A letter with the way to a password was sent to {email}.")
