"""`rahdari exchange`: the streams to and from partners."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rahdari.project.cli.acting import in_words, operator

app = typer.Typer(no_args_is_help=True, help="The streams to and from partners.")


@app.command("status")
def status() -> None:
    """Partners, streams with their heads, what waits, alarms."""
    operator()
    from rahdari.domain.exchange.queries.partners import is_ready_for
    from rahdari.domain.exchange.queries.status import exchange_state

    state = exchange_state()
    for one in state.partners:
        ready = "ready" if is_ready_for(one.partner) else "heads not asked yet"
        typer.echo(f"{one.partner.node}  {one.partner.state}, {ready}  {one.link.problem if one.link else ''}".rstrip())
        typer.echo(f"  to it    {one.ours['seq']} {one.ours['hash']}  delivered {one.delivered}, not signed yet {one.unsigned}")
        typer.echo(f"  from it  {one.theirs['seq']} {one.theirs['hash']}  to take up {one.to_take_up}")
        typer.echo(f"  without an outcome {one.without_outcome}{', a stream is stopped' if one.stopped else ''}")
    if state.journal:
        typer.echo(f"journal {state.journal.origin}  {state.journal.size} leaves")
    for alarm in state.alarms:
        typer.echo(f"alarm {alarm.code} {alarm.node} {alarm.subject}  since {alarm.raised_at.isoformat(timespec='seconds')}")


@app.command("send-pending")
def send_pending() -> None:
    """Sends to every partner now what waits for it, whatever was to be waited for."""
    operator()
    from rahdari.domain.exchange.actions import deliver
    from rahdari.domain.exchange.models import Link
    from rahdari.domain.exchange.queries.partners import partners

    Link.objects.update(next_try_at=None)
    for partner in partners():
        typer.echo(f"{partner.node}: {deliver(partner.node)} delivered")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="the file to write")],
    to: Annotated[str, typer.Option(help="for which partner")],
) -> None:
    """Writes everything a partner has given no receipt for into a file, to be carried by hand."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import export_bundle

    with in_words():
        lines = list(export_bundle(actor=actor, node=to, at=now()))
    file.write_bytes(b"".join(lines))
    typer.echo(f"{len(lines) - 1} envelopes and files")


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="a partner's bundle, or its answer to ours")],
    answer: Annotated[Path | None, typer.Option(help="where to write the answer; FILE.answer when left out")] = None,
) -> None:
    """Takes in a partner's file and writes the answer, to be carried back; or takes in the answer to a file of ours."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.base.jobs import wake
    from rahdari.domain.exchange.actions import import_bundle

    with in_words(), file.open("rb") as lines:
        answered = import_bundle(actor=actor, lines=iter(lines), at=now())
    if answered:
        place = answer or file.with_name(file.name + ".answer")
        place.write_bytes(b"".join(answered))
        typer.echo(f"{len(answered) - 1} receipts and problems in {place}")
    wake("exchange.tend")


@app.command("repair")
def repair(node: Annotated[str, typer.Argument(help="the partner's two letters; every partner when left out")] = "") -> None:
    """Asks for the heads of both streams again and mends what differs."""
    operator()
    from rahdari.domain.exchange.actions import repair as mend
    from rahdari.domain.exchange.queries.partners import partners

    for partner in partners():
        if node in ("", partner.node):
            with in_words():
                mend(partner)
            typer.echo(f"{partner.node}: both heads compared")


@app.command("resume")
def resume(
    sender: Annotated[str, typer.Option("--from", help="whose stream; with --not-restored: which partner")],
    keep: Annotated[str, typer.Option(help="the hash of the token that stays")] = "",
    not_restored: Annotated[
        bool, typer.Option("--not-restored", help="this node was not restored; go on without a link")
    ] = False,
) -> None:
    """After a fork: says which of the two tokens stays. Or gives the operator's word that this node was not restored."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange import actions

    if bool(keep) == not_restored:
        typer.echo("Give either --keep HASH or --not-restored.", err=True)
        raise typer.Exit(2)
    with in_words():
        if keep:
            stream = actions.resume(actor=actor, sender=sender, keep=keep, at=now())
            typer.echo(f"the stream {stream.sender} to {stream.receiver} goes on behind {keep}")
        else:
            actions.not_restored(actor=actor, node=sender, at=now())
            typer.echo(f"signing for {sender} again")
    sys.stdout.flush()
