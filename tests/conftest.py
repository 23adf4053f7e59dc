"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# How long one example takes says nothing on a machine that is shared.
hypothesis.settings.register_profile("rahdari", deadline=None, print_blob=True)
hypothesis.settings.load_profile("rahdari")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes is left to `bin/dev sure`, unless its file or its name was asked for."""
    if os.environ.get("RAHDARI_SURE") == "1" or any(word.partition("::")[0].endswith(".py") for word in config.args):
        return
    slow = [item for item in items if item.get_closest_marker("sure")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture
def on_jp(settings: Any) -> None:
    """The test runs on Japan's node; without it tests run on Pakistan's."""
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A place for a node or a demonstration; what a failed test left there is ended, and its rows are gone."""
    yield from _place(tmp_path / "a place")


@pytest.fixture
def another_folder(tmp_path: Path) -> Iterator[Path]:
    """Another such place beside the first."""
    yield from _place(tmp_path / "another place")


def _place(place: Path) -> Iterator[Path]:
    from rahdari.project.launch.data_folder import remove
    from tests.project.alone import clear

    yield place
    clear(place)
    remove(place / "postgres")


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """No test sees what another one left in the process: the book in force, the language of the last page."""
    from django.utils import translation

    from rahdari.base import editions

    editions._forget()
    translation.activate("en")


@pytest.fixture(scope="session", autouse=True)
def _only_filled_tables_are_emptied() -> Iterator[None]:
    """After a test that really commits, rows are deleted where there are some: truncating all tables takes a second each time."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    def filled_ones(self: Any, style: Any, tables: list[str], **how: Any) -> list[str]:
        quoted = [self.quote_name(table) for table in tables]
        with self.connection.cursor() as cursor:
            cursor.execute(" union all ".join(f"select '{one}' where exists (select from {one})" for one in quoted))
            filled = [row[0] for row in cursor]
        emptied = [f"delete from {one}" for one in filled]
        # The triggers that forbid it, and foreign keys, are for everybody else.
        return ["set local session_replication_role = replica", *emptied]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", filled_ones)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """At the end whoever is still connected to the test database is named and let go, so that it can be dropped.

    A browser may hold the line to the test server, and its thread a session, for a moment after the last page.
    """
    from django.db import connection

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select left(query, 200), pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        for query, _ended in cursor.fetchall():
            print(f"LEFT CONNECTED to the test database, last asked: {query}")
