"""How far a story came, kept as rows: the next test that goes as far begins there, instead of walking the way again.

The rows are those the actions left, taken out and put back byte for byte by COPY. Nothing is put back where a test made
anything of its own before or between: every table must hold as many rows as it held when the rows were kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from rahdari.base.reference import shipped_book

SCHEMAS = ("public", "japan")


@dataclass(frozen=True)
class Standing:
    """A place on the way: the rows of both nodes there, by table, what each table held where the way began, and what else is
    known there."""

    began: dict[str, int]
    rows: dict[str, bytes]
    known: dict[str, Any]


def begins_alone(*schemas: str) -> bool:
    """Whether a story begins beside nothing: inside the transaction of a test, with no row but the public bodies of its nodes."""
    if not connection.in_atomic_block:
        return False  # what is committed is nobody's own
    bodies = len(shipped_book().rows("authorities"))
    held = counted()
    only = {f"{schema}.{table}" for schema in schemas for table in ("accounts_body", "base_auditentry")}
    seeded = set(held) == only and {held[f"{schema}.accounts_body"] for schema in schemas} == {bodies}
    return not held or seeded


def counted() -> dict[str, int]:
    """How many rows the present test has in each table; nothing for an empty one."""
    with connection.cursor() as cursor:
        tables = _tables(str(connection.settings_dict["NAME"]))
        cursor.execute(" union all ".join(f"select '{one}', count(*) from {one} having count(*) > 0" for one in tables))
        return dict(cursor.fetchall())


def take_out() -> dict[str, bytes]:
    """Every row of the present test, by table."""
    with connection.cursor() as cursor:
        return {table: _copied(cursor, table) for table in _filled(cursor)}


def put_back(rows: dict[str, bytes]) -> None:
    """Makes the rows of the present test those that were taken out; triggers and foreign keys are for everybody else."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for table in _filled(cursor):
            cursor.execute(f"delete from {table}")
        for table, content in rows.items():
            with cursor.copy(f"copy {table} from stdin (format binary)") as copy:
                copy.write(content)
        cursor.execute("set local session_replication_role = origin")


def _copied(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"copy {table} to stdout (format binary)") as copy:
        return b"".join(bytes(part) for part in copy)


def _filled(cursor: Any) -> list[str]:
    cursor.execute(
        " union all ".join(
            f"select '{one}' where exists (select from {one})" for one in _tables(str(connection.settings_dict["NAME"]))
        )
    )
    return [row[0] for row in cursor]


@cache
def _tables(_database: str) -> list[str]:
    """The tables a test fills: those that are empty for everybody who does not look from inside it."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(
                "select schemaname || '.' || tablename from pg_tables where schemaname = any(%s) order by 1", [list(SCHEMAS)]
            )
            every = [name for (name,) in cursor.fetchall()]
            cursor.execute(" union all ".join(f"select '{one}' where exists (select from {one})" for one in every))
            standing = {name for (name,) in cursor.fetchall()}
    finally:
        beside.close()
    return [one for one in every if one not in standing]
