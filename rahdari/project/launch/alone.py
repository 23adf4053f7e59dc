"""A node by itself: made by `rahdari node init`, kept running by `rahdari node serve`.

DIR/                 the home (see `launch.home`), and
  postgres/          the node's own database server, unless DATABASE_URL named another one
  static/            pictures, styles and scripts
  set_up             what the node was set up with
  lock               held while it serves
  processes.json     what runs, for the next start to clean up after a kill

It is a production node that only this machine can reach: plain HTTP on loopback. What
it lacks to be reached from outside (TLS, names) is said in the operator's guide.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rahdari.project.launch import CannotStart, postgres, roles
from rahdari.project.launch.checks import check_database
from rahdari.project.launch.finding import find_programs, wheel_programs
from rahdari.project.launch.home import (
    Home,
    Node,
    environment,
    is_prepared,
    make_home,
    open_home,
    own_passphrase,
    passwords,
    read_node,
    remember_database,
    write_whole,
)
from rahdari.project.launch.lock import only_launcher
from rahdari.project.launch.ports import kept_port
from rahdari.project.launch.processes import Program, Supervisor, ask, run_all, supervisor
from rahdari.project.launch.programs import (
    address,
    python,
    serving_programs,
    setting_log,
    setting_program,
    wait_until_up,
    whole_environment,
)
from rahdari.project.launch.setting_up import FINGERPRINT, FOUND, SETTING_UP, Setting, rows_together

PROJECT = Path(__file__).resolve().parents[3]
OWN_SERVER = "postgres"  # seen from the home
MODE = "production"
PATIENCE = 30.0  # seconds to wait for a command that has the database server for a moment
LOOK_EVERY = 0.2  # seconds
WITH_TABLES = ("django", "django-allauth")  # another version of these brings other tables

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Founded:
    """A node that is ready to serve: the fingerprint of its office key, and where it will be reached."""

    fingerprint: str
    url: str


def init(folder: Path, *, node: str, port: int, origin: str, passphrase: Path | None, say: Say) -> Founded:
    """Makes a node in the folder, or completes one; a node that is whole is left as it is.

    Refuses (`CannotStart`) a folder that holds something else, or a node with another name, port or origin.
    Without a file with the passphrase of the office key one is made, and left in the home for the operator to take away.
    """
    home = _claimed(folder, node=node, port=port, origin=origin, say=say)
    note, state = home.folder / "set_up", program_state()
    whole = _noted(note) == state
    if not whole:
        with only_launcher(home.folder), _server(home) as server:
            _prepare(home, server, say)
            note.unlink(missing_ok=True)
            _set_up(home, say, [setting for setting in SETTING_UP if not setting.demonstration])
            say("keys of the exchange")
            _found(home, None if _is_founded(home) else passphrase or _own_passphrase(home, say))
            write_whole(note, json.dumps(state), mode=0o600)
    return Founded(_asked(home, FINGERPRINT), address(home))


def serve(folder: Path, *, workers: int, say: Say, ready: Callable[[str], None]) -> None:
    """Runs the node until it is asked to stop (`AskedToStop`); `ready` is told its address once it can serve.

    Refuses (`CannotStart`) a node that is not whole, one that runs already, and a port that another program has.
    """
    home = open_home(folder)
    node = read_node(home)
    if node.mode != MODE:
        raise CannotStart(f"{home.folder} belongs to a demonstration. Start that one: bin/demo.")
    with (
        only_launcher(home.folder),
        _server(home) as server,
        supervisor(home.folder / "processes.json") as running,
        kept_port(node.port) as ours,
    ):
        if not ours:
            raise CannotStart(f"Port {node.port} is taken by another program. Stop that one first.")
        _prepare(home, server, say)
        _bring_up_to_date(home, say)
        for program in serving_programs(home, home.static, workers):
            running.start(program)
        wait_until_up(home, "/readyz", lambda: _keep_running(server, running, say))
        ready(address(home))
        while True:
            _keep_running(server, running, say)
            time.sleep(LOOK_EVERY)


def program_state() -> dict[str, str]:
    """What this program sets a node up with, a value each: `tables`, the `law` and the `files` that browsers get."""
    tables = " ".join(version(name) for name in WITH_TABLES).encode()
    return {
        "tables": _value_of(PROJECT / "rahdari", "**/migrations/*.py", names_only=True, beside=tables),
        "law": _value_of(PROJECT / "rahdari" / "reference", "*"),
        "files": _value_of(PROJECT, "rahdari/**/static/**/*", "locale/**/*.po"),
    }


def _value_of(place: Path, *patterns: str, names_only: bool = False, beside: bytes = b"") -> str:
    digest = hashlib.sha256(beside)
    for path in sorted(path for pattern in patterns for path in place.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(place)}\n".encode() + (b"" if names_only else path.read_bytes()))
    return digest.hexdigest()


def _noted(note: Path) -> dict[str, str]:
    """What the node was set up with; empty when that never came to its end."""
    try:
        held = json.loads(note.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _claimed(folder: Path, *, node: str, port: int, origin: str, say: Say) -> Home:
    """The home of this node, made unless it is there; refuses one of another node, port or origin."""
    home = Home(Path(os.path.abspath(folder)))
    if not home.node_file.exists():
        if home.folder.is_dir() and any(home.folder.iterdir()):
            raise CannotStart(f"{home.folder} is not empty and is not the home of a node. Name another folder: --home DIR.")
        server = "" if os.environ.get(postgres.GIVEN_SERVER) else OWN_SERVER
        host = origin or f"localhost:{port}"
        return make_home(home.folder, Node(node, port, MODE, server=server, origin=host, plain_http=True))
    held = read_node(home)
    if held.mode != MODE:
        raise CannotStart(f"{home.folder} belongs to a demonstration, not to a node by itself. Use another folder: --home DIR.")
    asked = {"node": (held.node, node), "port": (held.port, port), "origin": (held.origin, origin or held.origin)}
    other = [f"its {name} is {had}, not {wanted}" for name, (had, wanted) in asked.items() if had != wanted]
    if other:
        raise CannotStart(f"{home.folder} is the home of a node already, and {'; '.join(other)}. Nothing was changed.")
    if held.server and os.environ.get(postgres.GIVEN_SERVER):
        say("DATABASE_URL is not used: this node has a database server of its own")
    return make_home(home.folder, held)


@contextmanager
def _server(home: Home) -> Iterator[postgres.Cluster | None]:
    """The node's own database server; nothing where it is somebody else's."""
    node = read_node(home)
    if not node.server:
        yield None
        return
    with postgres.cluster(home.folder / node.server, patience=PATIENCE) as running:
        yield running


def _prepare(home: Home, server: postgres.Cluster | None, say: Say) -> None:
    """Database and roles: of our own server at every start, of another's server once."""
    node = read_node(home).node
    if server is None and not is_prepared(home):
        given = os.environ.get(postgres.GIVEN_SERVER)
        if not given:
            raise CannotStart("DATABASE_URL must name the database server, as a role that may make databases and roles.")
        if roles.database_exists(given, node):
            raise CannotStart(
                f"The server already has a database or roles for node {node} that this home did not make. "
                "They are not touched: name another server, or none (unset DATABASE_URL)."
            )
        say("database and roles")
        remember_database(home, roles.prepare_database(given, node, passwords=passwords(home)))
    elif server is not None:
        if not is_prepared(home):
            _warn_of_the_wheel(say)
        remember_database(home, roles.prepare_database(server.admin_url, node, passwords=passwords(home)))
    for warning in check_database(environment(home)["DATABASE_URL"]):
        say(warning)


