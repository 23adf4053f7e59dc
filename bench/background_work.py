"""How soon background work begins after a commit: `python bench/background_work.py`.

Ours (`rahdari/project/worker.py`) against procrastinate 3.10, which the benchmark installs into an
environment of its own; each on a fresh PostgreSQL with fsync on, one worker process, one stream that no
two may work on at once. The peer runs twice: as it comes (it looks for work by itself every 5 s), and
looking every 50 ms. The work takes whatever lies in a table; a statement's time is from its commit to
the moment it was taken. These machines are shared: read the ratios, not the times.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg

PEER = "procrastinate==3.10.0"
STREAM = "take xx"
TABLE = "create table said (id bigserial primary key, at timestamptz default clock_timestamp(), taken timestamptz)"
TAKE = "update said set taken = clock_timestamp() where id in (select id from said where taken is null limit 64) returning id"
GIVES_UP = 30.0  # seconds
held = threading.local()


def take(url: str, slow: float = 0.0) -> None:
    """The work: takes what there is, until there is nothing; notes that it began."""
    if not hasattr(held, "connection"):  # one for each thread, as a pool would give it
        held.connection = psycopg.connect(url, autocommit=True)
    with open(os.environ["BEGAN"], "a") as began:
        began.write(f"{time.time()}\n")
    while held.connection.execute(TAKE).fetchall():
        time.sleep(slow)


def ours_works(url: str) -> None:
    """A worker process of ours."""
    jobs, worker = import_module("rahdari.project.jobs"), import_module("rahdari.project.worker")
    slow = float(os.environ.get("SLOW", "0"))
    row = jobs.Job("take", lambda node: take(url, slow) or 0, every=2.0, each_partner=True)
    worker.Worker((row,), nodes=lambda: ["xx"]).run()


def peer_works(url: str) -> None:
    """A worker process of the peer."""
    app = peer_app(url, "PsycopgConnector")

    async def run() -> None:
        async with app.open_async():
            await app.run_worker_async(
                concurrency=6, fetch_job_polling_interval=float(os.environ["LOOKS"]), delete_jobs="successful"
            )

    asyncio.run(run())


def peer_app(url: str, connector: str):
    """The peer's application with its one task."""
    procrastinate = import_module("procrastinate")
    app = procrastinate.App(connector=getattr(procrastinate, connector)(conninfo=url))
    slow = float(os.environ.get("SLOW", "0"))
    app.task(name="take")(lambda: take(url, slow))
    return app


def ours_wakes(url: str) -> Callable[[], None]:
    """What a web process of ours does after its commit."""
    connection = psycopg.connect(url, autocommit=True)
    return lambda: connection.execute("select pg_notify('rahdari_work', %s)", [json.dumps(["take", "xx"])]) and None


def peer_wakes(url: str) -> Callable[[], None]:
    """What a web process with the peer would do."""
    app, enqueued = peer_app(url, "SyncPsycopgConnector"), import_module("procrastinate").exceptions.AlreadyEnqueued
    app.open()
    app.schema_manager.apply_schema()

    def wake() -> None:
        try:
            app.configure_task("take", lock=STREAM, queueing_lock=STREAM).defer()
        except enqueued:
            return

    return wake


