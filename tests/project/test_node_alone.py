"""A node by itself is made, again and again the same; and a real one is made, served, cut off and asked."""

from __future__ import annotations

import base64
import json
import os
import signal
from pathlib import Path

import httpx
import pytest

from rahdari.project.launch.home import Home, Node, read_node
from rahdari.project.launch.postgres import throwaway_cluster
from rahdari.project.launch.programs import answers
from tests.project.alone import FINGERPRINT, PORT, SMALL, command, finish, init, pids, serve, stop, until
from tests.project.test_demo import server


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

    def test_uses_a_server_that_is_named_and_touches_nothing_of_others_there(self, folder: Path) -> None:
        with throwaway_cluster() as admin:
            told = finish("node", "init", "--home", str(folder), "--node", "pk", "--port", str(PORT), DATABASE_URL=admin)[2]
            assert read_node(Home(folder)).server == "", told
            assert not (folder / "postgres").exists()
            assert init(folder)[0] == 0  # the address is remembered
            process = command("node", "serve", "--home", str(folder))
            assert process.stdout.readline() == f"http://localhost:{PORT}\n"
            stop(process)
            beside = str(folder.with_name("another"))
            words = ("node", "init", "--home", beside, "--node", "pk", "--port", str(PORT))
            status, said, told = finish(*words, DATABASE_URL=admin)
            assert (status, said) == (1, "")
            assert "that this home did not make" in told


def part(token: str, number: int) -> dict[str, object]:
    """The header or the content of a signed token."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[number] + "==="))


REAL = "from rahdari.project.cli import main; main()"


@pytest.mark.nodes
class TestARealNode:
    @pytest.mark.sure  # the exchange starts real nodes in every run
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
