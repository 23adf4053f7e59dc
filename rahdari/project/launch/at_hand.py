"""The database of a node at hand for one command, whether the node runs or not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from rahdari.project.launch import CannotStart, postgres, roles
from rahdari.project.launch.home import Home, environment, is_prepared, passwords, read_node, remember_database
from rahdari.project.launch.lock import is_locked

PATIENCE = 30.0  # seconds to wait for another command that has the server for a moment


@contextmanager
def database_at_hand(home: Home) -> Iterator[None]:
    """Lets the node's database answer until the block is left: a server of its own that does not run is started for it.

    Raises `CannotStart` when the database was never made, or does not answer although the node runs.
    """
    node = read_node(home)
    server = Path(os.path.normpath(home.folder / node.server)) if node.server else None
    if server is None or not is_prepared(home):
        yield
        return
    if is_locked(server.parent):
        _refuse_silent(home)
        yield
        return
    with postgres.cluster(server, patience=PATIENCE) as running:
        remember_database(home, roles.addresses(running.admin_url, node.node, passwords(home)))
        yield


def _refuse_silent(home: Home) -> None:
    """Raises `CannotStart` when the database of a running node does not answer."""
    try:
        psycopg.connect(environment(home)["DATABASE_URL"], connect_timeout=5).close()
    except psycopg.OperationalError as problem:
        raise CannotStart(
            f"The node in {home.folder} is starting or stopping: its database does not answer. Try again in a moment."
        ) from problem
