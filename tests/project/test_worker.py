"""Background work: who is woken when, what is never done twice at once, what a failure or a lost database changes."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from structlog.testing import capture_logs

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.jobs import wake
from rahdari.base.work import unit_of_work
from rahdari.project import jobs
from rahdari.project import worker as worker_module
from rahdari.project.jobs import JOBS, Job, Key, key_in, tell_workers
from rahdari.project.worker import Worker, only_worker, rest_after

RARELY = 3600.0  # seconds: only a wake begins the job
MARKED = {"level": "contact_point", "bodies": []}
PROJECT = Path(__file__).resolve().parents[2]


def until(question: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not question():
        assert time.monotonic() < end
        time.sleep(0.002)


@contextmanager
def at_work(*rows: Job, threads: int = 4, nodes: tuple[str, ...] = (), workers: int = 1) -> Iterator[None]:
    """Workers that do these rows, once each of them was seen to hear."""
    heard: list[int] = []
    crew = [
        Worker((*rows, Job(f"ready {number}", partial(_note, heard, number), RARELY)), threads=threads, nodes=lambda: nodes)
        for number in range(workers)
    ]
    running = [threading.Thread(target=one.run) for one in crew]
    for one in running:
        one.start()
    until(lambda: len(listeners()) == workers)
    for number in range(workers):
        heard.clear()
        until(lambda number=number: notice((f"ready {number}", "")) or number in heard)
    try:
        yield
    finally:
        ended = [one.stop(within=10) for one in crew]
        for one in running:
            one.join()
        assert all(ended)


def _note(heard: list[int], number: int) -> int:
    heard.append(number)
    return 0


def listeners() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity where query ilike 'listen rahdari_work' and datname = current_database()"
        )
        return [row[0] for row in cursor.fetchall()]


def notice(key: Key) -> None:
    """What a program without a worker of its own sends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, json_build_array(%s::text, %s::text)::text)", [jobs.CHANNEL, *key])


@pytest.fixture
def heard(settings) -> Iterator[list[Key]]:
    """What workers beside us would hear."""
    settings.RAHDARI_WAKE = "rahdari.project.jobs.tell_workers"
    keys: list[Key] = []
    jobs.beside_us.append(keys.append)
    yield keys
    jobs.beside_us.remove(keys.append)


@pytest.mark.django_db(transaction=True)
class TestWake:
    def test_is_told_after_the_commit_and_once(self, heard: list[Key]) -> None:
        with transaction.atomic():
            for _ in range(5):
                wake("exchange.take_up", partner="jp")
            wake("exchange.take_up", partner="xx")
            assert heard == []
        assert heard == [("exchange.take_up", "jp"), ("exchange.take_up", "xx")]

    def test_is_not_told_when_nothing_was_committed(self, heard: list[Key]) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            wake("exchange.take_up", partner="jp")
            raise RuntimeError
        assert heard == []

    def test_is_told_of_statements_and_events_of_an_action(self, heard: list[Key]) -> None:
        with unit_of_work("test.say", actor=machine("pk", "command"), at=now()) as unit:
            for _ in range(3):
                said = unit.say("field.status/1", {}, marking=MARKED)
            unit.tell("test.said")
            unit.about(said)
        assert heard == [("exchange.deliver", "jp"), ("reactions.react", "")]

    def test_passes_over_a_name_that_nobody_knows(self, heard: list[Key]) -> None:
        wake("test.nothing", partner="jp")
        assert heard == []

    def test_reaches_a_worker_of_another_program_through_the_database(self) -> None:
        done: list[str] = []
        with at_work(Job("exchange.take_up", lambda node: done.append(node) or 0, RARELY, each_partner=True)):
            beside, jobs.beside_us[:] = jobs.beside_us[:], []  # as in a program that has no worker
            tell_workers("exchange.take_up", {"partner": "jp"})
            jobs.beside_us[:] = beside
            until(lambda: done == ["jp"])

    def test_does_nothing_in_tests(self, settings) -> None:
        assert settings.RAHDARI_WAKE == ""
        with transaction.atomic():
            before = len(connection.run_on_commit)
            wake("exchange.take_up", partner="jp")
            assert len(connection.run_on_commit) == before


class TestNotices:
    @pytest.mark.parametrize("text", ["", "no json", "{}", "[1, 2]", '["exchange.deliver"]', '["a", "b", "c"]', "null", "[]"])
    def test_not_in_our_form_are_passed_over(self, text: str) -> None:
        assert key_in(text) is None

    def test_name_a_row_and_a_partner(self) -> None:
        assert key_in('["exchange.deliver", "jp"]') == ("exchange.deliver", "jp")


class TestTable:
    def test_every_wake_in_the_program_names_a_row(self) -> None:
        known = {job.name for job in JOBS} | {name for job in JOBS for name in job.woken_by}
        called = set()
        for path in (PROJECT / "rahdari").rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "wake":
                    called.add(ast.literal_eval(node.args[0]))
        assert "outbox.statement" in called
        assert called <= known

    def test_looks_at_everything_although_nobody_wakes_it(self) -> None:
        assert {job.name: job.every for job in JOBS if job.woken_by or job.each_partner} == {
            "exchange.deliver": 2.0,
            "exchange.take_up": 2.0,
            "reactions.react": 2.0,
        }


