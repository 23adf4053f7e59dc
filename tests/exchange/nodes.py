"""Two real nodes for tests: each in a folder with its own database server, run by its own commands.

pair = Pair(folder); pair.up()
pair.pk.say("a text", times=20)        twenty requests, asked by the contact point as a person would
pair.settle()                          until nothing is under way any more
pair.agree()                           every statement taken up once, in order; both journals whole and equal
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

RAHDARI = Path(sys.executable).parent / "rahdari"
PATIENCE = 240.0  # seconds
NOT_HANDED_ON = ("RAHDARI_", "DATABASE_URL", "DJANGO_", "PG", "PYTEST_")
PROJECT = Path(__file__).resolve().parents[2]
AT_A_NODE = "import django; django.setup(); from tests.exchange.at_a_node import main; main()"
UNSETTLED = """
    select (select count(*) from base_outboxentry where kind = 'statement' and taken_at is null)
         + (select count(*) from exchange_envelope where sender = %(me)s and receipt = '' and not void)
         + (select count(*) from exchange_told where state = 'waiting')
         + (select count(*) from exchange_told where sender = %(me)s and state in ('signed', 'delivered')
              and type <> 'exchange.outcome/1' and type <> '')
"""
TAKEN_UP = """
    select told.thread, told.seq
    from base_auditentry as entry
    cross join lateral jsonb_array_elements(coalesce(entry.facts->'statements', jsonb_build_array(entry.facts)))
        with ordinality as one(facts, place)
    join exchange_told as told on told.sender = %(n)s and told.statement::text = one.facts->>'statement'
    where entry.verb = 'exchange.take_up' and one.facts->>'outcome' in ('taken_up', 'refused', 'recalled')
        and one.facts->>'repeated' is null
    order by entry.transaction, one.place
"""  # what was taken up from a node, in that order: one entry may tell of one statement or of several


def free_port() -> int:
    """A port nobody has now, below those that the system gives to connections: it is bound only a moment later."""
    while True:
        port = random.randrange(4000, 10_000)
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) != 0:
                return port


class RealNode:
    """One node and its operator."""

    def __init__(self, name: str, home: Path, beside: Mapping[str, str] | None = None) -> None:
        self.name, self.home, self.port, self.beside = name, home, free_port(), dict(beside or {})
        self.server: subprocess.Popen[bytes] | None = None
        self.people: subprocess.Popen[str] | None = None
        made = self.command("node", "init", "--node", name, "--port", str(self.port))
        self.fingerprint, self.url = made.splitlines()[:2]

    def environment(self) -> dict[str, str]:
        """What a process of the node gets, without what belongs to the tests but for what the test put beside it."""
        return {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)} | self.beside

    def command(self, *words: str, status: int = 0) -> str:
        """A command of its operator; the status must be the one expected."""
        done = subprocess.run(
            [RAHDARI, *words, "--home", self.home], env=self.environment(), capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def up(self, *words: str) -> None:
        """Starts it, with words of its own for the command, and waits until it is ready."""
        log = (self.home / "logs" / "serve.log").open("ab")
        self.server = subprocess.Popen(
            [RAHDARI, "node", "serve", "--home", self.home, *words],
            env=self.environment(),
            stdout=log,
            stderr=log,
            process_group=0,
        )
        until(self.is_ready, f"{self.name} is ready")

    def is_ready(self) -> bool:
        """Whether it says so."""
        assert self.server is not None
        assert self.server.poll() is None, (self.home / "logs" / "serve.log").read_text()[-2000:]
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", trust_env=False, timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def down(self, sign: int = signal.SIGTERM) -> None:
        """Stops it, or kills it with all it started (SIGKILL)."""
        assert self.server is not None
        self.send_home()
        if sign == signal.SIGKILL:
            for group in [*self.programs().values(), self.server.pid]:
                with suppress(ProcessLookupError):  # it died before
                    os.killpg(group, signal.SIGKILL)
        else:
            self.server.send_signal(sign)
        self.server.wait(120)
        self.server = None

    def programs(self) -> dict[str, int]:
        """The process groups that run for it, by name."""
        return {one["name"]: one["group"] for one in json.loads((self.home / "processes.json").read_text())}

    def kill_database(self) -> None:
        """Kills its database server with SIGKILL; the node starts it again by itself."""
        os.kill(int((self.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        until(self.is_ready, f"{self.name} is ready again")

    def say(self, text: str, times: int = 1) -> None:
        """Its contact point asks the other one, so many times."""
        self.do("say", text=text, times=times)

    def do(self, act: str, **told: Any) -> Any:
        """What somebody at the node does (`at_a_node.py`); what the act gives back."""
        people = self.people or self._people()
        assert people.stdin is not None
        assert people.stdout is not None
        people.stdin.write(json.dumps({"do": act, **told}) + "\n")
        people.stdin.flush()
        answer = json.loads(people.stdout.readline() or '{"failed": "it ended"}')
        assert "failed" not in answer, answer["failed"]
        return answer["done"]

    def database(self, role: str = "app") -> str:
        """The address of its database for a role of its: `app`, or the `owner` of the tables."""
        return str(json.loads((self.home / "secrets" / "database.json").read_text())[f"{role}_url"])

    def inside(self) -> dict[str, str]:
        """What a process of ours gets that acts at the node, as its web server does."""
        path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH", "")]))
        own = {"RAHDARI_HOME": str(self.home), "RAHDARI_NODE": self.name, "RAHDARI_PLAIN_HTTP": "1", "PYTHONPATH": path}
        own |= {"DATABASE_URL": self.database(), "DJANGO_SETTINGS_MODULE": "rahdari.project.settings"}
        return self.environment() | own

    def _people(self) -> subprocess.Popen[str]:
        """The process in which people act, started when somebody first does something."""
        with (self.home / "logs" / "people.log").open("ab") as log:
            self.people = subprocess.Popen(
                [sys.executable, "-c", AT_A_NODE], cwd=PROJECT, env=self.inside(), text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        return self.people

    def send_home(self) -> None:
        """Ends the process of the people at the node."""
        if self.people is not None:
            self.people.communicate(timeout=60)
            self.people = None

    def ask(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """What its database answers."""
        with psycopg.connect(self.database(), autocommit=True) as connection:
            return connection.execute(query, values or None).fetchall()

    def as_owner(self, *orders: str) -> None:
        """Has the owner of the tables do something to the database, all of it or nothing."""
        with psycopg.connect(self.database("owner")) as connection:
            for order in orders:
                connection.execute(order)

    def unsettled(self) -> int:
        """How much is still under way at this node."""
        return int(self.ask(UNSETTLED, me=self.name)[0][0])

    @property
    def data(self) -> Path:
        """Where its database server keeps its rows; for root that lies outside the home."""
        return (self.home / "postgres" / "data").resolve()

    def back_up(self, to: Path) -> None:
        """A copy of its database as it is; the node must be down. Its keys are kept elsewhere, as the guide says."""
        copy_folder(self.data, to)

    def restore(self, from_: Path) -> None:
        """Puts an older copy of the database in place; the node must be down."""
        copy_folder(from_, self.data)


def copy_folder(source: Path, target: Path) -> None:
    """Makes the target the same as the source, owners and rights included."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True, copy_function=copy_with_owner)
    for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
        same_owner(source / folder.relative_to(target), folder)


