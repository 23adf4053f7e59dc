"""The supervisor stops everything, whoever dies first; ports and the lock."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rahdari.project.launch import CannotStart, alive
from rahdari.project.launch.ports import free_port, is_taken, kept_port
from rahdari.project.launch.processes import Program, Supervisor, run_all, stop_leftovers, supervisor
from rahdari.project.launch.signals import AskedToStop, stopping_on_signals, undisturbed

LONG = "import time; print('begun', flush=True); time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('begun', flush=True); time.sleep(600)"
WITH_WORKER = (
    "import subprocess, sys, time\n"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True)\n"
    "time.sleep(600)\n"
)
# A supervisor in a process of its own; its child has a worker.
SUPERVISING = """
import sys, time
from pathlib import Path
from rahdari.project.launch.processes import Program, supervisor
from rahdari.project.launch.signals import stopping_on_signals
folder, code = Path(sys.argv[1]), sys.argv[2]
with stopping_on_signals(), supervisor(folder / "note") as running:
    running.start(Program("child", (sys.executable, "-c", code), {}, folder / "child.log"))
    print(running.running[0][1].pid, flush=True)
    time.sleep(600)
"""


def program(folder: Path, code: str, name: str = "child") -> Program:
    return Program(name, (sys.executable, "-c", code), dict(os.environ), folder / f"{name}.log")


def first_line(log: Path) -> str:
    """Waits until the program has written its first line."""
    while not (log.is_file() and "\n" in log.read_text()):
        time.sleep(0.01)
    return log.read_text().split("\n")[0]


def wait_for_end(*pids: int) -> None:
    while any(alive.mark(pid) for pid in pids):
        time.sleep(0.01)


def start_supervising(folder: Path) -> tuple[subprocess.Popen[str], int, int]:
    words = [sys.executable, "-c", SUPERVISING, str(folder), WITH_WORKER]
    supervising = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    child = int(supervising.stdout.readline())
    return supervising, child, int(first_line(folder / "child.log"))


class TestSupervisor:
    def test_stops_all_in_reverse_order_and_forgets_them(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        note, ended = tmp_path / "note", []
        with supervisor(note) as running:
            for name in ("first", "second", "third"):
                running.start(program(tmp_path, LONG, name))
            pids = [process.pid for _, process in running.running]
            assert [row["name"] for row in json.loads(note.read_text())] == ["first", "second", "third"]
            for _, process in running.running:
                kept = process.terminate
                monkeypatch.setattr(process, "terminate", lambda kept=kept, pid=process.pid: (ended.append(pid), kept()))
        assert ended == pids[::-1]
        assert not any(alive.mark(pid) for pid in pids)
        assert not note.exists()

    def test_kills_one_that_does_not_listen(self, tmp_path: Path) -> None:
        running = Supervisor(tmp_path / "note")
        running.start(program(tmp_path, DEAF))
        first_line(tmp_path / "child.log")
        pid = running.running[0][1].pid
        running.stop(within=0.1)
        assert not alive.mark(pid)

    def test_stops_what_a_process_started_itself(self, tmp_path: Path) -> None:
        with supervisor(tmp_path / "note") as running:
            running.start(program(tmp_path, WITH_WORKER))
            worker = int(first_line(tmp_path / "child.log"))
            assert alive.mark(worker)
        wait_for_end(worker)

    def test_notices_an_early_end_and_shows_the_log(self, tmp_path: Path) -> None:
        with supervisor(tmp_path / "note") as running:
            running.start(program(tmp_path, LONG, "healthy"))
            running.start(program(tmp_path, "print('why it ended'); raise SystemExit(7)", "ill"))
            running.running[1][1].wait()
            said = str(running.ended())
        assert "ill ended with status 7" in said
        assert "why it ended" in said

    def test_stops_all_when_the_block_fails(self, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError), supervisor(tmp_path / "note") as running:
            running.start(program(tmp_path, LONG))
            pid = running.running[0][1].pid
            raise RuntimeError
        assert not alive.mark(pid)

    @pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_stops_all_when_asked(self, tmp_path: Path, asked: int) -> None:
        supervising, child, worker = start_supervising(tmp_path)
        supervising.send_signal(asked)
        supervising.wait()
        assert not alive.mark(child)
        wait_for_end(worker)

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
    def test_children_end_with_a_killed_supervisor(self, tmp_path: Path) -> None:
        supervising, child, worker = start_supervising(tmp_path)
        supervising.kill()
        supervising.wait()
        wait_for_end(child)
        assert stop_leftovers(tmp_path / "note") == ["child"]  # its worker still ran
        wait_for_end(worker)

    def test_next_start_stops_what_a_killed_supervisor_left(self, tmp_path: Path) -> None:
        supervising, child, worker = start_supervising(tmp_path)
        os.kill(child, signal.SIGSTOP)
        supervising.kill()
        supervising.wait()
        with supervisor(tmp_path / "note"):
            wait_for_end(child, worker)


class TestStopLeftovers:
    @pytest.fixture
    def stranger(self) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen([sys.executable, "-c", LONG], stdout=subprocess.DEVNULL, process_group=0)
        yield process
        process.kill()
        process.wait()

    def test_leaves_a_stranger_who_got_the_number(self, tmp_path: Path, stranger: subprocess.Popen[bytes]) -> None:
        note = tmp_path / "note"
        note.write_text(json.dumps([{"name": "old", "group": stranger.pid, "mark": "before", "program": sys.executable}]))
        assert stop_leftovers(note) == []
        assert alive.mark(stranger.pid)
        assert not note.exists()

    @pytest.mark.parametrize("text", ["", "nothing of sense", "[]", "[{}]"])
    def test_bears_a_spoiled_note(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "note").write_text(text)
        assert stop_leftovers(tmp_path / "note") == []


class TestRunAll:
    def test_runs_all_to_their_end(self, tmp_path: Path) -> None:
        run_all([program(tmp_path, f"print({name!r})", name) for name in ("a", "b")])
        assert [(tmp_path / f"{name}.log").read_text() for name in ("a", "b")] == ["a\n", "b\n"]

    def test_stops_the_others_when_one_fails(self, tmp_path: Path) -> None:
        with pytest.raises(CannotStart, match=r"bad ended with status 1(.|\n)*the reason"):
            run_all([program(tmp_path, "raise SystemExit('the reason')", "bad"), program(tmp_path, WITH_WORKER, "good")])
        worker = (tmp_path / "good.log").read_text().strip()
        if worker:
            wait_for_end(int(worker))


class TestSignals:
    def test_only_the_first_disturbs(self) -> None:
        with pytest.raises(AskedToStop), stopping_on_signals():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGTERM)

    def test_waits_until_the_stopping_is_done(self) -> None:
        done = []
        with pytest.raises(AskedToStop), stopping_on_signals(), undisturbed():
            signal.raise_signal(signal.SIGTERM)
            done.append(True)
        assert done


class TestPorts:
    @pytest.fixture
    def taken(self) -> Iterator[int]:
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield server.getsockname()[1]

    def test_taken_port_gives_the_next_free_one(self, taken: int) -> None:
        assert is_taken(taken)
        with free_port(taken) as port:
            assert port > taken

    def test_free_port_stays(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        with free_port(port) as kept:
            assert kept == port

    def test_port_promised_to_another_is_passed_over(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        with free_port(port, apart_from={port}) as kept:
            assert kept > port

    def test_port_kept_for_one_launcher_is_not_given_to_another_and_comes_free_with_its_end(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        with free_port(port) as first, free_port(port) as second, kept_port(port) as third:
            assert (first, third) == (port, False) and second > port
        with free_port(port) as later:
            assert later == port

    def test_web_server_may_take_the_port_that_is_kept_for_it(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        with free_port(port), socket.create_server(("127.0.0.1", port)):
            assert is_taken(port)

    def test_port_that_somebody_holds_without_answering_is_taken(self) -> None:
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            assert is_taken(holder.getsockname()[1])

    def test_none_left_is_said(self) -> None:
        with pytest.raises(CannotStart, match="No free port"):
            free_port(65536).__enter__()
