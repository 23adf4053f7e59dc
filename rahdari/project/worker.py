"""The loop behind `rahdari node work`: hears what waits, and does it on a few threads.

A key (a row of the table and a partner) is never done twice at once: within this process
by the sets below, between workers by a lock of the database that goes with the connection,
so that a worker that was killed holds nobody up. What is woken while it is being done is
done once more afterwards; a thousand wakes meanwhile are one. Every worker hears every
notice, also the one that holds the lock: nothing is lost when another one finds it held.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DatabaseError, close_old_connections, connection

from rahdari.domain.exchange.queries.partners import partners
from rahdari.project.jobs import CHANNEL, JOBS, Job, Key, beside_us, key_in
from rahdari.web.logs import log

THREADS = 6
PAUSE = 0.2  # seconds before the database is tried again
LONGEST_PAUSE = 1.0  # seconds between two looks, so that being stopped is noticed
SAID_EVERY = 60.0  # seconds between two lines in the log about a database that stays away
LONGEST_REST = 60.0  # seconds a key rests that fails again and again


def partner_nodes() -> list[str]:
    """For whom the rows with `each_partner` are done."""
    return [partner.node for partner in partners()]


class Worker:
    """Does the jobs of a table until it is stopped."""

    def __init__(
        self, jobs: Sequence[Job] = JOBS, *, threads: int = THREADS, nodes: Callable[[], Iterable[str]] = partner_nodes
    ) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._nodes, self._threads = nodes, threads
        self._due = dict.fromkeys(self._jobs, 0.0)
        self._waiting: queue.SimpleQueue[Key | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._queued: set[Key] = set()
        self._running: set[Key] = set()
        self._again: set[Key] = set()
        self._failed: dict[Key, tuple[int, float]] = {}
        self._labourers: list[threading.Thread] = []
        self._stopping = threading.Event()

    def run(self) -> None:
        """Works until `stop`; bears a database that goes away and comes back."""
        self._labourers = [threading.Thread(target=self._labour, daemon=True) for _ in range(self._threads)]
        for labourer in self._labourers:
            labourer.start()
        beside_us.append(self.hear)
        said_at = -SAID_EVERY
        try:
            while not self._stopping.is_set():
                try:
                    with _listening() as ears:
                        said_at = -SAID_EVERY
                        self._failed.clear()
                        self._due = dict.fromkeys(self._jobs, 0.0)  # what came while nobody listened
                        self._listen(ears)
                except (psycopg.Error, DatabaseError) as error:
                    if time.monotonic() - said_at >= SAID_EVERY:
                        said_at = time.monotonic()
                        log.error("worker lost the database", exc=error)
                    close_old_connections()
                    self._stopping.wait(PAUSE)
        finally:
            beside_us.remove(self.hear)

    def stop(self, within: float = 0.0) -> bool:
        """Begins nothing more, and waits so many seconds for what is under way; says whether all of it ended."""
        self._stopping.set()
        for _ in self._labourers:
            self._waiting.put(None)
        until = time.monotonic() + within
        for labourer in self._labourers:
            labourer.join(max(0.0, until - time.monotonic()))
        return not any(labourer.is_alive() for labourer in self._labourers)

    def hear(self, key: Key) -> None:
        """Notes that something waits under this key; a key of another program's table is passed over."""
        with self._lock:
            if key[0] not in self._jobs:
                return
            if key in self._running:
                self._again.add(key)
            elif key not in self._queued:
                self._queued.add(key)
                self._waiting.put(key)

    def _listen(self, ears: psycopg.Connection[Any]) -> None:
        while not self._stopping.is_set():
            self._look()
            pause = min(LONGEST_PAUSE, max(0.0, min(self._due.values()) - time.monotonic()))
            for notice in ears.notifies(timeout=pause, stop_after=1):
                key = key_in(notice.payload)
                if key:
                    self.hear(key)

    def _look(self) -> None:
        """Asks for every job whose time has come."""
        moment = time.monotonic()
        due = [job for job in self._jobs.values() if self._due[job.name] <= moment]
        nodes = list(self._nodes()) if any(job.each_partner for job in due) else []
        for job in due:
            self._due[job.name] = moment + job.every
            for node in nodes if job.each_partner else [""]:
                self.hear((job.name, node))
        if nodes:
            close_old_connections()

    def _labour(self) -> None:
        while (key := self._waiting.get()) is not None:
            with self._lock:
                self._queued.discard(key)
                self._running.add(key)
            self._do(key)
            with self._lock:
                self._running.discard(key)
                again = key in self._again
                self._again.discard(key)
            if again:
                self.hear(key)

    def _do(self, key: Key) -> None:
        job = self._jobs[key[0]]
        tries, rests_until = self._failed.get(key, (0, 0.0))
        if self._stopping.is_set() or time.monotonic() < rests_until:
            return
        try:
            with only_worker(key) as alone:
                if alone:
                    job.act(*([key[1]] if job.each_partner else []))
            self._failed.pop(key, None)
        except Exception as error:
            log.error("job", job=job.name, partner=key[1], tries=tries + 1, exc=error)
            self._failed[key] = (tries + 1, time.monotonic() + rest_after(tries + 1))
        finally:
            close_old_connections()


def rest_after(tries: int) -> float:
    """How many seconds a key rests that failed so many times in a row: 1, 2, 4 … up to a minute."""
    return min(LONGEST_REST, 2.0 ** min(tries - 1, 10))


@contextmanager
def only_worker(key: Key) -> Iterator[bool]:
    """Holds the key for this connection to the database; False while another worker holds it."""
    name = f"rahdari.work {key[0]} {key[1]}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            _let_go(name)


def _let_go(name: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [name])
    except DatabaseError:
        connection.close()  # a lock left on a connection of the pool would be held for ever


@contextmanager
def _listening() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own that hears the notices; the pool's connections are shared and would miss them."""
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        params.pop(ours, None)
    with psycopg.connect(**params, autocommit=True) as ears:
        ears.execute(f"listen {CHANNEL}")  # a name of ours, which no parameter may stand for
        yield ears
