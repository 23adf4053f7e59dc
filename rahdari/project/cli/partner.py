"""`rahdari partner`: the nodes this one exchanges with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rahdari.project.cli.acting import in_words, operator

app = typer.Typer(no_args_is_help=True, help="The nodes this one exchanges with.")
Node = Annotated[str, typer.Argument(help="the partner's two letters")]


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="the partner's address")],
    fingerprint: Annotated[str, typer.Option(help="of its office key, received by another channel than this network")],
) -> None:
    """Pairs with the node at this address, if its keys are signed by the office key with this fingerprint."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.base.jobs import wake
    from rahdari.domain.exchange.actions import add_partner

    with in_words():
        partner = add_partner(actor=actor, url=url, fingerprint=fingerprint, at=now())
    wake("exchange.tend")
    typer.echo(f"{partner.node} is paired; its journal is {partner.journal_origin}")


@app.command("list")
def show() -> None:
    """Every partner with its state, its address and when it was last seen."""
    operator()
    from rahdari.domain.exchange.queries.status import exchange_state

    for one in exchange_state().partners:
        seen = one.link.seen_at.isoformat(timespec="seconds") if one.link and one.link.seen_at else "never seen"
        typer.echo(f"{one.partner.node}  {one.partner.state:8}  {one.partner.url}  {seen}  {one.partner.office_kid}")


def _change(node: str, to: str) -> None:
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import change_partner

    with in_words():
        change_partner(actor=actor, node=node, to=to, at=now())
    typer.echo(f"{node} is {to}")


@app.command("pause")
def pause(node: Node) -> None:
    """Nothing is sent to this partner and it is asked to come again, until `resume`."""
    _change(node, "paused")


@app.command("resume")
def resume(node: Node) -> None:
    """Goes on with a partner that was paused."""
    _change(node, "paired")


@app.command("remove")
def remove(node: Node) -> None:
    """Ends the pairing; keys, streams, receipts and journal stay. A new pairing is a new ceremony."""
    _change(node, "removed")


@app.command("keys")
def keys(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="a keys token of the partner")] = None,
    confirm: Annotated[str, typer.Option(help="the fingerprint of a new office key, received by another channel")] = "",
    node: Annotated[str, typer.Option(help="with --confirm: whose")] = "",
) -> None:
    """Follows a keys token that came by hand, or confirms a partner's new office key."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import confirm_office, take_keys_by_hand

    with in_words():
        if file is not None:
            token = file.read_text(encoding="ascii", errors="replace").strip()
            typer.echo(f"the keys of {take_keys_by_hand(actor=actor, token=token, at=now()).node} are followed")
        elif confirm and node:
            confirm_office(actor=actor, node=node, fingerprint=confirm, at=now())
            typer.echo(f"the office key of {node} is {confirm}")
        else:
            typer.echo("Give a file, or --confirm FINGERPRINT --node NODE.", err=True)
            raise typer.Exit(2)
