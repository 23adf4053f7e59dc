"""Two nodes in one test: each has its own tables, statements are carried from one outbox to the other's inbox.

nodes = Nodes(settings)          Pakistan's tables are those of the test; Japan's are made beside them, empty
with nodes.at("jp"): …           inside, everything is read and written on that node
nodes.carry()                    every statement that waits is taken up by its receiver, in order; gives the outcomes

Tables of the second node have the columns, keys and unique constraints of the first, but no foreign keys and no triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from tests.make.statements import mailroom, newest, node, told

SCHEMA = {"pk": "public", "jp": "jp_node"}
Receiver = Callable[..., None]


@dataclass(frozen=True)
class Outcome:
    """What became of one statement: its type (or step), and the codes for which it was refused, empty when taken up."""

    kind: str
    refused: tuple[str, ...] = ()


class Nodes:
    """Both nodes; `receivers` maps a type, and a step of `journey.stage/1`, to the function of an inbox."""

    def __init__(self, settings: Any, receivers: Mapping[str, Receiver]) -> None:
        self.settings, self.receivers = settings, receivers
        self.carried: set[Any] = set()
        with connection.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public' and tablename <> 'django_migrations'")
            tables = [row[0] for row in cursor.fetchall()]
            cursor.execute("create schema jp_node")
            for table in tables:
                cursor.execute(f'create table jp_node."{table}" (like public."{table}" including all)')

    @contextmanager
    def at(self, code: str) -> Iterator[None]:
        """Inside, the code runs on the node named."""
        with node(self.settings, code), _tables_of(code):
            yield

    def waiting(self, sender: str) -> list[OutboxEntry]:
        """The statements in a node's outbox that were not carried yet, in order."""
        with self.at(sender):
            return [one for one in OutboxEntry.objects.filter(kind="statement").order_by("id") if one.pk not in self.carried]

    def said(self, sender: str, type: str) -> Any:
        """The newest statement of a type that a node said, as its receiver hears it."""
        with self.at(sender):
            return told(newest(type), sender, "jp" if sender == "pk" else "pk")

    def carry(self, *, at: Any = None) -> list[Outcome]:
        """Hands every waiting statement to its receiver, each in a transaction of its own."""
        outcomes = []
        for sender, receiver in (("jp", "pk"), ("pk", "jp")):
            for entry in self.waiting(sender):
                with self.at(sender):
                    statement = told(entry, sender, receiver)
                self.carried.add(entry.pk)
                outcomes.append(self.hear(statement, at=at))
        return outcomes

    def hear(self, statement: Any, *, at: Any = None) -> Outcome:
        """Hands one statement to the inbox of its receiver, as the mailroom does."""
        kind = statement.data["step"] if statement.type == "journey.stage/1" else statement.type
        with self.at(statement.receiver):
            try:
                with transaction.atomic():
                    self.receivers[kind](actor=mailroom(statement.receiver), statement=statement, at=at or now())
            except Refused as refused:
                return Outcome(kind, tuple(one.code for one in refused.refusals))
            except Missing:
                return Outcome(kind, ("missing",))
        return Outcome(kind)


@contextmanager
def _tables_of(code: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select current_schema()")
        before = cursor.fetchone()[0]
        cursor.execute(f"set search_path to {SCHEMA[code]}, pg_catalog")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"set search_path to {before}, pg_catalog")
