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
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rahdari.project.launch import CannotStart, data_folder, postgres, roles, tour
from rahdari.project.launch.checks import check_database
from rahdari.project.launch.home import (
    Home,
    Node,
    environment,
    is_prepared,
    make_home,
    own_passphrase,
    passwords,
    read_node,
    remember_database,
    write_whole,
)
from rahdari.project.launch.lock import only_launcher
from rahdari.project.launch.ports import free_port
from rahdari.project.launch.processes import Program, Supervisor, ask, run_all, supervisor
from rahdari.project.launch.programs import address, python, serving_programs, setting_program, wait_until_up, whole_environment
from rahdari.project.launch.progress import Progress
from rahdari.project.launch.setting_up import BESIDE_WEB, FINGERPRINT, PAIR, PEOPLE, SETTING_UP, rows_together
from rahdari.project.launch.signals import AskedToStop, stopping_on_signals

PROJECT = Path(__file__).resolve().parents[3]
PORTS = {"pk": 8701, "jp": 8702}
STATES = {"pk": "Pakistan", "jp": "Japan"}
MARK = "rahdari-demo"
ROOMS = ("pk", "jp", "static")  # and the folder of the server, removed in its own way
LOOK_EVERY = 0.5  # seconds
# The demonstration is the same for everybody: it takes nothing from the settings of the one who starts it.
NOT_HANDED_ON = ("PG", "RAHDARI_", "DATABASE_URL", "DJANGO_", "GRANIAN_")
OWN_SERVER = "../postgres"  # seen from a node's home


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
    _claim(options.folder)
    with only_launcher(options.folder), supervisor(options.folder / "processes.json") as running:
        if options.reset:
            say("removing what was there")
            _reset(options.folder)
        homes = _homes(options.folder, say)
        say("database server")
        with _server(options.folder) as (admin_url, restarted):
            _prepare(homes, admin_url, say)
            _set_up(homes, options, say)
            _serve(homes, options, running, say)
            pair(homes, options, say)
            if options.check:
                taken = tour.walk({node: address(home) for node, home in homes.items()})
                print(tour.table(taken), flush=True)
                return 0 if all(one.good for one in taken) else 1
            _greet(homes, options, say)
            return _watch(running, restarted, say)


def _claim(folder: Path) -> None:
    """Makes the folder ours; refuses one that holds something else."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise CannotStart(f"{folder} is not empty and was not made by the demonstration. Name another folder: --home DIR.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # the database server's account passes through; it cannot look around
    (folder / MARK).touch()


def _reset(folder: Path) -> None:
    """Removes both nodes with their databases; keeps the folder itself."""
    for note in ("set_up", "paired"):
        (folder / note).unlink(missing_ok=True)
    given = os.environ.get(postgres.GIVEN_SERVER)
    for node in PORTS:
        home = Home(folder / node)
        if given and home.database.is_file() and is_prepared(home):
            roles.drop_database(given, node)
    postgres.end_leftovers(folder / "postgres")
    data_folder.remove(folder / "postgres")
    for room in ROOMS:
        shutil.rmtree(folder / room, ignore_errors=True)


def _homes(folder: Path, say: Progress) -> dict[str, Home]:
    ports: dict[str, int] = {}
    for node, wanted in PORTS.items():
        ports[node] = free_port(wanted, apart_from={*ports.values(), *(set(PORTS.values()) - {wanted})})
        if ports[node] != wanted:
            say(f"port {wanted} is taken by another program: the node of {STATES[node]} gets {ports[node]}")
    urls = {node: f"http://localhost:{port}" for node, port in ports.items()}
    partner = {"pk": "jp", "jp": "pk"}
    server = "" if os.environ.get(postgres.GIVEN_SERVER) else OWN_SERVER
    homes = {
        node: make_home(folder / node, Node(node, port, "demo", partner_url=urls[partner[node]], server=server))
        for node, port in ports.items()
    }
    for home in homes.values():
        own_passphrase(home)  # stays: whoever plays the contact point needs it
    return homes


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, Callable[[], bool]]]:
    """The administrator's address of the server, and a look at it that starts it again if it died."""
    given = os.environ.get(postgres.GIVEN_SERVER)
    if given:
        yield given, lambda: False
        return
    with postgres.cluster(folder / "postgres") as running:
        yield running.admin_url, running.begin_again_if_dead


def _prepare(homes: dict[str, Home], admin_url: str, say: Progress) -> None:
    for node, home in homes.items():
        say(f"{node}: database and roles")
        foreign = admin_url == os.environ.get(postgres.GIVEN_SERVER)
        if foreign and not is_prepared(home) and roles.database_exists(admin_url, node):
            raise CannotStart(
                f"The server already has a database or roles for node {node} that this demonstration did not make. "
                "It does not touch them: give it a server of its own, or none (unset DATABASE_URL)."
            )
        database = roles.prepare_database(admin_url, node, passwords=passwords(home))
        remember_database(home, database)
        for warning in check_database(database.app_url):
            say(f"{node}: {warning}")


def _set_up(homes: dict[str, Home], options: Options, say: Progress) -> None:
    """Does what stands in the table; nothing when all of it was done with this very program and database."""
    note, state = options.folder / "set_up", _state(options.folder)
    if state and note.is_file() and note.read_text() == state:
        return
    note.unlink(missing_ok=True)
    for row in rows_together(SETTING_UP):
        say(f"{', '.join(homes)}: {', '.join(setting.says for setting in row)}")
        run_all(
            [
                setting_program(setting, homes[node], options.static, not_handed_on=NOT_HANDED_ON)
                for setting in row
                for node in (list(homes)[:1] if setting.once else list(homes))
            ]
        )
    write_whole(note, _state(options.folder), mode=0o600)


def _state(folder: Path) -> str:
    """One value for the program's files and our own database; empty with a server of somebody else's."""
    data = folder / "postgres" / "data"
    if os.environ.get(postgres.GIVEN_SERVER) or not data.exists():
        return ""
    digest = hashlib.sha256(f"{sys.version} {data.resolve()} {data.stat().st_ino}".encode())
    for place in (PROJECT / "rahdari", PROJECT / "locale"):
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".mo"):
                held = path.stat()
                digest.update(f"{path} {held.st_mtime_ns} {held.st_size}\n".encode())
    return digest.hexdigest()


def _serve(homes: dict[str, Home], options: Options, running: Supervisor, say: Progress) -> None:
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
    told = json.dumps([addresses, _state(options.folder)])
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
