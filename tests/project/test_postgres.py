"""A PostgreSQL of our own: begins, ends, and comes back after every kind of death."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rahdari.project.launch import CannotStart, alive, finding
from rahdari.project.launch.data_folder import SOCKET_LIMIT, SOCKET_NAME, Account, can_reach, remove
from rahdari.project.launch.postgres import Cluster, cluster, end_leftovers, running_cluster, socket_url, throwaway_cluster

LAUNCHER = """
import sys, time
from pathlib import Path
from rahdari.project.launch.postgres import cluster
with cluster(Path(sys.argv[1]), fast=True) as running:
    print(running.process.pid, running.admin_url, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("postgres") / "a folder with spaces"
    yield made
    end_leftovers(made)
    remove(made)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(question)
        return rows.fetchone()[0] if rows.description else None


def note_a_row(running: Cluster) -> int:
    ask(running.admin_url, "create table if not exists kept (id int generated always as identity)")
    ask(running.admin_url, "insert into kept default values")
    return int(ask(running.admin_url, "select count(*) from kept"))


def start_launcher(folder: Path) -> tuple[subprocess.Popen[str], int, str]:
    launcher = subprocess.Popen([sys.executable, "-c", LAUNCHER, str(folder)], stdout=subprocess.PIPE, text=True)
    pid, url = launcher.stdout.readline().split()
    return launcher, int(pid), url


def wait_for_end(pid: int) -> None:
    while alive.mark(pid):
        pass


class TestCluster:
    def test_keeps_its_rows_from_start_to_start(self, folder: Path) -> None:
        with cluster(folder) as running:
            before = note_a_row(running)
        with cluster(folder) as running:
            assert note_a_row(running) == before + 1

    def test_leaves_no_process_and_no_socket_folder(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            pid, socket = running.process.pid, running.socket
            assert alive.mark(pid)
        assert not alive.mark(pid)
        assert not socket.exists()

    def test_listens_on_a_short_private_socket_and_on_no_port(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            assert len(os.fsencode(f"{running.socket}{SOCKET_NAME}")) < SOCKET_LIMIT
            assert running.socket.stat().st_mode & 0o777 == 0o700
            assert ask(running.admin_url, "show listen_addresses") == ""

    def test_asks_for_the_password_on_the_socket_too(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running, pytest.raises(psycopg.OperationalError, match="authentication failed"):
            ask(socket_url("rahdari_admin", "guessed", "postgres", running.socket), "select 1")

    def test_keeps_data_and_password_from_others(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            assert running.data.stat().st_mode & 0o777 == 0o700
            assert (folder / "admin_password").stat().st_mode & 0o777 == 0o600

    def test_writes_safely_unless_told_to_be_fast(self, folder: Path) -> None:
        with cluster(folder) as running:
            assert ask(running.admin_url, "show fsync") == "on"
        with cluster(folder, fast=True) as running:
            assert ask(running.admin_url, "show fsync") == "off"

    def test_does_not_run_as_root(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            assert running.data.stat().st_uid != 0

    def test_refuses_a_second_launcher_and_names_the_first(self, folder: Path) -> None:
        with (
            cluster(folder, fast=True),
            pytest.raises(CannotStart, match=f"in use by another launcher .process {os.getpid()}."),
            cluster(folder, fast=True),
        ):
            pass


class TestDeaths:
    def test_server_killed_comes_back_at_the_same_address(self, folder: Path) -> None:
        with cluster(folder) as running:
            before, url = note_a_row(running), running.admin_url
            assert not running.begin_again_if_dead()
            running.process.kill()
            running.process.wait()
            assert running.begin_again_if_dead()
            assert running.admin_url == url
            assert note_a_row(running) == before + 1

    def test_server_killed_while_a_backend_hangs(self, folder: Path) -> None:
        with cluster(folder) as running:
            before = note_a_row(running)
            with psycopg.connect(running.admin_url) as hanging:
                backend = hanging.info.backend_pid
                os.kill(backend, signal.SIGSTOP)
                running.process.kill()
                running.process.wait()
                later = subprocess.Popen(["sh", "-c", f"sleep 0.5; kill -CONT {backend}"])
                assert running.begin_again_if_dead()
                later.wait()
                hanging.close()
            assert note_a_row(running) == before + 1

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
    def test_server_ends_with_a_killed_launcher(self, folder: Path) -> None:
        launcher, pid, _ = start_launcher(folder)
        launcher.kill()
        launcher.wait()
        wait_for_end(pid)

    def test_orphan_of_a_killed_launcher_is_stopped_and_its_rows_kept(self, folder: Path) -> None:
        launcher, pid, url = start_launcher(folder)
        ask(url, "create table if not exists orphaned (id int)")
        os.kill(pid, signal.SIGSTOP)  # it cannot end by itself
        launcher.kill()
        launcher.wait()
        with cluster(folder, fast=True) as running:
            assert running.process.pid != pid
            assert not alive.mark(pid)
            assert ask(running.admin_url, "select to_regclass('orphaned') is not null")
        assert not Path(re.search(r"host=([^&]+)", url)[1]).exists()

    def test_note_of_a_server_whose_number_another_process_has(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            running.process.kill()
            running.process.wait()
            note = running.data / "postmaster.pid"
            note.write_text("\n".join([str(os.getpid()), *note.read_text().split("\n")[1:]]))
            assert running.begin_again_if_dead()

    def test_making_cut_short_is_begun_again(self, tmp_path: Path) -> None:
        rest = tmp_path / "data.unfinished"
        rest.mkdir()
        (rest / "PG_VERSION").write_text("99")
        try:
            with cluster(tmp_path, fast=True) as running:
                assert ask(running.admin_url, "select 1") == 1
        finally:
            remove(tmp_path)


class TestLetters:
    def test_see_urdu_and_japanese(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            ask(running.admin_url, "create extension if not exists pg_trgm")
            for word in ("محمد", "東京", "ひらがな"):
                assert ask(running.admin_url, f"select cardinality(show_trgm('{word}'))") > 0

    def test_sort_by_code_point(self, folder: Path) -> None:
        with cluster(folder, fast=True) as running:
            assert ask(running.admin_url, "select array_agg(c order by c) from unnest(array['b', 'A', 'a']) c") == ["A", "a", "b"]


class TestFinding:
    def test_data_of_another_version_is_refused_in_words(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "PG_VERSION").write_text("12\n")
        if os.geteuid() == 0:
            os.chown(tmp_path / "data", 65534, 65534)
        with pytest.raises(CannotStart, match="made by PostgreSQL 12"), cluster(tmp_path):
            pass

    def test_named_folder_comes_first_and_must_be_right(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv(finding.PROGRAMS_VARIABLE, str(tmp_path))
        with pytest.raises(CannotStart, match=finding.PROGRAMS_VARIABLE):
            finding.find_programs()

    def test_says_how_to_get_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(finding.PROGRAMS_VARIABLE, raising=False)
        monkeypatch.setattr(finding, "PLACES", ())
        monkeypatch.setattr(finding, "WHEEL", "no_such_wheel")
        monkeypatch.setenv("PATH", "/nonexistent")
        with pytest.raises(CannotStart, match="apt install postgresql"):
            finding.find_programs()

    def test_programs_too_old_are_passed_over(self, tmp_path: Path) -> None:
        for name in ("postgres", "initdb"):
            (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.11'\n")
            (tmp_path / name).chmod(0o755)
        assert finding.programs_in(tmp_path) is None

    def test_programs_that_do_not_run_are_passed_over(self, tmp_path: Path) -> None:
        for name in ("postgres", "initdb"):
            (tmp_path / name).write_bytes(b"\x7fELF for another machine")
            (tmp_path / name).chmod(0o755)
        assert finding.programs_in(tmp_path) is None

    def test_given_server_is_used(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/postgres")
        with running_cluster(tmp_path / "unused") as url:
            assert url == "postgresql://somebody@elsewhere/postgres"
        assert not (tmp_path / "unused").exists()


class TestReach:
    def test_closed_folder_on_the_way_is_seen(self, tmp_path: Path) -> None:
        inner = tmp_path / "closed" / "inner"
        inner.mkdir(parents=True)
        stranger, ourselves = Account("stranger", 54321, 54321), Account("us", os.getuid(), os.getgid())
        inner.parent.chmod(0o700)
        assert not can_reach(inner, stranger)
        assert can_reach(inner, ourselves)


class TestThrowaway:
    def test_leaves_nothing(self) -> None:
        with throwaway_cluster() as url:
            socket = Path(re.search(r"host=([^&]+)", url)[1])
            assert ask(url, "show fsync") == "off"
            assert socket.exists()
        assert not socket.exists()
