"""The demonstration: both states' nodes on one machine, with one command (`bin/demo`).

demo/                the folder (`--home`)
  rahdari-demo       marks it as ours
  postgres/          one server, a database for each node
  pk/  jp/           the nodes' homes
  static/            pictures, styles and scripts, for both
  set_up  paired     what was done, so that it is not done again
  processes.json     what runs, for the next start to clean up after a kill
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rahdari.project.launch import CannotStart, tour
from rahdari.project.launch.both_nodes import (
    NOT_HANDED_ON,
    PROJECT,
    STATES,
    claim,
    kept_ports,
    make_homes,
    prepare,
    program_and_data,
    reset,
    server,
    set_up,
)
from rahdari.project.launch.home import (
    Home,
    environment,
    read_node,
    write_whole,
)
from rahdari.project.launch.lock import only_launcher
from rahdari.project.launch.ports import is_taken
from rahdari.project.launch.processes import Program, Supervisor, ask, supervisor
from rahdari.project.launch.programs import address, python, serving_programs, wait_until_up, whole_environment
from rahdari.project.launch.progress import Progress
from rahdari.project.launch.setting_up import BESIDE_WEB, FINGERPRINT, PAIR, PEOPLE
from rahdari.project.launch.signals import AskedToStop, stopping_on_signals
from rahdari.project.simulate import running as running_of

FIRST_PEOPLE = "small"  # the scenario with which a demonstration begins
LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    folder: Path
    reset: bool
    check: bool
    workers: int

    @property
    def static(self) -> Path:
        return self.folder / "static"


def demonstrate(options: Options, say: Progress) -> int:
    """Starts everything and stays until asked to stop (`--check`: walks the tour); returns the exit status."""
    claim(options.folder)
    with (
        only_launcher(options.folder),
        supervisor(options.folder / "processes.json") as running,
        kept_ports(say) as ports,
    ):
        if options.reset:
            say("removing what was there")
            reset(options.folder)
        homes = make_homes(options.folder, ports)
        say("database server")
        with server(options.folder) as (admin_url, restarted):
            prepare(homes, admin_url, say)
            set_up(homes, options.folder, say, between=lambda: give_life(homes, options.folder, say))
            _serve(homes, options, running, say)
            pair(homes, options, say)
            if options.check:
                taken = tour.walk({node: address(home) for node, home in homes.items()})
                print(tour.table(taken), flush=True)
                return 0 if all(one.good for one in taken) else 1
            _greet(homes, options, say)
            return _watch(running, restarted, say)


def give_life(homes: dict[str, Home], folder: Path, say: Progress) -> None:
    """Lets a dozen invented people go through the last months on nodes nobody lived on yet, so that every page has something."""
    begun = (folder / running_of.NOTE).exists()
    if not begun and any((home.secrets / "exchange" / "keys_tokens.ndjson").exists() for home in homes.values()):
        return  # nodes of an earlier program: their keys are younger than the people would be
    run = running_of.planned(folder, FIRST_PEOPLE, seed=1, part=1.0, until=dt.datetime.now(dt.UTC).date())
    if run.days_done < run.days:
        say(f"a dozen invented people go through the last {run.days} days")
        running_of.go(homes, folder, run, lambda line: None)


def _serve(homes: dict[str, Home], options: Options, running: Supervisor, say: Progress) -> None:
    for node, home in homes.items():
        port = read_node(home).port
        if is_taken(port):  # two web servers may stand at one port without a word, and would answer for each other
            raise CannotStart(
                f"Port {port} of the node of {STATES[node]} was free at the beginning, and another program has taken it since. "
                "Start again: the node then gets another port."
            )
    say(f"{', '.join(homes)}: {', '.join(['web server', *(name for name, _ in BESIDE_WEB)])}")
    for home in homes.values():
        for program in node_programs(home, options):
            running.start(program)
    for home in homes.values():
        wait_until_up(home, "/healthz", lambda: _refuse_ended(running))


def node_programs(home: Home, options: Options) -> list[Program]:
    """What runs for a node: its web server, and what stands in `BESIDE_WEB`."""
    return serving_programs(home, options.static, options.workers, not_handed_on=NOT_HANDED_ON)


def pair(homes: dict[str, Home], options: Options, say: Progress) -> None:
    """The ceremony between the two nodes, as their operators would hold it; nothing when it was held."""
    note = options.folder / "paired"
    addresses = {node: address(home) for node, home in homes.items()}
    told = json.dumps([addresses, program_and_data(options.folder)])
    if note.is_file() and note.read_text() == told:
        return
    say("the two nodes exchange fingerprints and pair")
    fingerprints = {node: _asked(FINGERPRINT, home, options).strip() for node, home in homes.items()}
    for home in homes.values():
        node = read_node(home)
        other = next(one for one in homes if one != node.node)
        try:
            _asked((*PAIR, node.partner_url, "--fingerprint", fingerprints[other]), home, options)
        except CannotStart as problem:
            if "partner_paired" not in str(problem):
                raise
    write_whole(note, told, mode=0o600)


def _asked(words: tuple[str, ...], home: Home, options: Options) -> str:
    """What a command says at this node."""
    variables = whole_environment(environment(home), options.static, not_handed_on=NOT_HANDED_ON)
    return ask(Program(" ".join(words[1:3]), python(*words), variables, home.logs / "commands.log"))


def _greet(homes: dict[str, Home], options: Options, say: Progress) -> None:
    say("both nodes are up")
    print()
    for node, home in homes.items():
        print(f"  {STATES[node]:<10} {address(home)}/")
        for line in demonstration_people(home, options):
            print(f"      {line}")
    print(f"\n  Everything is kept in {options.folder}\n  Ctrl-C stops both nodes; --reset begins anew.\n", flush=True)


def demonstration_people(home: Home, options: Options) -> list[str]:
    """The invented people who can sign in at this node, a line each; none while no command lists them."""
    if not PEOPLE:
        return []
    return _asked(PEOPLE, home, options).splitlines()


def _watch(running: Supervisor, restarted: Callable[[], bool], say: Progress) -> int:
    while True:
        if restarted():
            say("the database server had died and was started again")
        _refuse_ended(running)
        time.sleep(LOOK_EVERY)


def _refuse_ended(running: Supervisor) -> None:
    ended = running.ended()
    if ended:
        raise CannotStart(str(ended))


def _options(arguments: list[str]) -> Options:
    reader = argparse.ArgumentParser(prog="bin/demo", description="Starts both states' nodes on this machine.")
    reader.add_argument("--home", type=Path, default=PROJECT / "var" / "demo", metavar="DIR", help="folder of the demonstration")
    reader.add_argument("--reset", action="store_true", help="remove what was there and begin anew")
    reader.add_argument("--check", action="store_true", help="start, walk the tour, print it, stop; exit status 0 or 1")
    reader.add_argument("--workers", type=int, default=1, help="web server processes for each node")
    given = reader.parse_args(arguments)
    return Options(Path(os.path.abspath(given.home)), given.reset, given.check, given.workers)


def main(arguments: list[str]) -> int:
    """Runs the demonstration; returns the exit status."""
    options, say = _options(arguments), Progress()
    try:
        with stopping_on_signals():
            return demonstrate(options, say)
    except CannotStart as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"\nThe demonstration cannot go on: {problem}", file=sys.stderr)
        return 1
    except AskedToStop:
        say("stopped; nothing runs any more")
        return 1 if options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
