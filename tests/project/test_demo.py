"""The demonstration begins, ends, begins again; the nodes here are small servers that only know their name."""

from __future__ import annotations

import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from rahdari.project.launch import CannotStart, alive, both_nodes, demo, tour
from rahdari.project.launch.demo import Options
from rahdari.project.launch.processes import Supervisor
from rahdari.project.launch.progress import Progress
from rahdari.project.launch.setting_up import Setting
from rahdari.project.launch.tour import Step

WEB = """
import http.server, os, sys
class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        said = os.environ["RAHDARI_NODE"].encode()
        self.send_response(200); self.send_header("Content-Length", str(len(said))); self.end_headers(); self.wfile.write(said)
http.server.HTTPServer(("127.0.0.1", int(os.environ["RAHDARI_PORT"])), Web).serve_forever()
"""
# Ports of this test process's own, so that tests beside each other do not take them from one another.
FIRST_PORT = 10000 + os.getpid() * 10 % 20000
PORTS = {"pk": FIRST_PORT, "jp": FIRST_PORT + 1}
SMALL = f"""
import sys
from rahdari.project.launch import both_nodes, demo
from rahdari.project.launch.home import environment
from rahdari.project.launch.processes import Program
from rahdari.project.launch.setting_up import Setting
from rahdari.project.launch.tour import Step
from rahdari.project.launch import tour
WEB = {WEB!r}
def node_programs(home, options):
    return [Program(f"{{home.folder.name}}: web", (sys.executable, "-c", WEB), environment(home), home.logs / "web.log")]
demo.node_programs, both_nodes.SETTING_UP, demo.PEOPLE = node_programs, (Setting("platform", ("platform",)),), ()
both_nodes.PORTS, demo.pair, demo.give_life = {PORTS!r}, lambda *rest: None, lambda *rest: None
tour.STEPS = tuple(Step(node, "name", "/", texts=(node,)) for node in ("pk", "jp"))
sys.exit(demo.main(sys.argv[1:]))
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    words = [sys.executable, "-c", SMALL, "--home", str(folder), *arguments]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd="/", process_group=0
    )


def finish(folder: Path, *arguments: str) -> tuple[int, str]:
    process = start(folder, *arguments)
    said, _ = process.communicate()
    return process.returncode, said


def wait_until_up(process: subprocess.Popen[str]) -> dict[str, str]:
    """The addresses it prints, by state."""
    said = ""
    while "--reset begins anew" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    process.stdout.readline()
    return dict(re.findall(r"^  (Pakistan|Japan) +(http://\S+)$", said, re.MULTILINE))


def groups(folder: Path) -> list[int]:
    return [row["group"] for row in json.loads((folder / "processes.json").read_text())]


def server(folder: Path) -> int:
    return int((folder / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0])


def note_in_database(folder: Path, node: str, statement: str) -> object:
    url = json.loads((folder / node / "secrets" / "database.json").read_text())["owner_url"]
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(statement)
        return rows.fetchone() if rows.description else None


class TestDemo:
    def test_check_walks_through_both_nodes_and_stops(self, folder: Path) -> None:
        status, said = finish(folder, "--check")
        assert status == 0, said
        assert "2 steps, of which 0 must be refused: all as expected" in said
        assert not (folder / "processes.json").exists()
        assert not (folder / "postgres" / "data" / "postmaster.pid").exists()

    def test_interrupt_leaves_nothing_running_and_the_next_start_finds_the_rows(self, folder: Path) -> None:
        process = start(folder)
        addresses = wait_until_up(process)
        assert httpx.get(addresses["Pakistan"], trust_env=False).text == "pk"
        assert httpx.get(addresses["Japan"], trust_env=False).text == "jp"
        note_in_database(folder, "pk", "create table kept (id int)")
        pids = [*groups(folder), server(folder)]
        assert all(alive.mark(pid) for pid in pids)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
        assert not any(alive.mark(pid) for pid in pids)
        process = start(folder)
        wait_until_up(process)
        assert note_in_database(folder, "pk", "select to_regclass('kept') is not null") == (True,)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0

    @pytest.mark.sure
    def test_starts_again_after_a_kill_of_itself(self, folder: Path) -> None:
        process = start(folder)
        wait_until_up(process)
        note_in_database(folder, "jp", "create table kept (id int)")
        for pid in (*groups(folder), server(folder)):
            os.kill(pid, signal.SIGSTOP)  # they cannot end by themselves
        process.kill()
        process.wait()
        process = start(folder)
        wait_until_up(process)
        assert note_in_database(folder, "jp", "select to_regclass('kept') is not null") == (True,)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0

    @pytest.mark.sure
    def test_starts_the_database_server_again(self, folder: Path) -> None:
        process = start(folder)
        wait_until_up(process)
        os.kill(server(folder), signal.SIGKILL)
        assert "started again" in process.stdout.readline()
        assert note_in_database(folder, "jp", "select 1") == (1,)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0

    @pytest.mark.sure
    def test_says_which_process_ended_and_stops_the_rest(self, folder: Path) -> None:
        process = start(folder)
        wait_until_up(process)
        pids = [*groups(folder), server(folder)]
        os.kill(pids[1], signal.SIGKILL)
        said, _ = process.communicate()
        assert process.returncode == 1
        assert "jp: web was killed by signal 9" in said
        assert not any(alive.mark(pid) for pid in pids)

    def test_reset_begins_anew_with_other_keys(self, folder: Path) -> None:
        finish(folder, "--check")
        before = (folder / "pk" / "secrets" / "field_keys.json").read_text()
        assert finish(folder, "--check")[0] == 0
        assert (folder / "pk" / "secrets" / "field_keys.json").read_text() == before
        assert finish(folder, "--reset", "--check")[0] == 0
        assert (folder / "pk" / "secrets" / "field_keys.json").read_text() != before

    @pytest.mark.sure
    def test_taken_port_is_said_and_another_used(self, folder: Path) -> None:
        with socket.socket() as holder:
            # Without this, what remains of an earlier test's connections would keep us from holding the port.
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", PORTS["pk"]))
            holder.listen()
            status, said = finish(folder, "--check")
        assert status == 0, said
        assert f"port {PORTS['pk']} is taken" in said

    @pytest.mark.sure
    def test_two_begun_together_take_different_ports_and_both_serve(self, folder: Path, another_folder: Path) -> None:
        processes = [start(one) for one in (folder, another_folder)]
        places = [place for one in processes for place in wait_until_up(one).values()]
        assert len(set(places)) == 4
        assert [httpx.get(one, trust_env=False).text for one in places] == ["pk", "jp"] * 2
        for process in processes:
            process.send_signal(signal.SIGINT)
            assert process.wait() == 0

    def test_port_taken_while_the_nodes_were_made_is_said(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(both_nodes, "PORTS", PORTS)
        with both_nodes.kept_ports(lambda line: None) as ports:
            homes = both_nodes.make_homes(folder, ports)
            with socket.create_server(("127.0.0.1", ports["jp"])), pytest.raises(CannotStart, match=f"Port {ports['jp']} of"):
                demo._serve(homes, Options(folder, False, False, 1), Supervisor(folder / "notes"), Progress())

    @pytest.mark.sure
    def test_second_one_in_the_same_folder_is_refused(self, folder: Path) -> None:
        process = start(folder)
        wait_until_up(process)
        status, said = finish(folder, "--check")
        assert status == 1
        assert f"in use by another launcher (process {process.pid})" in said
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0

    @pytest.mark.parametrize("arguments", [["--check"], ["--reset", "--check"]])
    def test_folder_of_something_else_is_refused_and_left(self, folder: Path, arguments: list[str]) -> None:
        (folder / "pk").mkdir(parents=True)
        (folder / "pk" / "letter").write_text("mine")
        status, said = finish(folder, *arguments)
        assert status == 1
        assert "was not made by the demonstration" in said
        assert (folder / "pk" / "letter").read_text() == "mine"


class TestSettingUp:
    def test_is_done_once_for_a_program_and_a_database(self, folder: Path) -> None:
        assert "pk, jp: platform" in finish(folder, "--check")[1]
        assert "pk, jp: platform" not in finish(folder, "--check")[1]
        assert "pk, jp: platform" in finish(folder, "--reset", "--check")[1]

    def test_failure_shows_the_log_and_is_not_remembered(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setattr(both_nodes, "PORTS", PORTS)
        monkeypatch.setattr(both_nodes, "SETTING_UP", (Setting("a thing that fails", ("no_such_module",)),))
        monkeypatch.setattr(demo, "give_life", lambda *rest: None)
        assert demo.main(["--home", str(folder), "--check"]) == 1
        said = capfd.readouterr().err
        assert "a thing that fails ended with status 1" in said
        assert "No module named no_such_module" in said
        assert not (folder / "set_up").exists()


class TestTour:
    def test_says_what_was_not_as_expected(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"http://127.0.0.1:{free.getsockname()[1]}"
        taken = tour.walk({"pk": address}, (Step("pk", "nobody there", "/"), Step("pk", "needs more", "/{case}")))
        assert "no answer" in taken[0].fault
        assert "an earlier step should have kept 'case'" in taken[1].fault
        assert "2 NOT as expected" in tour.table(taken)

    def test_remembers_signs_and_compares(self) -> None:
        with served() as address:
            steps = (
                Step("pk", "form", "/form", keep={"case": r"case (\w+)"}),
                Step("pk", "send", "/form", method="POST", form={"case": "{case}"}, texts=("token=T1", "case=C7", "cookie=1")),
                Step("pk", "wrong status", "/form", status=404),
                Step("pk", "wrong text", "/form", texts=("nowhere",), absent=("case {case}",)),
                Step("pk", "nothing to keep", "/form", keep={"more": r"more (\w+)"}),
                Step("pk", "another visitor", "/form", method="POST", form={}, texts=("cookie=1",), visitor="another"),
            )
            faults = [one.fault for one in tour.walk({"pk": address}, steps)]
        assert faults[:2] == ["", ""]
        assert faults[2] == "status 200 instead of 404"
        assert faults[3] == "'nowhere' is missing; 'case {case}' is there"
        assert faults[4] == "nothing to keep as 'more'"
        assert faults[5] == ""

    def test_takes_a_step_again_while_it_may_still_come_and_fills_in_moments(self) -> None:
        with served() as address:
            steps = (
                Step("pk", "first visit", "/form", method="POST", form={"at": "{soon}"}, moments={"soon": 60}, texts=("at=20",)),
                Step("pk", "one of two", "/form", status=(200, 422)),
                Step("pk", "not with the first try", "/form", texts=("cookie=1",), visitor="newcomer"),
                Step("pk", "with the second", "/form", texts=("cookie=1",), visitor="another", within=5),
                Step("pk", "never comes", "/form", texts=("nowhere",), within=0.5),
            )
            faults = [one.fault for one in tour.walk({"pk": address}, steps)]
        assert faults == ["", "", "'cookie=1' is missing", "", "'nowhere' is missing"]

    def test_sends_files_beside_what_is_typed(self) -> None:
        with served() as address:
            paper = {"scan": ("paper.pdf", b"%PDF")}
            texts = ("paper.pdf", "%PDF", "17", "T1")
            step = Step("pk", "paper", "/form", method="POST", form={"number": "17"}, files=paper, texts=texts)
            assert [one.fault for one in tour.walk({"pk": address}, (step,))] == [""]

    def test_table_is_aligned_with_wide_letters(self) -> None:
        taken = [tour.Taken(Step("pk", "名前", "/"), ""), tour.Taken(Step("jp", "name", "/"), "")]
        lines = tour.table(taken).split("\n")
        assert lines[1].index("as expected") + 2 == lines[2].index("as expected")


@contextmanager
def served() -> Iterator[str]:
    """A page with a form, on a thread of this process."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._say('<input type="hidden" name="csrfmiddlewaretoken" value="T1"> case C7 ' + (self.headers["Cookie"] or ""))

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(sent.replace("csrfmiddlewaretoken", "token") + " " + (self.headers["Cookie"] or ""))

    def _say(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Set-Cookie", "cookie=1")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *words: object) -> None:
        pass
