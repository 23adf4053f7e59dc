"""A node's home: the folder with its name, its secrets, its files.

    node.json            which node, its port, its mode, its partner's address, where its database server is
    secrets/             readable by the node's account only
      secret_key         signs sessions
      field_keys.json    closes personal fields; read by `rahdari.base.secrets`
      database.json      passwords of the two roles and the addresses of the last start
      office_passphrase  only until the operator takes it away: opens the office key
    files/  postgres/  static/  logs/

Each file is written whole beside its place and then put there, so that a machine that
stops in between leaves the old one or the new one. What is there is never made anew:
a lost field key is lost data.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from rahdari.project.launch import CannotStart
from rahdari.project.launch.roles import NODES, NodeDatabase, Passwords, new_passwords

MODES = ("demo", "test", "production")
FOLDERS = ("files", "logs")
SETTINGS = "rahdari.project.settings"


@dataclass(frozen=True, slots=True)
class Node:
    """What `node.json` holds.

    `server` is the folder of the database server that the launcher starts, seen from the home; empty where the
    server is somebody else's. `origin` is the host that the node's journal is named after. `plain_http` says that
    a production node is reached on this machine alone, and so without TLS.
    """

    node: str
    port: int
    mode: str
    partner_url: str = ""
    server: str = ""
    origin: str = ""
    plain_http: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder and its rooms."""

    folder: Path

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def static(self) -> Path:
        return self.folder / "static"

    @property
    def node_file(self) -> Path:
        return self.folder / "node.json"

    @property
    def secret_key(self) -> Path:
        return self.secrets / "secret_key"

    @property
    def field_keys(self) -> Path:
        return self.secrets / "field_keys.json"

    @property
    def database(self) -> Path:
        return self.secrets / "database.json"

    @property
    def office_passphrase(self) -> Path:
        return self.secrets / "office_passphrase"


def make_home(folder: Path, node: Node) -> Home:
    """Makes a node's home or completes one; keeps every secret that is there.

    Refuses a folder that is another node's home. Port, mode and partner become those given.
    """
    _refuse_unknown(node)
    home = Home(Path(os.path.abspath(folder)))
    home.folder.mkdir(parents=True, exist_ok=True)
    if home.node_file.exists() and (held := read_node(home)).node != node.node:
        raise CannotStart(f"{home.folder} is the home of node {held.node}, not of {node.node}. Use another folder: --home DIR.")
    home.folder.chmod(0o711)  # the database server's account passes through; it cannot look around
    home.secrets.mkdir(mode=0o700, exist_ok=True)
    home.secrets.chmod(0o700)
    for name in FOLDERS:
        (home.folder / name).mkdir(mode=0o700, exist_ok=True)
    write_whole(home.node_file, json.dumps(asdict(node), indent=2) + "\n", mode=0o644)
    for path, fresh in (
        (home.secret_key, secrets.token_urlsafe(64)),
        (home.field_keys, json.dumps({"closing": [_new_key()], "index": [_new_key()]}, indent=2) + "\n"),
        (home.database, _as_json(new_passwords(), None)),
    ):
        if not path.exists():
            write_whole(path, fresh, mode=0o600)
        path.chmod(0o600)
    return home


def open_home(folder: Path) -> Home:
    """The home in this folder; raises `CannotStart` when there is none."""
    home = Home(Path(os.path.abspath(folder)))
    if not home.node_file.is_file():
        raise CannotStart(f"{home.folder} is not the home of a node: it has no node.json.")
    read_node(home)
    return home


def read_node(home: Home) -> Node:
    """What the home says about its node."""
    try:
        node = Node(**_read_json(home.node_file))  # type: ignore[arg-type]
    except TypeError as problem:
        raise CannotStart(f"{home.node_file} is not as it must be: {problem}.") from None
    _refuse_unknown(node)
    return node


def journal_origin(home: Home) -> str:
    """The name under which the node's journal begins (exchange protocol, section 6)."""
    node = read_node(home)
    return f"{node.origin or f'localhost:{node.port}'}/rahdari/{node.node}"


def own_passphrase(home: Home) -> Path:
    """The file in the home with the passphrase of the office key, made unless it is there."""
    if not home.office_passphrase.exists():
        write_whole(home.office_passphrase, secrets.token_urlsafe(24) + "\n", mode=0o600)
    return home.office_passphrase


def passwords(home: Home) -> Passwords:
    """The passwords of the node's two roles."""
    held = _read_json(home.database)
    return Passwords(str(held["owner_password"]), str(held["app_password"]))


def remember_database(home: Home, database: NodeDatabase) -> None:
    """Keeps the addresses of the database; that of our own server changes with every start."""
    write_whole(home.database, _as_json(passwords(home), database), mode=0o600)


def is_prepared(home: Home) -> bool:
    """Whether this home's database has been made."""
    return bool(_read_json(home.database).get("app_url"))


def environment(home: Home) -> dict[str, str]:
    """The variables of the node's web process; to be laid over those of the present one."""
    node = read_node(home)
    return {
        "RAHDARI_HOME": str(home.folder),
        "RAHDARI_NODE": node.node,
        "RAHDARI_MODE": node.mode,
        "RAHDARI_PORT": str(node.port),
        "RAHDARI_PARTNER_URL": node.partner_url,
        "RAHDARI_SECRET_KEY_FILE": str(home.secret_key),
        "RAHDARI_FIELD_KEYS_FILE": str(home.field_keys),
        "DATABASE_URL": _address(home, "app_url"),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **({"RAHDARI_PLAIN_HTTP": "1"} if node.plain_http else {}),
    }


def owner_environment(home: Home) -> dict[str, str]:
    """The variables of a process that changes the shape of tables: it connects as their owner."""
    owner = _address(home, "owner_url")
    return {**environment(home), "DATABASE_URL": owner, "RAHDARI_OWNER_DATABASE_URL": owner}


def write_whole(path: Path, text: str, *, mode: int) -> None:
    """Puts a file in its place whole, on the disk before it returns."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refuse_unknown(node: Node) -> None:
    if node.node not in NODES:
        raise CannotStart(f"There is no node {node.node!r}; the nodes are {' and '.join(NODES)}.")
    if node.mode not in MODES:
        raise CannotStart(f"There is no mode {node.mode!r}; the modes are {', '.join(MODES)}.")
    if not isinstance(node.port, int) or not 0 < node.port < 65536:
        raise CannotStart(f"{node.port!r} is not a port; a port is a number from 1 to 65535.")


def _new_key() -> dict[str, str]:
    """As `rahdari.base.secrets.new_key`, which needs Django."""
    return {"id": os.urandom(4).hex(), "key": base64.b64encode(os.urandom(32)).decode()}


def _as_json(held: Passwords, database: NodeDatabase | None) -> str:
    addresses = asdict(database) if database else {}
    return json.dumps({"owner_password": held.owner, "app_password": held.app, **addresses}, indent=2) + "\n"


def _address(home: Home, which: str) -> str:
    address = _read_json(home.database).get(which)
    if not address:
        raise CannotStart(
            f"The database of {home.folder} has not been prepared yet. Do it once: rahdari node init (or bin/demo)."
        )
    return str(address)


def _read_json(path: Path) -> dict[str, object]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise CannotStart(f"{path} cannot be read: {problem}.") from None
    if not isinstance(held, dict):
        raise CannotStart(f"{path} is not as it must be.")
    return held
