"""A node by itself serves, stops, is killed; the nodes here are small servers that only know their name."""

from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path

import pytest

from rahdari.project.launch import alive
from rahdari.project.launch.programs import answers
from tests.project.alone import PORT, SMALL, change_note, command, finish, init, name_of, pids, serve, stop, until


class TestServe:
    @pytest.mark.parametrize("last", [signal.SIGTERM, signal.SIGINT])
    def test_stops_everything_it_started(self, made: Path, last: int) -> None:
        process = serve(made)
        assert name_of(made) == "pk"
        running = pids(made)
        assert all(alive.mark(pid) for pid in running)
        assert "nothing runs any more" in stop(process, last)
        assert not any(alive.mark(pid) for pid in running)
        assert not (made / "processes.json").exists()

    def test_a_second_one_is_refused_and_init_still_answers(self, made: Path) -> None:
        process = serve(made)
        status, said, told = finish("node", "serve", "--home", str(made))
        assert (status, said) == (1, "")
        assert f"in use by another launcher (process {process.pid})" in told
        assert init(made)[:2] == (0, f"{(made / 'secrets' / 'office_passphrase').read_text().strip()}\nhttp://localhost:{PORT}\n")
        stop(process)

    def test_begins_again_after_a_kill_of_itself(self, made: Path) -> None:
        process = serve(made)
        left = pids(made)
        for pid in left:
            os.kill(pid, signal.SIGSTOP)  # they cannot end by themselves
        process.kill()
        process.wait()
        process = serve(made)
        assert name_of(made) == "pk"
        assert not any(alive.mark(pid) for pid in left)
        stop(process)

    def test_starts_again_what_dies(self, made: Path) -> None:
        process = serve(made)
        before = pids(made)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: (made / "postgres" / "data" / "postmaster.pid").exists() and not set(pids(made)) & set(before))
        until(lambda: answers(PORT, "/"))
        told = stop(process)
        assert "the database server had died and was started again" in told
        assert "web was killed by signal 9" in told
        assert "work was started again" in told

    def test_gives_up_on_what_dies_again_and_again(self, made: Path) -> None:
        process = command("node", "serve", "--home", str(made), code=SMALL.replace("time.sleep(600)", "raise SystemExit(3)"))
        _, told = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "started again 5 times" in told
        assert not (made / "processes.json").exists()

    def test_refuses_a_taken_port(self, made: Path) -> None:
        with socket.create_server(("127.0.0.1", PORT)):
            status, _, told = finish("node", "serve", "--home", str(made))
        assert status == 1
        assert f"Port {PORT} is taken" in told

    def test_refuses_a_program_with_other_tables_until_it_was_brought_up_to_date(self, made: Path) -> None:
        change_note(made, tables="of an older one")
        status, _, told = finish("node", "serve", "--home", str(made))
        assert status == 1
        assert "other tables than those" in told
        assert f"rahdari node init --home {made} --node pk --port {PORT}" in told
        status, _, told = init(made)
        assert (status, "platform" in told) == (0, True)
        stop(serve(made))

    def test_takes_other_files_and_leaves_the_law(self, made: Path) -> None:
        change_note(made, files="older", law="older")
        told = stop(serve(made))
        assert "rahdari reference load" in told
        assert "platform" not in told  # no row of the small table makes files
        note = json.loads((made / "set_up").read_text())
        assert (note["files"] == "older", note["law"]) == (False, "older")
        init(made)

    def test_refuses_a_demonstration(self, made: Path) -> None:
        kept = (made / "node.json").read_text()
        (made / "node.json").write_text(json.dumps({**json.loads(kept), "mode": "demo"}))
        status, _, told = finish("node", "serve", "--home", str(made))
        (made / "node.json").write_text(kept)
        assert status == 1
        assert "belongs to a demonstration" in told
