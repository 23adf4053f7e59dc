"""A node's database and its two roles.

The owner holds the tables and changes their shape. The application may read and write
rows and nothing else: it cannot make tables, and row-level security holds for it.
Everything here may be done again at every start.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from rahdari.project.launch import CannotStart

PLAIN = sql.SQL("login nosuperuser nobypassrls nocreatedb nocreaterole noreplication inherit")
NODES = ("pk", "jp")


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of a node's two roles."""

    owner: str
    app: str


@dataclass(frozen=True, slots=True)
class NodeDatabase:
    """The addresses of a node's database: for changing its shape, and for the application."""

    owner_url: str
    app_url: str


def new_passwords() -> Passwords:
    """Fresh passwords, hard to guess."""
    return Passwords(secrets.token_urlsafe(32), secrets.token_urlsafe(32))


def owner_role(node: str) -> str:
    """The role that owns a node's tables."""
    return f"rahdari_{node}_owner"


def app_role(node: str) -> str:
    """The role of a node's application."""
    return f"rahdari_{node}_app"


def prepare_database(
    admin_dsn: str, node: str, *, passwords: Passwords | None = None, database: str | None = None
) -> NodeDatabase:
    """Makes or completes a node's database (`rahdari_<node>` unless named) with its roles and pg_trgm.

    Without `passwords` the roles get fresh ones, which locks out whoever used the old.
    Leaves the grants on tables that exist as they are: a migration may have narrowed them.
    Raises `CannotStart` when the server is out of reach or the administrator may not do this.
    """
    if node not in NODES:
        raise CannotStart(f"There is no node {node!r}; the nodes are {' and '.join(NODES)}.")
    passwords = passwords or new_passwords()
    database = database or f"rahdari_{node}"
    owner, app = owner_role(node), app_role(node)
    try:
        with psycopg.connect(admin_dsn, autocommit=True) as admin:
            _make_role(admin, owner, passwords.owner)
            _make_role(admin, app, passwords.app)
            _make_database(admin, database, owner)
            _grant_database(admin, database, owner, app)
        with psycopg.connect(make_conninfo(admin_dsn, dbname=database)) as admin:
            admin.execute("create extension if not exists pg_trgm")
            _grant_schema(admin, owner, app)
    except psycopg.Error as problem:
        raise CannotStart(f"The database {database} could not be prepared: {_first_line(problem)}") from problem
    return addresses(admin_dsn, node, passwords, database=database)


def addresses(admin_dsn: str, node: str, passwords: Passwords, *, database: str | None = None) -> NodeDatabase:
    """Where the node's database is on this server, for its two roles; nothing is made or asked."""
    database = database or f"rahdari_{node}"
    return NodeDatabase(
        address(admin_dsn, role=owner_role(node), password=passwords.owner, database=database),
        address(admin_dsn, role=app_role(node), password=passwords.app, database=database),
    )


def database_exists(admin_dsn: str, node: str) -> bool:
    """Whether the server has the node's database or one of its roles, whoever made them."""
    names = [f"rahdari_{node}", owner_role(node), app_role(node)]
    question = "select from pg_database where datname = any(%(n)s) union all select from pg_roles where rolname = any(%(n)s)"
    with _connected(admin_dsn) as admin:
        return admin.execute(question, {"n": names}).fetchone() is not None


def drop_database(admin_dsn: str, node: str) -> None:
    """Removes the node's database and roles with everything in them; connections to it are cut."""
    with _connected(admin_dsn) as admin:
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(f"rahdari_{node}")))
        for role in (owner_role(node), app_role(node)):
            admin.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(role)))


def address(dsn: str, *, role: str, password: str, database: str) -> str:
    """The same server as `dsn` names, seen by another role on another database."""
    parts = {name: str(value) for name, value in conninfo_to_dict(dsn).items() if value is not None}
    for replaced in ("user", "password", "dbname"):
        parts.pop(replaced, None)
    # Host and port stand behind the question mark: only there all forms fit, a socket folder as well as an IPv6 address.
    query = f"?{urlencode(parts, quote_via=quote)}" if parts else ""
    return f"postgresql://{quote(role)}:{quote(password, safe='')}@/{quote(database)}{query}"


def _connected(admin_dsn: str) -> psycopg.Connection:
    try:
        return psycopg.connect(admin_dsn, autocommit=True)
    except psycopg.OperationalError as problem:
        raise CannotStart(f"The database server cannot be reached: {_first_line(problem)}") from problem


def _make_role(admin: psycopg.Connection, role: str, password: str) -> None:
    # Hashed here, so that the password itself can reach no log of the server.
    hashed = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    strong = "rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication"
    there = admin.execute(sql.SQL("select {} from pg_roles where rolname = %s").format(sql.SQL(strong)), [role]).fetchone()
    # A role that is plain already is not made plain again: an administrator who is no superuser may not say so.
    verb, kind = ("create role", PLAIN) if there is None else ("alter role", PLAIN if there[0] else sql.SQL("login"))
    statement = sql.SQL("{} {} with {} password {}")
    admin.execute(statement.format(sql.SQL(verb), sql.Identifier(role), kind, sql.Literal(hashed)))


def _make_database(admin: psycopg.Connection, database: str, owner: str) -> None:
    """Makes it with letters of every script, whatever the server's own locale is."""
    if admin.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
        return
    if not _is_superuser(admin):  # who makes a database for a role must be a member of it
        admin.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(owner)))
    make = sql.SQL("create database {} owner {} encoding 'UTF8' template template0 {}")
    for letters in (_letters(admin.info.server_version // 10000), ""):
        try:
            admin.execute(make.format(sql.Identifier(database), sql.Identifier(owner), sql.SQL(letters)))
            return
        except psycopg.errors.WrongObjectType:  # the system has no such locale: take the server's, the check decides
            continue


def _letters(major: int) -> str:
    """The locale of a database, as in `data_folder.locale_options`."""
    if major >= 18:
        return "locale_provider builtin builtin_locale 'PG_UNICODE_FAST' lc_collate 'C'"
    if major == 17:
        return "locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C.UTF-8'"
    return "lc_collate 'C' lc_ctype 'C.UTF-8'"


def _grant_database(admin: psycopg.Connection, database: str, owner: str, app: str) -> None:
    names = {"database": sql.Identifier(database), "owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    for statement in (
        "revoke all on database {database} from public",
        "grant connect, create, temporary on database {database} to {owner}",
        "grant connect on database {database} to {app}",
    ):
        admin.execute(sql.SQL(statement).format(**names))


def _grant_schema(admin: psycopg.Connection, owner: str, app: str) -> None:
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    for statement in (
        "alter schema public owner to {owner}",
        "revoke all on schema public from public",
        "grant usage on schema public to {app}",
        "alter default privileges for role {owner} in schema public grant select, insert, update, delete on tables to {app}",
        "alter default privileges for role {owner} in schema public grant usage, select on sequences to {app}",
    ):
        admin.execute(sql.SQL(statement).format(**names))


def _is_superuser(admin: psycopg.Connection) -> bool:
    row = admin.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    return bool(row and row[0])


def _first_line(problem: psycopg.Error) -> str:
    return str(problem).strip().split("\n")[0]
