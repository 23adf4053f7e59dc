"""Installing and running the peer: two ends, each with its own PostgreSQL (fsync on) and web server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.figures import cpu_seconds, loopback_bytes
from rahdari.project.launch import postgres
from rahdari.project.launch.data_folder import remove
from tests.exchange.nodes import free_port

PEER = ("django-pyas2==1.2.3", "psycopg[binary]==3.3.9", "granian==2.8.0")
BENCH = Path(__file__).parent.parent
SENDERS, RECEIVERS = 4, 3  # processes
# oscrypto 1.3.0, which the peer's library leans on, does not read the version "3.0.19" of OpenSSL: its pattern knows one
# digit a part. The shim is this one replacement in the installed files; without it `import pyas2lib` fails.
SHIM = (r"\\b(\\d\\.\\d\\.\\d[a-z]*)\\b", r"\\b(\\d+\\.\\d+\\.\\d+[a-z]*)\\b")


def install(folder: Path) -> Path:
    """An environment with the peer in it; its Python. Needs the package registry."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-q", *PEER], check=True, stderr=subprocess.DEVNULL, timeout=600)
    for file in folder.glob("lib/python*/site-packages/oscrypto/_openssl/_libcrypto_c*.py"):
        file.write_text(file.read_text().replace(*SHIM))
    subprocess.run([python, "-c", "import pyas2lib"], check=True, timeout=60)
    return python


@dataclass(slots=True)
class End:
    """One end of the AS2 line."""

    python: Path
    folder: Path
    cluster: postgres.Cluster
    own: str
    other: str
    port: int
    target: str
    web: subprocess.Popen[bytes] | None = field(default=None)

    def environment(self) -> dict[str, str]:
        """What its programs get."""
        at = conninfo_to_dict(self.cluster.admin_url)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return kept | {
            "AS2_NAME": str(at["dbname"]), "AS2_USER": str(at["user"]), "AS2_PASSWORD": str(at["password"]),
            "AS2_SOCKET": str(at["host"]), "AS2_FILES": str(self.folder / "files"), "AS2_OWN": self.own,
            "HOME": str(self.folder), "AS2_OTHER": self.other, "AS2_TARGET": self.target,
            "PYTHONPATH": str(BENCH), "PYTHONWARNINGS": "ignore",
            "DJANGO_SETTINGS_MODULE": "exchange_peer.settings",
        }  # fmt: skip

    def run(self, *words: str) -> str:
        """One of its programs; what it said."""
        line = [self.python, "-m", "exchange_peer.program", *words]
        done = subprocess.run(line, env=self.environment(), capture_output=True, text=True, timeout=120, cwd="/")
        assert done.returncode == 0, done.stderr[-1500:]
        return done.stdout.strip()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What its database answers."""
        with psycopg.connect(self.cluster.admin_url, autocommit=True) as connection:
            return connection.execute(query).fetchall()

    def serve(self) -> None:
        """Starts its web server and waits for it."""
        line = [self.python, "-m", "granian", "exchange_peer.wsgi:application", "--interface", "wsgi", "--no-ws"]
        line += ["--workers", str(RECEIVERS), "--blocking-threads", "1", "--port", str(self.port), "--log-level", "error"]
        self.web = subprocess.Popen(line, env=self.environment(), cwd="/", stderr=subprocess.DEVNULL, process_group=0)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/pyas2/as2receive", timeout=5)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError("the peer's web server did not start")

    def stop(self) -> None:
        """Stops its web server."""
        if self.web is not None:
            self.web.terminate()
            try:
                self.web.wait(30)
            except subprocess.TimeoutExpired:  # a worker that waits for its database does not end by itself
                os.killpg(self.web.pid, signal.SIGKILL)
                self.web.wait(30)
            self.web = None


@contextmanager
def two_ends(python: Path) -> Iterator[tuple[End, End]]:
    """A sender and a receiver, founded, the receiver serving; all gone afterwards."""
    folder, ports = Path(tempfile.mkdtemp(prefix="rahdari-bench-")), (free_port(), free_port())
    folder.chmod(0o711)
    names = ("as2client", "as2server")
    try:
        with ExitStack() as stack:
            ends = []
            for number in (0, 1):
                own = folder / names[number]
                (own / "files").mkdir(parents=True)
                own.chmod(0o711)
                running = stack.enter_context(postgres.cluster(own / "postgres"))
                target = f"http://127.0.0.1:{ports[1 - number]}/pyas2/as2receive"
                ends.append(End(python, own, running, names[number], names[1 - number], ports[number], target))
                ends[-1].run("found")
            ends[1].serve()
            stack.callback(ends[1].stop)
            yield ends[0], ends[1]
    finally:
        remove(folder)


class Sending:
    """The sender's processes."""

    def __init__(self, sender: End, receiver: End) -> None:
        self.ends = (sender, receiver)
        line = [sender.python, "-m", "exchange_peer.program", "send", str(SENDERS)]
        self.process = subprocess.Popen(
            line, env=sender.environment(), cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == "ready"

    def send(self, rate: float, count: int, size: int) -> dict[str, Any]:
        """So many payloads at a pace (0: as fast as it goes); seconds, CPU and bytes of one, times in ms."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        cpu, wire = self.spent(), loopback_bytes()
        self.process.stdin.write(f"{rate} {count} {size}\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        assert all(state == "S" for *_, state in said["all"]), said
        return {
            "per second": len(said["all"]) / said["seconds"],
            "CPU": (self.spent() - cpu) / count,
            "wire": (loopback_bytes() - wire) / count,
            "handed over": [row[0] * 1000 for row in said["all"]],
            "committed": [row[1] * 1000 for row in said["all"]],
        }

    def spent(self) -> float:
        """CPU seconds of the sender's processes, the receiver's web server and both database servers."""
        web, servers = self.ends[1].web, [end.cluster.process for end in self.ends]
        assert web is not None
        return cpu_seconds(self.process.pid, web.pid, *[one.pid for one in servers if one is not None])

    def end(self) -> None:
        """Ends the sender's processes."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)


if __name__ == "__main__":
    sys.exit("bench/exchange.py and bench/faults.py start this")
