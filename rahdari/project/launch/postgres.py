"""A PostgreSQL of our own, as a child process: made when missing, started, watched, stopped.

It listens on a socket file only and asks for passwords even there. It is started as
`postgres` itself, not through pg_ctl, so that we can wait for it: an orphan nobody waits
for stays as a zombie and blocks the next start.

What an earlier launcher left behind is stopped, never adopted: it is not our child, it
may have been started with other options, and PostgreSQL comes back within a second.
A lock on the folder tells such an orphan from the server of a launcher that still lives.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from rahdari.project.launch import CannotStart, alive
from rahdari.project.launch.child import command
from rahdari.project.launch.data_folder import (
    ADMIN,
    Account,
    account_for,
    admin_password,
    make_data,
    plain_environment,
    programs_for,
    remove,
    socket_folder,
)
from rahdari.project.launch.lock import PATIENCE, only_launcher
from rahdari.project.launch.signals import undisturbed

GIVEN_SERVER = "DATABASE_URL"
READY_WITHIN, STOP_WITHIN = 120.0, 30.0  # seconds; recovery after a crash may take its time
LOG_LIMIT = 5 * 1024 * 1024  # bytes
TRIES = 3
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTLED_AFTER = 60.0  # seconds; a younger folder may be one that is just being made
THROWAWAY_PREFIX = "rahdari-throwaway-"


@dataclass(slots=True)
class Cluster:
    """A running server of our own and where to find it; `admin_url` reaches it as superuser."""

    folder: Path
    data: Path
    account: Account | None
    fast: bool
    socket: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def admin_url(self) -> str:
        return socket_url(ADMIN, admin_password(self.folder), "postgres", self.socket)

    def begin(self) -> None:
        """Starts the server and returns when it answers; raises `CannotStart` with what it wrote."""
        for attempt in range(TRIES):
            stop_orphan(self.data)
            self.process = self._spawn()
            end = self._wait_until_ready()
            if end is None:
                return
            if attempt + 1 == TRIES or not _passes_by_itself(end):
                raise CannotStart(f"PostgreSQL did not start on {self.data}. It wrote ({self.log}):\n{end}")
            time.sleep(1)

    def begin_again_if_dead(self) -> bool:
        """Starts the server again when it has died, at the same address; says whether it had."""
        if self.process and self.process.poll() is None:
            return False
        self.begin()
        return True

    def end(self) -> None:
        """Stops the server: it closes its connections and writes down what it holds; by force when that takes too long."""
        if self.process is None:
            return
        for last, seconds in ((signal.SIGINT, STOP_WITHIN), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            if self.process.poll() is None:
                self.process.send_signal(last)
            try:
                self.process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                continue
        self.process = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        programs = programs_for(self.data, self.account)
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "cluster_name": _cluster_name(self.data),
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(FAST if self.fast else {}),
        }
        words = [programs.named("postgres"), "-D", str(self.data)]
        words += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        account = self.account.ids if self.account else None
        with opened_log(self.log) as log:
            return subprocess.Popen(
                command(words, last_signal=signal.SIGINT, account=account),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=plain_environment(), process_group=0,
            )  # fmt: skip

    def _wait_until_ready(self) -> str | None:
        """Nothing when the server answers, else the last lines of its log."""
        process = self.process
        until = time.monotonic() + READY_WITHIN
        while process is not None and time.monotonic() < until:
            if process.poll() is not None:
                return last_lines(self.log)
            try:
                psycopg.connect(self.admin_url, connect_timeout=5).close()
                return None
            except psycopg.OperationalError as problem:
                if "authentication failed" in str(problem):
                    self.end()
                    return f"The password kept in {self.folder / 'admin_password'} does not fit this database."
            time.sleep(0.03)
        self.end()
        return last_lines(self.log)


@contextmanager
def cluster(folder: Path, *, fast: bool = False, patience: float = PATIENCE) -> Iterator[Cluster]:
    """A server on the data below `folder`, made when missing; stopped at the end, the data kept.

    `fast` gives up safety against a power cut: for tests only. `patience` is how many seconds
    to wait for somebody who has the server for a moment only. Refuses (`CannotStart`) when
    another launcher uses the folder, when there is no PostgreSQL, and when it does not start.
    Call it from the main thread: on Linux the server ends with the thread that started it.
    """
    folder = Path(os.path.abspath(folder))
    folder.mkdir(parents=True, exist_ok=True)
    with only_launcher(folder, patience=patience):
        data = make_data(folder)
        account = account_for(data)
        remembered = folder / "socket"
        _sweep_socket(remembered)
        socket = socket_folder(account)
        remembered.write_text(str(socket))
        running = Cluster(folder, data, account, fast, socket)
        try:
            running.begin()
            yield running
        finally:
            with undisturbed():
                running.end()
                shutil.rmtree(socket, ignore_errors=True)
                remembered.unlink(missing_ok=True)


@contextmanager
def running_cluster(folder: Path, *, fast: bool = False) -> Iterator[str]:
    """The administrator's address of a server: the one named in DATABASE_URL, else one of our own in `folder`."""
    given = os.environ.get(GIVEN_SERVER)
    if given:
        yield given
        return
    with cluster(folder, fast=fast) as running:
        yield running.admin_url


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """The administrator's address of a fresh, fast server for tests; nothing of it remains.

    Folders of earlier ones whose process was killed are removed on the way.
    """
    _sweep_throwaways()
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX))
    folder.chmod(0o711)
    try:
        with cluster(folder, fast=True) as running:
            yield running.admin_url
    finally:
        with undisturbed():
            remove(folder)


