"""Commands find the node they work on, and its database, whether it runs or not."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from rahdari.project.cli.app import use_home
from rahdari.project.launch import CannotStart
from rahdari.project.launch.at_hand import database_at_hand
from rahdari.project.launch.home import environment, open_home
from rahdari.project.launch.lock import only_launcher
from tests.project.alone import command, finish, serve, stop
from tests.project.test_demo import server

HOLDING = """
import sys, time
from pathlib import Path
from rahdari.project.launch.at_hand import database_at_hand
from rahdari.project.launch.home import open_home
with database_at_hand(open_home(Path(sys.argv[1]))):
    print("at hand", flush=True)
    time.sleep(6)
"""


class TestDatabaseAtHand:
    def test_of_a_stopped_node_is_started_for_the_moment(self, made: Path) -> None:
        home = open_home(made)
        with database_at_hand(home), psycopg.connect(environment(home)["DATABASE_URL"]) as connection:
            assert connection.execute("select current_user").fetchone() == ("rahdari_pk_app",)
        assert not (made / "postgres" / "data" / "postmaster.pid").exists()

    def test_of_a_running_node_is_the_one_that_runs(self, made: Path) -> None:
        process = serve(made)
        running = server(made)
        with database_at_hand(open_home(made)):
            assert server(made) == running
        assert server(made) == running
        stop(process)

    def test_is_waited_for_while_another_command_has_it(self, made: Path) -> None:
        first = command(str(made), code=HOLDING)
        assert first.stdout.readline() == "at hand\n"
        with database_at_hand(open_home(made)):
            assert first.wait(timeout=4) == 0  # it gave the database back, and its program ends a moment later
            psycopg.connect(environment(open_home(made))["DATABASE_URL"]).close()

    def test_of_a_node_that_is_just_starting_is_not_there(self, made: Path) -> None:
        with only_launcher(made), pytest.raises(CannotStart, match="starting or stopping"), database_at_hand(open_home(made)):
            pass


class TestHomeOption:
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_may_stand_anywhere(self, made: Path, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
        for name in environment(open_home(made)):
            monkeypatch.setenv(name, "before")
        words = ["keys", "new-secret"]
        words[place:place] = ["--home", str(made)]
        with ExitStack() as until_then:
            assert use_home(words, until_then) == ["keys", "new-secret"]
            assert os.environ["RAHDARI_HOME"] == str(made)
        assert not (made / "postgres" / "data" / "postmaster.pid").exists()  # this command asks no database

    def test_is_left_to_commands_that_make_or_open_it_themselves(self) -> None:
        words = ["node", "init", "--home", "/nowhere"]
        assert use_home(words, ExitStack()) == words

    def test_of_something_else_is_a_wrong_use(self, tmp_path: Path) -> None:
        status, said, told = finish("audit", "verify", f"--home={tmp_path}")
        assert (status, said) == (2, "")
        assert "is not the home of a node" in told
