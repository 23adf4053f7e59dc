"""Who stands opposite: another peer, always; and a real node of Rahdari, started once (marked `nodes`).

A plugin of pytest: `pytest_plugins = "tests.exchange.peer.stage"`.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import socket
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.peer.answers import Answer
from tests.exchange.peer.client import send
from tests.exchange.peer.courier import NO_ANSWER
from tests.exchange.peer.forms import Malformed
from tests.exchange.peer.link import Link, until
from tests.exchange.peer.peer import Peer
from tests.exchange.peer.schemas import file_of

RAHDARI = Path(sys.executable).parent / "rahdari"
# User-assigned codes of ISO 3166, then some that are not assigned; `aa` and `zz` stay strangers in every case.
FREE = [*(f"q{letter}" for letter in "mnopqrstuvwxyz"), *(f"o{letter}" for letter in string.ascii_lowercase if letter != "m")]
CODES = [*(f"x{letter}" for letter in string.ascii_lowercase), *FREE]


class Counterpart:
    """The node under test, as far as a partner and its operator can reach it."""

    node = "pk"
    real = False
    url: str
    fingerprint: str

    def __init__(self) -> None:
        self.codes: Iterator[str] = itertools.chain(CODES)
        self.links: dict[str, Link] = {}
        self.peers: list[Peer] = []
        self.schemas: dict[str, dict[str, Any]] = {}

    def fresh_peer(self) -> Peer:
        """A state no one has heard of yet."""
        code = next(self.codes, None)
        assert code is not None, "all codes are used up; share a link"
        peer = Peer(code)
        self.peers.append(peer)
        return peer

    def link(self, peer: Peer | None = None) -> Link:
        """Pairs a peer both ways, and waits until it is let in."""
        peer = peer or self.fresh_peer()
        # The peer knows the node first: so the heads it asks for after the ceremony are answered at once.
        partner = peer.pair(self.url, self.fingerprint)
        self.add(peer)
        link = Link(peer, partner, self.schema)
        assert link.post().receipts == []
        return link

    def shared(self, name: str) -> Link:
        """One link for all cases of a module that leave the stream as it was, or longer."""
        if name not in self.links:
            self.links[name] = self.link()
            # Some names depend on it: the first place with a wrong `prev` is malformed, any other is chain.
            self.links[name].accepted(self.links[name].draft())
        return self.links[name].sync()

    def schema(self, type: str) -> dict[str, Any]:
        if type not in self.schemas:
            answer = self.get(file_of(type))
            assert answer.status == 200, (type, answer.status)
            self.schemas[type] = answer.json()
        return self.schemas[type]

    def get(self, target: str) -> Answer:
        return send(self.url, "GET", target)

    def add(self, peer: Peer, fingerprint: str | None = None) -> None:
        """The pairing ceremony on its side; raises Malformed when it refuses."""
        raise NotImplementedError

    def restart(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        for peer in self.peers:
            peer.close()


class PeerCounterpart(Counterpart):
    """Another peer, which answers and sends by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.me = Peer(self.node, automatic=True)
        self.peers.append(self.me)
        self.url, self.fingerprint = self.me.url, self.me.fingerprint

    def add(self, peer: Peer, fingerprint: str | None = None) -> None:
        self.me.pair(peer.url, fingerprint or peer.fingerprint)

    def restart(self) -> None:
        self.me.restart()


class NodeCounterpart(Counterpart):
    """A real node, started by its own commands in a folder of its own."""

    real = True

    def __init__(self, home: Path, *words: str) -> None:
        super().__init__()
        self.home = home
        self.server: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        made = self.command("node", "init", "--node", self.node, "--port", str(self.port), *words, patience=600)
        assert made.returncode == 0, made.stdout + made.stderr
        self.fingerprint, self.url = (line.strip() for line in made.stdout.splitlines()[:2])
        self.url = self.url.rstrip("/")
        self.up()

    def command(self, *words: str, patience: float = 120) -> subprocess.CompletedProcess[str]:
        """One of its commands, as its operator types it."""
        return subprocess.run(
            [RAHDARI, *words, "--home", str(self.home)],
            env=_clean_environment(),
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )

    def up(self) -> None:
        log = (self.home.parent / "serve.log").open("ab")
        words = [RAHDARI, "node", "serve", "--home", str(self.home)]
        self.server = subprocess.Popen(words, env=_clean_environment(), stdout=log, stderr=log, start_new_session=True)
        log.close()
        until(self._ready, "a ready node", 300)

    def _ready(self) -> bool:
        assert self.server is not None and self.server.poll() is None, (self.home.parent / "serve.log").read_text()[-4000:]
        try:
            return self.get("/readyz").status == 200
        except NO_ANSWER:
            return False

    def down(self, sign: int = signal.SIGTERM) -> int:
        assert self.server is not None
        self.server.send_signal(sign)
        status = self.server.wait(120)
        self.server = None
        return status

    def add(self, peer: Peer, fingerprint: str | None = None) -> None:
        done = self.command("partner", "add", peer.url, "--fingerprint", fingerprint or peer.fingerprint)
        if done.returncode:
            raise Malformed(done.stderr or done.stdout)

    def restart(self) -> None:
        self.down()
        self.up()

    def close(self) -> None:
        if self.server is not None:
            self.down()
        super().close()


