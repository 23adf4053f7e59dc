"""`rahdari simulate`: invented people on two nodes, by the real actions."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from rahdari.project.launch import CannotStart, both_nodes, data_folder
from rahdari.project.launch.home import Home
from rahdari.project.launch.lock import only_launcher
from rahdari.project.launch.progress import Progress
from rahdari.project.launch.setting_up import SETTING_UP
from rahdari.project.launch.signals import AskedToStop, stopping_on_signals
from rahdari.project.simulate import report as reports
from rahdari.project.simulate import running
from rahdari.project.simulate.scenarios import SCENARIOS

HELP = f"which scenario: {', '.join(SCENARIOS)}"


def simulate(
    scenario: Annotated[str, typer.Argument(help=HELP)],
    seed: Annotated[int, typer.Option(help="another seed gives other people and the same law")] = 1,
    report: Annotated[Path, typer.Option(help="the file for the report; - for standard output")] = Path("-"),
    home: Annotated[
        Path | None, typer.Option("--home", metavar="DIR", help="keeps both nodes, to go on or to open with bin/demo --home DIR")
    ] = None,
    part: Annotated[float, typer.Option(min=0.001, max=1.0, help="so great a part of the people, firms and agreements")] = 1.0,
    until: Annotated[str, typer.Option(help="the day after the last simulated day; today when left out")] = "",
) -> None:
    """Runs a scenario on both nodes, by the real actions over the real exchange, and writes what both databases count.

    Exit status 0 where both agree, both journals are whole and nobody was lost; else 1. The same command with the same --home
    goes on where it stopped.
    """
    say = Progress(sys.stderr)
    try:
        last = dt.date.fromisoformat(until) if until else dt.datetime.now(dt.UTC).date()
    except ValueError:
        raise typer.BadParameter("a day as 2026-11-25", param_hint="--until") from None
    try:
        with stopping_on_signals():
            made = _run(home, scenario, seed=seed, part=part, until=last, say=say)
    except (CannotStart, OSError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    except AskedToStop:
        typer.echo("Stopped. With the same --home the same command goes on from here.", err=True)
        raise typer.Exit(1) from None
    running.write_report(report, made)
    for one in made["agree"]["differences"]:
        typer.echo(f"The nodes do not agree: {one}", err=True)
    raise typer.Exit(0 if reports.is_whole(made) else 1)


def _run(home: Path | None, scenario: str, *, seed: int, part: float, until: dt.date, say: Progress) -> dict[str, Any]:
    """In the folder named, or in one that is gone afterwards."""
    if home is not None:
        return _run_in(home.absolute(), scenario, seed=seed, part=part, until=until, say=say)
    folder = Path(tempfile.mkdtemp(prefix="rahdari-simulation-"))
    try:
        return _run_in(folder, scenario, seed=seed, part=part, until=until, say=say)
    finally:
        data_folder.remove(folder / "postgres")
        both_nodes.reset(folder)


def _run_in(folder: Path, scenario: str, *, seed: int, part: float, until: dt.date, say: Progress) -> dict[str, Any]:
    run = running.planned(folder, scenario, seed=seed, part=part, until=until)
    both_nodes.claim(folder)
    with only_launcher(folder):
        with both_nodes.kept_ports(say) as ports:  # for whoever serves these nodes later
            homes: dict[str, Home] = both_nodes.make_homes(folder, ports)
        say("database server")
        with both_nodes.server(folder) as (admin_url, _):
            both_nodes.prepare(homes, admin_url, say)
            if not run.days_done:
                both_nodes.do_settings(homes, folder, say, [one for one in SETTING_UP if one.as_owner])
            return running.simulate(homes, folder, run, say)