class Drive:
    """One side under measurement."""

    def __init__(self, side: str, url: str, server: int) -> None:
        self.side, self.url, self.server = side, url, server
        self.wake = {"ours": ours_wakes, "peer": peer_wakes}[side](url)
        self.connection = psycopg.connect(url, autocommit=True)
        self.begin()

    def begin(self, slow: float = 0.0) -> None:
        words = [sys.executable, __file__, "work", self.side, self.url]
        self.worker = subprocess.Popen(words, env={**os.environ, "SLOW": str(slow)}, stderr=subprocess.DEVNULL)
        time.sleep(3)

    def say(self) -> None:
        self.connection.execute("insert into said default values")
        self.wake()

    def began(self) -> float:
        """Seconds from a commit until the work begins."""
        began = Path(os.environ["BEGAN"])
        began.write_text("")
        self.connection.execute("insert into said default values")
        committed = time.time()
        self.wake()
        while "\n" not in (lines := began.read_text()):
            if time.time() - committed > GIVES_UP:
                return GIVES_UP
            time.sleep(0.0005)
        return float(lines.split("\n")[0]) - committed

    def times(self) -> list[float]:
        """From commit to taken of everything said since the last question, in ms."""
        until = time.monotonic() + GIVES_UP
        while self.connection.execute("select 1 from said where taken is null limit 1").fetchone():
            if time.monotonic() > until:
                break
            time.sleep(0.05)
        rows = self.connection.execute("select extract(epoch from taken - at)::float * 1000 from said where taken is not null")
        times = sorted(row[0] for row in rows.fetchall())
        self.connection.execute("truncate said")
        return times

    def transactions(self) -> int:
        self.connection.execute("select pg_stat_clear_snapshot()")
        return self.connection.execute("select xact_commit from pg_stat_database where datname = current_database()").fetchone()[
            0
        ]

    def ticks(self) -> int:
        return sum(map(int, Path(f"/proc/{self.worker.pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def measure(side: str, url: str, server: int) -> dict[str, str]:
    """Everything that is measured of one side."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLE)
    drive = Drive(side, url, server)
    found = {"alone, commit to begin": shown([drive.began() * 1000 for _ in range(40) if not time.sleep(0.1)])}
    drive.times()
    for gap in (0.02, 0.05):
        until = time.monotonic() + 8
        while time.monotonic() < until:
            drive.say()
            time.sleep(gap)
        found[f"one every {gap * 1000:.0f} ms, commit to taken"] = shown(drive.times())
    for _ in range(1000):
        drive.say()
    found["1,000 at once, commit to taken"] = shown(drive.times())
    time.sleep(3)
    cost, done = drive.ticks(), drive.transactions()
    time.sleep(10)
    found["idle for 10 s"] = f"{(drive.ticks() - cost) * 10} ms of CPU, {drive.transactions() - done} transactions"
    drive.worker.kill()
    drive.worker.wait()
    drive.begin(slow=60.0)
    drive.began()
    drive.worker.kill()  # in the middle of the work
    drive.worker.wait()
    drive.begin()
    seconds = drive.began()
    found["worker killed at work and started again"] = (
        f"{seconds:.2f} s" if seconds < GIVES_UP else f"not within {GIVES_UP:.0f} s"
    )
    drive.worker.kill()
    return found


def shown(times: list[float]) -> str:
    times = sorted(times)
    return f"{statistics.median(times):.1f} / {times[int(len(times) * 0.95) - 1]:.1f} / {times[-1]:.1f}"


@contextmanager
def fresh_server():
    """A PostgreSQL of its own, as safe as one in production."""
    postgres = import_module("rahdari.project.launch.postgres")
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        Path(folder).chmod(0o711)
        with postgres.cluster(Path(folder)) as running:
            yield running
        import_module("rahdari.project.launch.data_folder").remove(Path(folder))


def main() -> None:
    """Measures each side and prints a table."""
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        venv.create(folder, with_pip=True)
        peer = str(Path(folder) / "bin" / "python")
        subprocess.run([peer, "-m", "pip", "install", "-q", "-q", PEER, "psycopg[binary,pool]"], check=True)
        sides = [("ours", sys.executable, "0"), ("peer", peer, "5"), ("peer", peer, "0.05")]
        print("median / 95th percentile / longest, in ms", flush=True)
        for side, python, looks in sides:
            with fresh_server() as running:
                url = running.admin_url
                ours = {"DATABASE_URL": url, "RAHDARI_MODE": "test", "DJANGO_SETTINGS_MODULE": "rahdari.project.settings"}
                words = [python, __file__, "drive", side, url, str(running.process.pid)]
                said = subprocess.run(
                    words,
                    env={**os.environ, **ours, "LOOKS": looks, "BEGAN": f"{folder}/began"},
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    check=True,
                )
            print(side if side == "ours" else f"{PEER}, looks every {looks} s", flush=True)
            for name, value in json.loads(said.stdout).items():
                print(f"  {name:<42} {value}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        if sys.argv[2] == "ours":
            import_module("django").setup()
        {"ours": ours_works, "peer": peer_works}[sys.argv[2]](sys.argv[3])
    elif sys.argv[1:2] == ["drive"]:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print(json.dumps(measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
    else:
        main()