@pytest.mark.django_db(transaction=True)
class TestWorker:
    def test_does_what_is_due_for_every_partner(self) -> None:
        done: list[str] = []
        rows = (
            Job("a", lambda node: done.append(f"a {node}") or 0, 0.05, each_partner=True),
            Job("b", lambda: done.append("b") or 0, 0.05),
        )
        with at_work(*rows, nodes=("jp", "xx")):
            until(lambda: min(done.count(one) for one in ("a jp", "a xx", "b")) > 2)

    def test_a_thousand_wakes_are_few_runs_and_nothing_is_forgotten(self) -> None:
        waits: list[int] = []
        taken: list[int] = []
        runs: list[int] = []

        def take(node: str) -> int:
            runs.append(1)
            while waits:
                taken.append(waits.pop(0))
            time.sleep(0.01)
            return 0

        with at_work(Job("take", take, RARELY, each_partner=True)):
            for number in range(1000):
                waits.append(number)
                notice(("take", "jp"))
            until(lambda: len(taken) == 1000)
        assert taken == list(range(1000))
        assert len(runs) < 500

    def test_several_workers_never_do_the_same_at_once(self) -> None:
        waits: list[int] = []
        taken: list[int] = []
        inside: list[int] = []
        most: list[int] = []

        def take(node: str) -> int:
            inside.append(1)
            most.append(len(inside))
            while waits:
                taken.append(waits.pop(0))
                time.sleep(0.001)
            inside.pop()
            return 0

        with at_work(Job("take", take, RARELY, each_partner=True), workers=3):
            for number in range(200):
                waits.append(number)
                notice(("take", "jp"))
            until(lambda: len(taken) == 200)
        assert max(most) == 1
        assert sorted(taken) == list(range(200))

    def test_a_slow_partner_holds_up_no_other(self) -> None:
        done: list[str] = []
        free = threading.Event()

        def carry(node: str) -> int:
            if node == "xx":
                free.wait(20)
            done.append(node)
            return 0

        with at_work(Job("carry", carry, RARELY, each_partner=True), threads=2):
            notice(("carry", "xx"))
            notice(("carry", "jp"))
            until(lambda: done == ["jp"])
            free.set()
            until(lambda: done == ["jp", "xx"])

    def test_a_job_that_fails_rests_and_is_done_again(self) -> None:
        tries: list[float] = []
        done: list[str] = []

        def fail() -> int:
            tries.append(time.monotonic())
            if len(tries) < 3:
                raise RuntimeError("once more")
            return 0

        with at_work(Job("fail", fail, 0.02), Job("other", lambda: done.append("other") or 0, 0.02)):
            until(lambda: len(tries) > 3)
            assert len(done) > 10
        assert tries[1] - tries[0] >= 1.0
        assert tries[2] - tries[1] >= 2.0

    def test_hears_again_after_the_database_cut_it_off(self) -> None:
        done: list[str] = []
        with at_work(Job("take", lambda node: done.append(node) or 0, RARELY, each_partner=True)):
            before = listeners()
            with connection.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(%s)", before)
            until(lambda: listeners() and listeners() != before)
            # One that comes with the answer to "listen" itself may be missed; the look after it covers that.
            until(lambda: notice(("take", "jp")) or done)

    def test_looks_by_itself_for_what_came_while_nobody_listened(self) -> None:
        done: list[str] = []
        with at_work(Job("take", lambda node: done.append(node) or 0, RARELY, each_partner=True), nodes=("jp",)):
            until(lambda: done == ["jp"])
            with connection.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(%s)", listeners())
            until(lambda: done == ["jp", "jp"])

    def test_says_once_that_the_database_stays_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tries: list[int] = []

        def nobody_there() -> None:
            tries.append(1)
            raise psycopg.OperationalError("no server")

        monkeypatch.setattr(worker_module, "_listening", nobody_there)
        worker = Worker((), nodes=list)
        running = threading.Thread(target=worker.run)
        with capture_logs() as lines:
            running.start()
            until(lambda: len(tries) > 3)
            assert worker.stop(within=10)
            running.join()
        assert [line["event"] for line in lines] == ["worker lost the database"]

    def test_stops_although_a_job_hangs(self) -> None:
        begun, free = threading.Event(), threading.Event()

        def hang() -> int:
            begun.set()
            free.wait(20)
            return 0

        worker = Worker((Job("hang", hang, RARELY),), threads=1, nodes=list)
        running = threading.Thread(target=worker.run)
        running.start()
        assert begun.wait(20)
        assert worker.stop(within=0.1) is False
        running.join(20)
        assert not running.is_alive()
        free.set()
        assert worker.stop(within=20) is True


def test_a_rest_grows_and_has_an_end() -> None:
    assert [rest_after(tries) for tries in (1, 2, 3, 6, 7, 100_000)] == [1.0, 2.0, 4.0, 32.0, 60.0, 60.0]


HOLDING = """
import sys, time, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as held:
    held.execute("select pg_advisory_lock(hashtextextended(%s, 0))", ["rahdari.work exchange.deliver jp"])
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.mark.django_db(transaction=True)
class TestOnlyWorker:
    def test_a_worker_that_was_killed_holds_nobody_up(self) -> None:
        params = connection.get_connection_params()
        dsn = f"host={params['host']} port={params['port']} user={params['user']} password={params['password']} dbname={params['dbname']}"
        process = subprocess.Popen([sys.executable, "-c", HOLDING, dsn], stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout.readline() == "held\n"
            with only_worker(("exchange.deliver", "jp")) as alone:
                assert alone is False
            with only_worker(("exchange.deliver", "xx")) as alone:
                assert alone is True
        finally:
            process.kill()
            process.wait()

        def free() -> bool:
            with only_worker(("exchange.deliver", "jp")) as alone:
                return alone

        until(free)