def _clean_environment() -> dict[str, str]:
    """Without what the tests of this process run in: the node is to find its own way from its folder."""
    kept = {"RAHDARI_POSTGRES_PROGRAMS"}
    ours = ("RAHDARI_", "DATABASE_URL", "DJANGO_", "PYTEST_", "COVERAGE_")
    return {name: value for name, value in os.environ.items() if name in kept or not name.startswith(ours)}


def _free_port() -> int:
    while True:  # below those that the system gives to connections: it is bound only a moment later
        port = random.randrange(4000, 10_000)
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) != 0:
                return port


def _no_node_command() -> str | None:
    """Why no real node can be started here; none when it can."""
    asked = subprocess.run(
        [RAHDARI, "node", "init", "--help"], env=_clean_environment(), capture_output=True, text=True, timeout=120, check=False
    )
    if asked.returncode == 0 and "--port" in asked.stdout:
        return None
    return "LEFT OUT: `rahdari node init --home DIR --node pk --port N` is not a command yet; the peer was only tried against itself."


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the ordinary run one case of each class is tried, against another peer and against a real node.

    All of them are in `bin/dev sure`, or when a file or a case is asked for by name.
    """
    if os.environ.get("RAHDARI_SURE") == "1" or config.option.keyword or any(".py" in word for word in config.args):
        return
    drawn: dict[tuple[str, str], pytest.Item] = {}
    left = []
    for item in items:
        against = "node" if item.get_closest_marker("nodes") else _param_of(item, "counterpart")
        tried = against and item.path.name.startswith("test_peer_")
        if tried and drawn.setdefault((item.nodeid.rpartition("::")[0], against), item) is not item:
            left.append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(left)
        items[:] = [item for item in items if item not in gone]


def _param_of(item: pytest.Item, fixture: str) -> str:
    return str(item.callspec.params.get(fixture, "")) if hasattr(item, "callspec") else ""


@pytest.fixture(scope="session")
def peer_opposite() -> Iterator[Counterpart]:
    counterpart = PeerCounterpart()
    yield counterpart
    counterpart.close()


@pytest.fixture(scope="session")
def node_opposite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counterpart]:
    reason = _no_node_command()
    if reason:
        print(reason, file=sys.stderr)
        pytest.skip(reason)
    counterpart = NodeCounterpart(tmp_path_factory.mktemp("node") / "home")
    yield counterpart
    counterpart.close()


@pytest.fixture(params=["peer", pytest.param("node", marks=pytest.mark.nodes)])
def counterpart(request: pytest.FixtureRequest) -> Counterpart:
    """Each case runs twice: against another peer, and against a real node."""
    return request.getfixturevalue(f"{request.param}_opposite")


@pytest.fixture
def link(counterpart: Counterpart, request: pytest.FixtureRequest) -> Link:
    """The link this module shares: cases must leave it usable."""
    return counterpart.shared(request.module.__name__)


@pytest.fixture
def own_link(counterpart: Counterpart) -> Link:
    """A link for one case that spoils it: forks, rolled keys, restarts of a journal."""
    return counterpart.link()


@pytest.fixture
def real_node(node_opposite: NodeCounterpart) -> NodeCounterpart:
    """For commands only a real node has; mark the case `nodes`."""
    return node_opposite


def slow(seconds: float) -> Any:
    """A manner: the proper answer, late."""

    def manner(call: Any, proper: Any) -> Answer:
        time.sleep(seconds)
        return proper()

    return manner
