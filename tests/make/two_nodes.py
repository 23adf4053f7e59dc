"""Both nodes in one test: Japan's tables lie in a schema of their own, so that a case lives on either side under its one id.

    corridor = two_nodes(settings)
    with corridor.on("jp"):
        actions.open_seats(actor=…, at=…)
    corridor.deliver("jp")            what Japan's node said since, taken up by Pakistan's through its mailroom

Statements go through schema and marking as the exchange checks them, then to the inbox function the mailroom names.
Everything happens inside the transaction of the test and is gone with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection

from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.project.mailroom import JOURNEY, RECEIVERS, STEPS
from tests.make.people import bodies
from tests.make.statements import mailroom, node, told

SCHEMA = "japan"
OTHER = {"pk": "jp", "jp": "pk"}


class Corridor:
    """Two nodes and what was carried between them; `refused` holds what a receiver did not take up."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings
        self.carried: set[Any] = set()
        self.refused: list[tuple[str, Refused]] = []

    @contextmanager
    def on(self, code: str) -> Iterator[None]:
        """Inside, the code runs on the node named, with its tables."""
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('search_path')")
            before = cursor.fetchone()[0]
            cursor.execute("select set_config('search_path', %s, true)", [f"{SCHEMA}, public" if code == "jp" else "public"])
        try:
            with node(self.settings, code):
                yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('search_path', %s, true)", [before])

    def said(self, sender: str) -> list[OutboxEntry]:
        """What a node said and nobody has carried yet, in the order it was said."""
        with self.on(sender):
            entries = list(OutboxEntry.objects.filter(kind="statement").order_by("id"))
        return [one for one in entries if one.id not in self.carried]

    def deliver(self, sender: str, *, at: dt.datetime | None = None) -> list[OutboxEntry]:
        """Carries everything a node said to the other one; a refusal fails the test unless it is looked for in `refused`."""
        entries = self.said(sender)
        for entry in entries:
            self.carried.add(entry.id)
            with self.on(sender):
                statement = told(entry, sender, OTHER[sender])
            receiver = STEPS[statement.data["step"]] if statement.type == JOURNEY else RECEIVERS[statement.type]
            with self.on(OTHER[sender]):
                try:
                    receiver(actor=mailroom(OTHER[sender]), statement=statement, at=at or now())
                except Refused as refused:
                    self.refused.append((statement.type, refused))
        return entries

    def exchange(self, *, at: dt.datetime | None = None) -> None:
        """Carries what both said until neither has anything left; nothing may be refused."""
        while self.deliver("jp", at=at) or self.deliver("pk", at=at):
            pass
        assert [(type, str(wrong)) for type, wrong in self.refused] == []


def two_nodes(settings: Any) -> Corridor:
    """A corridor with empty tables on Japan's side and the authorities known on both."""
    _lay_japans_tables(str(connection.settings_dict["NAME"]))
    corridor = Corridor(settings)
    for code in OTHER:
        with corridor.on(code):
            bodies(code)
    return corridor


@cache
def _lay_japans_tables(_database: str) -> None:
    """Once a test database, beside the transaction of the test, which leaves them empty."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
            cursor.execute(f"create schema if not exists {SCHEMA}")
            for name in tables:
                cursor.execute(f'create table if not exists {SCHEMA}."{name}" (like public."{name}" including all)')
    finally:
        beside.close()
