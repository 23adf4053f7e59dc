"""A node by itself: made, served, stopped, killed; most nodes here are small servers that only know their name."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from rahdari.project.launch import alive
from rahdari.project.launch.data_folder import remove
from rahdari.project.launch.home import Home, Node, read_node
from rahdari.project.launch.postgres import end_leftovers
from rahdari.project.launch.processes import stop_leftovers
from rahdari.project.launch.programs import answers
from tests.project.test_demo import WEB, server

PORT = 40000 + os.getpid() % 20000
FINGERPRINT = re.compile(r"[A-Za-z0-9_-]{43}")
started: list[subprocess.Popen[str]] = []
# The command line with small steps and programs; what makes the keys leaves the file that names them, as the real one does.
SMALL = f"""
import sys
from rahdari.project.launch import alone, setting_up
from rahdari.project.launch.home import environment
from rahdari.project.launch.processes import Program
WEB = {WEB!r}
KEYS = "import os, sys; from pathlib import Path\\n" \\
    "place = Path(os.environ['RAHDARI_HOME']) / 'secrets' / 'exchange'\\n" \\
    "if '--passphrase-file' in sys.argv: place.mkdir(); (place / 'keys_tokens.ndjson').write_text(Path(sys.argv[-1]).read_text())\\n" \\
    "print((place / 'keys_tokens.ndjson').read_text().strip())\\n"
def serving_programs(home, static, workers):
    run = lambda name, code: Program(name, (sys.executable, "-c", code), environment(home), home.logs / f"{{name}}.log")
    return [run("web", WEB), run("work", "import time; time.sleep(600)")]
def python(module, *arguments):
    return (sys.executable, "-c", KEYS, *arguments)
alone.serving_programs, alone.python = serving_programs, python
alone.SETTING_UP = (alone_setting := setting_up.Setting("platform", ("platform",)),)
from rahdari.project.cli import main
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A place for a node."""
    yield tmp_path / "a node"
    clear(tmp_path / "a node")
    remove(tmp_path / "a node" / "postgres")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("made") / "a node"
    status, _, told = init(place)
    assert status == 0, told
    yield place
    remove(place / "postgres")


@pytest.fixture
def made(made_once: Path) -> Iterator[Path]:
    """A node that was made; it is left whole and stopped."""
    yield made_once
    clear(made_once)


def clear(place: Path) -> None:
    """Ends what a failed test left."""
    while started:
        process = started.pop()
        process.kill()
        process.communicate()
    if (place / "postgres").is_dir():
        stop_leftovers(place / "processes.json")
        end_leftovers(place / "postgres")


def command(*words: str, code: str = SMALL) -> subprocess.Popen[str]:
    ours = ("DATABASE_URL", "RAHDARI_HOME", "RAHDARI_MODE", "RAHDARI_NODE", "RAHDARI_STATIC", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd="/", process_group=0,
    )  # fmt: skip
    started.append(process)
    return process


def finish(*words: str, code: str = SMALL) -> tuple[int, str, str]:
    process = command(*words, code=code)
    said, told = process.communicate(timeout=120)
    return process.returncode, said, told


def init(folder: Path, *more: str, port: int = PORT, code: str = SMALL) -> tuple[int, str, str]:
    return finish("node", "init", "--home", str(folder), "--node", "pk", "--port", str(port), *more, code=code)


def serve(folder: Path, code: str = SMALL) -> subprocess.Popen[str]:
    """A node that serves; returns once it said where."""
    process = command("node", "serve", "--home", str(folder), code=code)
    said = process.stdout.readline()
    assert said == f"http://localhost:{read_node(Home(folder)).port}\n", process.stderr.read()
    return process


def stop(process: subprocess.Popen[str], last: int = signal.SIGTERM) -> str:
    process.send_signal(last)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    return told


def pids(folder: Path) -> list[int]:
    return [*(row["group"] for row in json.loads((folder / "processes.json").read_text())), server(folder)]


def until(question) -> None:
    end = time.monotonic() + 60
    while not question():
        assert time.monotonic() < end
        time.sleep(0.02)


def change_note(folder: Path, **values: str) -> None:
    """As if another program had set the node up."""
    note = folder / "set_up"
    note.write_text(json.dumps({**json.loads(note.read_text()), **values}))


def name_of(folder: Path) -> str:
    return httpx.get(f"http://localhost:{PORT}/", trust_env=False).text


class TestInit:
    def test_says_the_fingerprint_and_the_address_and_nothing_else(self, folder: Path) -> None:
        status, said, told = init(folder)
        assert status == 0, told
        fingerprint, url, rest = said.split("\n")
        assert fingerprint == (folder / "secrets" / "office_passphrase").read_text().strip()
        assert (url, rest) == (f"http://localhost:{PORT}", "")
        assert "Take it away" in told
        assert (folder / "secrets" / "office_passphrase").stat().st_mode & 0o077 == 0
        assert read_node(Home(folder)) == Node(
            "pk", PORT, "production", server="postgres", origin=f"localhost:{PORT}", plain_http=True
        )

    def test_leaves_no_server_behind(self, folder: Path) -> None:
        init(folder)
        assert not (folder / "postgres" / "data" / "postmaster.pid").exists()

    def test_a_second_one_changes_nothing_and_says_the_same(self, folder: Path) -> None:
        first = init(folder)
        (folder / "secrets" / "office_passphrase").unlink()  # taken away
        kept = [folder / "node.json", *(folder / "secrets").glob("*key*"), folder / "set_up"]
        before = [path.read_text() for path in kept]
        status, said, told = init(folder)
        assert (status, said) == (0, first[1])
        assert "platform" not in told
        assert [path.read_text() for path in kept] == before
        assert not (folder / "secrets" / "office_passphrase").exists()

    def test_takes_the_passphrase_of_the_operator(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "phrase").write_text("one of the contact point\n")
        status, said, told = init(folder, "--passphrase-file", str(tmp_path / "phrase"))
        assert (status, said.split("\n")[0]) == (0, "one of the contact point"), told
        assert not (folder / "secrets" / "office_passphrase").exists()

    def test_refuses_another_node_in_the_same_place(self, made: Path) -> None:
        for words, says in (
            (("--node", "jp"), "its node is pk, not jp"),
            (("--port", str(PORT + 1)), f"its port is {PORT}, not {PORT + 1}"),
            (("--origin", "rahdari.example"), f"its origin is localhost:{PORT}, not rahdari.example"),
        ):
            status, said, told = init(made, *words)
            assert (status, said) == (1, "")
            assert says in told

    def test_refuses_a_folder_of_something_else_and_leaves_it(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "letter").write_text("mine")
        status, said, told = init(folder)
        assert (status, said) == (1, "")
        assert "is not the home of a node" in told
        assert [entry.name for entry in folder.iterdir()] == ["letter"]

    def test_goes_on_where_it_failed(self, folder: Path) -> None:
        status, _, told = init(folder, code=SMALL.replace('("platform",)', '("no_such_module",)'))
        assert status == 1
        assert "No module named no_such_module" in told
        assert finish("node", "serve", "--home", str(folder))[0] == 1
        status, said, told = init(folder)
        assert status == 0, told

    def test_uses_a_server_that_is_named(self, folder: Path, django_db_blocker, monkeypatch: pytest.MonkeyPatch) -> None:
        """The named server has a node's database already, so this home keeps away from it."""
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
            admin.execute("create database rahdari_jp")
        try:
            words = [sys.executable, "-c", SMALL, "node", "init", "--home", str(folder), "--node", "jp", "--port", str(PORT)]
            done = subprocess.run(words, capture_output=True, text=True, cwd="/")
            assert done.returncode == 1
            assert "that this home did not make" in done.stderr
            assert not (folder / "postgres").exists()
        finally:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
                admin.execute("drop database rahdari_jp")


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