def _warn_of_the_wheel(say: Say) -> None:
    if find_programs() == wheel_programs():
        say("this machine has no PostgreSQL of its own: the packaged one is used, which is for trials, not for production")


def _set_up(home: Home, say: Say, settings: Iterable[Setting]) -> None:
    for row in rows_together(settings):
        say(", ".join(setting.says for setting in row))
        run_all([setting_program(setting, home, home.static) for setting in row])


def _is_founded(home: Home) -> bool:
    """Whether the node has its keys of the exchange: what names them is written last."""
    return (home.secrets / "exchange" / "keys_tokens.ndjson").is_file()


def _own_passphrase(home: Home, say: Say) -> Path:
    """The file with the passphrase of the office key, and what the operator is told about it."""
    path = own_passphrase(home)
    say(
        f"the passphrase of the office key was written to {path}. Take it away from this machine and keep it: "
        "without it the office key opens for nobody, and whoever has this file and the home can bind the state"
    )
    return path


def _found(home: Home, passphrase: Path | None) -> None:
    """Makes the keys of the exchange, or completes what was begun."""
    _asked(home, (*FOUND, *(["--passphrase-file", str(passphrase.absolute())] if passphrase else [])))


def _asked(home: Home, words: tuple[str, ...]) -> str:
    variables = whole_environment(environment(home), home.static)
    name = f"{read_node(home).node}: keys of the exchange"
    return ask(Program(name, python(*words), variables, setting_log(home))).strip()


def _bring_up_to_date(home: Home, say: Say) -> None:
    """Makes what a newer program shows anew; refuses (`CannotStart`) one that needs other tables, and leaves the law as it is."""
    note, now = home.folder / "set_up", program_state()
    held, node = _noted(note), read_node(home)
    again = f"rahdari node init --home {home.folder} --node {node.node} --port {node.port}"
    if not held:
        raise CannotStart(f"The node in {home.folder} is not set up to its end. Do it again: {again}")
    if held["tables"] != now["tables"]:
        raise CannotStart(
            f"The program has other tables than those in {home.folder}. Copy the database, then bring them up to date: {again}"
        )
    if held["files"] != now["files"]:
        _set_up(home, say, [setting for setting in SETTING_UP if setting.once])
        write_whole(note, json.dumps({**held, "files": now["files"]}), mode=0o600)
    if held["law"] != now["law"]:
        say("the tables of the law of this program are not those in force here. To load them: rahdari reference load")


def _keep_running(server: postgres.Cluster | None, running: Supervisor, say: Say) -> None:
    """Starts again what died: the database server, the web server, the worker."""
    if server is not None and server.begin_again_if_dead():
        say("the database server had died and was started again")
    ended = running.ended()
    if ended:
        say(str(ended))
        running.begin_again(ended)
        say(f"{ended.program.name} was started again")
