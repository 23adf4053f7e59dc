"""A node's home: secrets are made once, kept from others, never lost by half a write."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from rahdari.base import secrets as fields
from rahdari.project.launch import CannotStart
from rahdari.project.launch.home import (
    Home,
    Node,
    environment,
    make_home,
    open_home,
    owner_environment,
    passwords,
    read_node,
    remember_database,
    write_whole,
)
from rahdari.project.launch.roles import NodeDatabase

NODE = Node("pk", 8701, "demo", partner_url="http://localhost:8702")
DATABASE = NodeDatabase("postgresql://owner", "postgresql://app")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "a home", NODE)


def contents(home: Home) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}


class TestMakeHome:
    def test_keeps_every_secret_when_done_again(self, home: Home) -> None:
        before = contents(home)
        assert contents(make_home(home.folder, NODE)) == before

    def test_keeps_secrets_from_others(self, home: Home) -> None:
        assert home.secrets.stat().st_mode & 0o777 == 0o700
        for path in home.secrets.iterdir():
            assert path.stat().st_mode & 0o777 == 0o600
        for folder in (home.files, home.logs):
            assert folder.stat().st_mode & 0o777 == 0o700

    def test_closes_secrets_that_were_opened(self, home: Home) -> None:
        home.secrets.chmod(0o755)
        home.secret_key.chmod(0o644)
        make_home(home.folder, NODE)
        assert home.secrets.stat().st_mode & 0o777 == 0o700
        assert home.secret_key.stat().st_mode & 0o777 == 0o600

    def test_every_home_has_keys_of_its_own(self, home: Home, tmp_path: Path) -> None:
        other = make_home(tmp_path / "other", NODE)
        assert other.secret_key.read_text() != home.secret_key.read_text()
        assert other.field_keys.read_text() != home.field_keys.read_text()
        assert passwords(other) != passwords(home)

    def test_field_keys_are_those_the_ground_reads(self, home: Home) -> None:
        ring = fields._keyring_of(str(home.field_keys), 0)
        assert [len(key.secret) for key in (*ring.closing, *ring.index)] == [32, 32]
        assert ring.closing[0].id != ring.index[0].id
        assert json.loads(home.field_keys.read_text())["closing"][0].keys() == fields.new_key().keys()
        assert base64.b64decode(fields.new_key()["key"])

    def test_takes_another_port_and_mode(self, home: Home) -> None:
        make_home(home.folder, Node("pk", 8799, "test"))
        assert read_node(home) == Node("pk", 8799, "test")

    def test_refuses_another_nodes_home_and_leaves_it(self, home: Home) -> None:
        before = contents(home)
        with pytest.raises(CannotStart, match="home of node pk, not of jp"):
            make_home(home.folder, Node("jp", 8702, "demo"))
        assert contents(home) == before

    @pytest.mark.parametrize(
        ("node", "says"),
        [
            (Node("xx", 8701, "demo"), "no node 'xx'"),
            (Node("pk", 0, "demo"), "not a port"),
            (Node("pk", 70000, "demo"), "not a port"),
            (Node("pk", 8701, "debug"), "no mode 'debug'"),
        ],
    )
    def test_refuses_what_no_node_can_be(self, tmp_path: Path, node: Node, says: str) -> None:
        with pytest.raises(CannotStart, match=says):
            make_home(tmp_path / "new", node)
        assert not (tmp_path / "new").exists()


class TestOpenHome:
    def test_refuses_a_folder_that_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(CannotStart, match="not the home of a node"):
            open_home(tmp_path)

    @pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"node": "pk"}', '{"node": "pk", "port": 1, "mode": "demo", "x": 1}'])
    def test_refuses_a_spoiled_node_file(self, home: Home, text: str) -> None:
        home.node_file.write_text(text)
        with pytest.raises(CannotStart, match=r"node\.json"):
            open_home(home.folder)


class TestEnvironment:
    def test_gives_the_web_process_the_application_role_only(self, home: Home) -> None:
        remember_database(home, DATABASE)
        assert environment(home) == {
            "RAHDARI_HOME": str(home.folder),
            "RAHDARI_NODE": "pk",
            "RAHDARI_MODE": "demo",
            "RAHDARI_PORT": "8701",
            "RAHDARI_PARTNER_URL": "http://localhost:8702",
            "RAHDARI_SECRET_KEY_FILE": str(home.secret_key),
            "RAHDARI_FIELD_KEYS_FILE": str(home.field_keys),
            "DATABASE_URL": "postgresql://app",
            "DJANGO_SETTINGS_MODULE": "rahdari.project.settings",
        }

    def test_gives_the_owner_role_to_who_changes_tables(self, home: Home) -> None:
        remember_database(home, DATABASE)
        assert (
            owner_environment(home)["DATABASE_URL"]
            == owner_environment(home)["RAHDARI_OWNER_DATABASE_URL"]
            == "postgresql://owner"
        )

    def test_refuses_before_the_database_was_prepared(self, home: Home) -> None:
        with pytest.raises(CannotStart, match="has not been prepared"):
            environment(home)

    def test_remembering_the_database_keeps_the_passwords(self, home: Home) -> None:
        before = passwords(home)
        remember_database(home, DATABASE)
        assert passwords(home) == before


class TestWriteWhole:
    def test_a_failed_write_leaves_the_old_file_only(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "kept"
        write_whole(path, "old", mode=0o600)

        def full(number: int) -> None:
            raise OSError("No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_whole(path, "new", mode=0o600)
        assert path.read_text() == "old"
        assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]