def part(token: str, number: int) -> dict[str, object]:
    """The header or the content of a signed token."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[number] + "==="))


REAL = "from rahdari.project.cli import main; main()"


@pytest.mark.nodes
class TestARealNode:
    def test_is_ready_and_tells_who_it_is(self, folder: Path) -> None:
        status, said, told = init(folder, code=REAL)
        assert status == 0, told
        fingerprint = said.split("\n")[0]
        assert FINGERPRINT.fullmatch(fingerprint)
        process = serve(folder, code=REAL)
        with httpx.Client(base_url=f"http://localhost:{PORT}", trust_env=False) as client:
            assert client.get("/readyz").status_code == 200
            page = client.get("/en/account/sign-in/")
            assert page.status_code == 200
            assert "Strict-Transport-Security" not in page.headers
            document = client.get("/.well-known/rahdari-node")
            assert document.headers["content-type"].startswith("application/jose")
            keys_token = part(document.text, 1)["keys_token"]
            assert part(keys_token, 0)["kid"] == fingerprint
            assert part(keys_token, 1)["journal_origin"] == f"localhost:{PORT}/rahdari/pk"
        self.bears_a_restart_of_its_database(folder)
        stop(process)
        assert finish("exchange", "status", "--home", str(folder), code=REAL)[0] == 0  # starts the server for its moment
        assert not (folder / "postgres" / "data" / "postmaster.pid").exists()

    def bears_a_restart_of_its_database(self, folder: Path) -> None:
        """The same web server and the same worker go on, and what is done afterwards is chained."""
        before = pids(folder)
        os.kill(before[-1], signal.SIGKILL)
        until(lambda: (folder / "postgres" / "data" / "postmaster.pid").exists() and server(folder) != before[-1])
        until(lambda: answers(PORT, "/readyz"))
        words = ("people", "admit", "operator@node.invalid", "--name", "Invented Operator")
        status, _, told = finish(*words, "--home", str(folder), code=REAL)
        assert status == 0, told
        until(lambda: " 0 not linked yet" in finish("audit", "verify", "--home", str(folder), code=REAL)[1])
        assert pids(folder)[:-1] == before[:-1]