def socket_url(role: str, password: str, database: str, socket: Path) -> str:
    """The address of a database behind a socket folder."""
    return f"postgresql://{quote(role)}:{quote(password, safe='')}@/{quote(database)}?host={quote(str(socket))}&port=5432"


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log file."""
    if not log.is_file():
        return "(nothing)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:]) or "(nothing)"


def stop_orphan(data: Path) -> None:
    """Stops what runs on this data folder without a launcher, and removes the note of a server that runs no more.

    The caller holds the folder's lock, so that no launcher can be its parent.
    """
    for last, seconds in ((signal.SIGINT, STOP_WITHIN), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        until = time.monotonic() + seconds
        left = _running_on(data)
        for pid in left:
            _signal(pid, last)
        while left and time.monotonic() < until:
            time.sleep(0.05)
            left = _running_on(data)
        if not left:
            (data / "postmaster.pid").unlink(missing_ok=True)
            return
    raise CannotStart(f"An earlier PostgreSQL (process {left[0]}) still runs on {data} and does not stop. Stop it by hand.")


def end_leftovers(folder: Path) -> None:
    """Stops the server that a killed launcher left on the data below `folder`, if there is one."""
    if (folder / "data").exists():
        with only_launcher(folder):
            stop_orphan((folder / "data").resolve())
            _sweep_socket(folder / "socket")


def _running_on(data: Path) -> list[int]:
    """The processes of a server on this data folder: the server first, else what is left of a killed one.

    Backends are named only when their server is gone: it stops its own.
    """
    lines = alive.commands()
    servers = [pid for pid, line in lines.items() if f" -D {data} " in line and "postgres" in line.split(" -D ")[0]]
    backends = [pid for pid, line in lines.items() if line.startswith(f"postgres: {_cluster_name(data)}:")]
    return servers or backends


def _cluster_name(data: Path) -> str:
    """A name that PostgreSQL shows in its processes, unlike that of any other data folder."""
    made = data.stat()
    return f"rahdari-{made.st_dev:x}-{made.st_ino:x}"


def _passes_by_itself(end: str) -> bool:
    """Whether the reason for not starting is the rest of a server that is just ending."""
    return "shared memory block" in end or "postmaster.pid" in end


def _signal(pid: int, last: int) -> None:
    try:
        os.kill(pid, last)
    except ProcessLookupError:  # it ended by itself
        return


def opened_log(log: Path) -> IO[bytes]:
    """A log file opened at its end; one grown too large is put aside first."""
    if log.is_file() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def _sweep_socket(remembered: Path) -> None:
    """Removes the socket folder that a killed launcher left."""
    old = Path(remembered.read_text().strip()) if remembered.is_file() else None
    if old and old.name.startswith("rahdari-") and old.is_dir() and not old.is_symlink():
        shutil.rmtree(old, ignore_errors=True)


def _sweep_throwaways() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{THROWAWAY_PREFIX}*"):
        try:
            held = folder.lstat()
            if stat.S_ISLNK(held.st_mode) or held.st_uid != os.geteuid() or time.time() - held.st_mtime < SETTLED_AFTER:
                continue
            with only_launcher(folder):
                if (folder / "data").exists():
                    stop_orphan((folder / "data").resolve())
                remove(folder)
        except (CannotStart, FileNotFoundError):  # still in use, or another one sweeps
            continue
