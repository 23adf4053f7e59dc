"""The folder of both nodes on one machine: their homes, one database server, what is done before they serve.

demo/                the folder (`--home`)
  rahdari-demo       marks it as ours
  postgres/          one server, a database for each node
  pk/  jp/           the nodes' homes
  static/            pictures, styles and scripts, for both
  set_up             what was done, so that it is not done again

The demonstration and the simulation make and open the same folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rahdari.project.launch import CannotStart, data_folder, postgres, roles
from rahdari.project.launch.checks import check_database
from rahdari.project.launch.home import (
    Home,
    Node,
    is_prepared,
    make_home,
    own_passphrase,
    passwords,
    remember_database,
    write_whole,
)
from rahdari.project.launch.ports import free_port
from rahdari.project.launch.processes import run_all
from rahdari.project.launch.programs import setting_program
from rahdari.project.launch.setting_up import SETTING_UP, Setting, rows_together

PROJECT = Path(__file__).resolve().parents[3]
PORTS = {"pk": 8701, "jp": 8702}
STATES = {"pk": "Pakistan", "jp": "Japan"}
MARK = "rahdari-demo"
ROOMS = ("pk", "jp", "static")  # and the folder of the server, removed in its own way
# The demonstration is the same for everybody: it takes nothing from the settings of the one who starts it.
NOT_HANDED_ON = ("PG", "RAHDARI_", "DATABASE_URL", "DJANGO_", "GRANIAN_")
OWN_SERVER = "../postgres"  # seen from a node's home

Say = Callable[[str], None]


def claim(folder: Path) -> None:
    """Makes the folder ours; refuses one that holds something else."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise CannotStart(f"{folder} is not empty and was not made by the demonstration. Name another folder: --home DIR.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # the database server's account passes through; it cannot look around
    (folder / MARK).touch()


def reset(folder: Path) -> None:
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


@contextmanager
def kept_ports(say: Say) -> Iterator[dict[str, int]]:
    """A port for each node that no other program has, kept from every other launcher until the end."""
    with ExitStack() as kept:
        ports: dict[str, int] = {}
        for node, wanted in PORTS.items():
            apart_from = {*ports.values(), *(set(PORTS.values()) - {wanted})}
            ports[node] = kept.enter_context(free_port(wanted, apart_from=apart_from))
            if ports[node] != wanted:
                say(f"port {wanted} is taken by another program: the node of {STATES[node]} gets {ports[node]}")
        yield ports


def make_homes(folder: Path, ports: dict[str, int]) -> dict[str, Home]:
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
def server(folder: Path) -> Iterator[tuple[str, Callable[[], bool]]]:
    """The administrator's address of the server, and a look at it that starts it again if it died."""
    given = os.environ.get(postgres.GIVEN_SERVER)
    if given:
        yield given, lambda: False
        return
    with postgres.cluster(folder / "postgres") as running:
        yield running.admin_url, running.begin_again_if_dead


def prepare(homes: dict[str, Home], admin_url: str, say: Say) -> None:
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


def set_up(homes: dict[str, Home], folder: Path, say: Say, between: Callable[[], None] = lambda: None) -> None:
    """Does what stands in the table; nothing when all of it was done with this very program and database.

    `between` is done once the nodes have their tables, before anything is in them.
    """
    note, state = folder / "set_up", program_and_data(folder)
    if state and note.is_file() and note.read_text() == state:
        return
    note.unlink(missing_ok=True)
    first = [setting for setting in SETTING_UP if setting.once or setting.as_owner]
    do_settings(homes, folder, say, first)
    between()
    do_settings(homes, folder, say, [setting for setting in SETTING_UP if setting not in first])
    write_whole(note, program_and_data(folder), mode=0o600)


def do_settings(homes: dict[str, Home], folder: Path, say: Say, settings: Iterable[Setting]) -> None:
    """Does these rows of the table for both nodes."""
    for row in rows_together(settings):
        say(f"{', '.join(homes)}: {', '.join(setting.says for setting in row)}")
        run_all(
            [
                setting_program(setting, homes[node], folder / "static", not_handed_on=NOT_HANDED_ON)
                for setting in row
                for node in (list(homes)[:1] if setting.once else list(homes))
            ]
        )


def program_and_data(folder: Path) -> str:
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
