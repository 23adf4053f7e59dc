"""What must hold before a node may start on a database; each refusal says what to do about it."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from rahdari.project.launch import CannotStart
from rahdari.project.launch.finding import NEWEST_TRIED, OLDEST

Connection = psycopg.Connection[tuple[object, ...]]


def check_database(dsn: str, *, pending: Callable[[], list[str]] | None = None) -> list[str]:
    """Looks at the database as the application sees it; returns warnings, raises `CannotStart`.

    `pending` names the migrations not yet applied; without it they are not looked at.
    """
    try:
        with psycopg.connect(dsn, connect_timeout=10) as connection:
            warnings = check_version(connection)
            check_letters(connection)
            check_application_role(connection)
    except psycopg.OperationalError as problem:
        raise CannotStart(f"The database cannot be reached: {str(problem).strip()}") from problem
    missing = pending() if pending else []
    if missing:
        raise CannotStart(
            f"The tables are older than the program: {len(missing)} migrations are not applied "
            f"({', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}). Apply them as the owner role: rahdari node migrate."
        )
    return warnings


def check_version(connection: Connection) -> list[str]:
    """Refuses a server that is too old; warns of one nobody has tried."""
    major = connection.info.server_version // 10000
    if major < OLDEST:
        raise CannotStart(f"The database server is PostgreSQL {major}; version {OLDEST} or newer is needed.")
    if major > NEWEST_TRIED:
        return [f"PostgreSQL {major} is newer than the versions tried ({OLDEST} to {NEWEST_TRIED})."]
    return []


def check_letters(connection: Connection) -> None:
    """Refuses a database that is not UTF-8 or whose trigram search does not see Urdu and Japanese."""
    encoding = _value(connection, "select current_setting('server_encoding')")
    if encoding != "UTF8":
        raise CannotStart(f"The database stores text as {encoding}; it must be made with encoding UTF8.")
    schema = _value(
        connection,
        "select nspname from pg_extension join pg_namespace n on n.oid = extnamespace where extname = 'pg_trgm'",
    )
    if schema is None:
        raise CannotStart(
            "The extension pg_trgm is missing from the database. As its owner: create extension pg_trgm; "
            "(on Red Hat systems first install the package postgresql-contrib)."
        )
    for language, word in (("Urdu", "محمد"), ("Japanese", "東京")):
        if not _value(connection, "select cardinality(show_trgm(%s))", word):
            raise CannotStart(
                f"The database cannot search {language} text: it was made with the locale C, which knows only English letters. "
                "Make it again with lc_ctype 'C.UTF-8' (from PostgreSQL 18: locale_provider builtin "
                "builtin_locale 'PG_UNICODE_FAST'), then load the data into the new one."
            )


def check_application_role(connection: Connection) -> None:
    """Refuses a role that row-level security does not hold for, or that may change tables."""
    role = connection.info.user
    faults = {
        "is a superuser": "select rolsuper from pg_roles where rolname = current_user",
        "bypasses row-level security": "select rolbypassrls from pg_roles where rolname = current_user",
        "may make roles": "select rolcreaterole from pg_roles where rolname = current_user",
        "owns the database or acts for its owner": (
            "select pg_has_role(current_user, datdba, 'member') from pg_database where datname = current_database()"
        ),
        "owns tables or acts for their owner": (
            "select exists (select from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
            " and pg_has_role(current_user, relowner, 'member'))"
        ),
        "may make tables": "select has_schema_privilege(current_user, 'public', 'create')",
    }
    found = [fault for fault, question in faults.items() if _value(connection, question)]
    if found:
        raise CannotStart(
            f"The application must not connect as {role}, because that role {' and '.join(found)}. "
            "DATABASE_URL must name the plain role that was made for it (rahdari_<node>_app)."
        )


def _value(connection: Connection, question: str, *values: object) -> object:
    row = connection.execute(question, values).fetchone()
    return row[0] if row else None