def copy_with_owner(source: str, target: str) -> str:
    """Copies a file with its owner: the database server runs as its own account where we are root."""
    shutil.copy2(source, target)
    same_owner(Path(source), Path(target))
    return target


def same_owner(source: Path, target: Path) -> None:
    """Gives the target the owner and the rights of the source."""
    held = source.stat()
    os.chown(target, held.st_uid, held.st_gid)
    target.chmod(held.st_mode & 0o7777)


def until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Waits until something is so."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.2)


class Pair:
    """Both nodes, paired with each other."""

    def __init__(self, folder: Path, **beside: Mapping[str, str]) -> None:
        """Makes both; `beside` are variables for the programs of a node, by its name."""
        self.folder = folder
        with ThreadPoolExecutor() as both:
            self.pk, self.jp = both.map(lambda name: RealNode(name, folder / name, beside.get(name)), ("pk", "jp"))
        self.both = (self.pk, self.jp)

    def up(self) -> None:
        """Starts both and pairs them."""
        with ThreadPoolExecutor() as both:
            list(both.map(RealNode.up, self.both))
            list(both.map(self.pair, self.both, self.both[::-1]))

    def pair(self, node: RealNode, other: RealNode) -> None:
        """A node's operator pairs it with the other one."""
        node.command("partner", "add", other.url, "--fingerprint", other.fingerprint)

    def close(self) -> None:
        """Stops whatever runs."""
        for node in self.both:
            if node.server is not None:
                node.down()
            node.send_home()

    def settle(self, patience: float = PATIENCE) -> None:
        """Waits until everything said was carried, taken up and answered, on both nodes."""
        for node in self.both:
            node.ask("update exchange_link set next_try_at = null returning 1")
        until(lambda: not any(node.unsettled() for node in self.both * 2), "everything is settled", patience)

    def agree(self, complete: bool = True, **expected: int) -> None:
        """Each statement was taken up exactly once and in the order of its thread, and both journals are whole and equal."""
        for told, heard in (self.both, self.both[::-1]):
            said = told.ask("select statement, state from exchange_told where sender = %(n)s and type <> ''", n=told.name)
            held = heard.ask("select statement, hash, state from exchange_told where sender = %(n)s", n=told.name)
            states = {row[0]: row[2] for row in held}
            never_came = {row[0] for row in said} - set(states)
            assert set(states) <= {row[0] for row in said}, (told.name, len(said), len(states))
            assert {row[1] for row in said if row[0] in never_came} <= {"recalled"}, (told.name, never_came)
            assert set(states.values()) <= {"taken_up", "recalled"}, states
            taken = heard.ask(TAKEN_UP, n=told.name)
            assert len(taken) == len(set(taken)), "taken up twice"
            threads: dict[Any, list[int]] = {}
            for thread, seq in taken:
                threads.setdefault(thread, []).append(seq)
            assert all(places == sorted(places) for places in threads.values()), "out of order"
            if told.name in expected:
                mirrored = heard.ask("select count(*) from cooperation_request where home = %(n)s", n=told.name)
                assert mirrored == [(expected[told.name],)]
        self.verify(complete)

    def verify(self, complete: bool = True) -> str:
        """Both exports verified against each other by the module that needs neither node."""
        files = []
        for node in self.both:
            files.append(str(self.folder / f"{node.name}.ndjson"))
            node.command("journal", "export", files[-1])
        prints = [word for node in self.both for word in ("--fingerprint", node.fingerprint)]
        said = ""
        for one, other in (files, files[::-1]):
            words = [RAHDARI, "journal", "verify", one, "--against", other, *prints, *(["--complete"] if complete else [])]
            done = subprocess.run(words, env=self.pk.environment(), capture_output=True, text=True, timeout=PATIENCE)
            assert done.returncode == 0, done.stdout + done.stderr
            said += done.stdout
        return said
