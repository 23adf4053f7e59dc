"""A node's two roles, and the checks before a start: each must be able to refuse."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from rahdari.project.launch import CannotStart, checks, roles
from rahdari.project.launch.postgres import throwaway_cluster
from rahdari.project.launch.roles import NodeDatabase, Passwords, address, prepare_database

PASSWORDS = Passwords("owner /:@?#%", "app /:@?#%")


@pytest.fixture(scope="module")
def admin() -> Iterator[str]:
    """A server of this module's own: roles belong to a whole server."""
    with throwaway_cluster() as url:
        yield url


@pytest.fixture(scope="module")
def database(admin: str) -> NodeDatabase:
    made = prepare_database(admin, "pk", passwords=PASSWORDS)
    with psycopg.connect(made.owner_url) as owner:
        owner.execute("create table letters (id bigint generated always as identity, side text, body text)")
        owner.execute("alter table letters enable row level security, force row level security")
        owner.execute("create policy own on letters using (side = 'pk')")
    return made


def do(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(statement)
        return rows.fetchall() if rows.description else []


class TestPrepareDatabase:
    def test_may_be_done_again_and_keeps_rows(self, admin: str, database: NodeDatabase) -> None:
        do(database.app_url, "insert into letters (side, body) values ('pk', 'first')")
        assert prepare_database(admin, "pk", passwords=PASSWORDS) == database
        assert ("first",) in do(database.app_url, "select body from letters")

    def test_keeps_what_a_migration_took_away(self, admin: str, database: NodeDatabase) -> None:
        do(database.owner_url, "create table entries (id int)")
        do(database.owner_url, "revoke update, delete on entries from rahdari_pk_app")
        prepare_database(admin, "pk", passwords=PASSWORDS)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            do(database.app_url, "delete from entries")

    def test_replaces_passwords(self, admin: str, database: NodeDatabase) -> None:
        changed = prepare_database(admin, "pk", passwords=Passwords("x", "y"))
        assert do(changed.app_url, "select 1") == [(1,)]
        with pytest.raises(psycopg.OperationalError):
            do(database.app_url, "select 1")
        prepare_database(admin, "pk", passwords=PASSWORDS)

    def test_refuses_an_unknown_node(self, admin: str) -> None:
        with pytest.raises(CannotStart, match="no node 'xx'"):
            prepare_database(admin, "xx")

    def test_refuses_a_server_out_of_reach(self) -> None:
        with pytest.raises(CannotStart, match="could not be prepared"):
            prepare_database("postgresql:///postgres?host=/nonexistent", "pk")

    def test_makes_a_role_plain_again(self, admin: str, database: NodeDatabase) -> None:
        do(admin, "alter role rahdari_pk_app superuser bypassrls")
        prepare_database(admin, "pk", passwords=PASSWORDS)
        assert checks.check_database(database.app_url) == []

    def test_needs_no_superuser(self, admin: str) -> None:
        roles.drop_database(admin, "jp")
        do(admin, "create role landlord login createdb createrole password 'landlord'")
        landlord = address(admin, role="landlord", password="landlord", database="postgres")
        for _ in range(2):
            assert checks.check_database(prepare_database(landlord, "jp").app_url) == []

    def test_drop_leaves_neither_database_nor_roles(self, admin: str) -> None:
        prepare_database(admin, "jp")
        assert roles.database_exists(admin, "jp")
        roles.drop_database(admin, "jp")
        assert not roles.database_exists(admin, "jp")


class TestApplicationRole:
    def test_reads_and_writes_rows(self, database: NodeDatabase) -> None:
        do(database.app_url, "insert into letters (side, body) values ('pk', 'a')")
        do(database.app_url, "update letters set body = 'b' where body = 'a'")
        do(database.app_url, "delete from letters where body = 'b'")

    @pytest.mark.parametrize(
        "statement",
        [
            "create table mine (id int)",
            "create temporary table mine (id int)",
            "create schema mine",
            "create view mine as select * from letters",
            "create extension hstore",
            "alter table letters add column more text",
            "alter table letters disable row level security",
            "drop table letters",
            "drop policy own on letters",
            "truncate letters",
            "set role rahdari_pk_owner",
            "set session authorization rahdari_admin",
            "alter role rahdari_pk_app bypassrls",
            "grant rahdari_pk_owner to rahdari_pk_app",
            "copy letters to program 'true'",
        ],
    )
    def test_may_not_change_the_house(self, database: NodeDatabase, statement: str) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            do(database.app_url, statement)

    def test_is_held_by_row_level_security(self, database: NodeDatabase) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            do(database.app_url, "insert into letters (side, body) values ('jp', 'not ours')")

    def test_the_owner_is_held_by_it_too(self, database: NodeDatabase) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            do(database.owner_url, "insert into letters (side, body) values ('jp', 'not ours')")

    def test_cannot_enter_the_other_nodes_database(self, admin: str, database: NodeDatabase) -> None:
        prepare_database(admin, "jp")
        stranger = address(admin, role="rahdari_pk_app", password=PASSWORDS.app, database="rahdari_jp")
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            do(stranger, "select 1")


class TestChecks:
    def test_pass_for_the_application(self, database: NodeDatabase) -> None:
        assert checks.check_database(database.app_url) == []

    def test_refuse_the_owner(self, database: NodeDatabase) -> None:
        with pytest.raises(CannotStart, match="owns the database"):
            checks.check_database(database.owner_url)

    def test_refuse_a_superuser(self, admin: str, database: NodeDatabase) -> None:
        with pytest.raises(CannotStart, match="is a superuser"):
            checks.check_database(_as_admin(admin))

    @pytest.mark.parametrize(
        ("given", "taken", "says"),
        [
            ("alter role rahdari_pk_app bypassrls", "alter role rahdari_pk_app nobypassrls", "bypasses row-level security"),
            ("alter role rahdari_pk_app createrole", "alter role rahdari_pk_app nocreaterole", "may make roles"),
            ("grant rahdari_pk_owner to rahdari_pk_app", "revoke rahdari_pk_owner from rahdari_pk_app", "acts for its owner"),
        ],
    )
    def test_refuse_a_role_with_too_much(self, admin: str, database: NodeDatabase, given: str, taken: str, says: str) -> None:
        do(admin, given)
        try:
            with pytest.raises(CannotStart, match=says):
                checks.check_database(database.app_url)
        finally:
            do(admin, taken)

    def test_refuse_a_database_blind_to_urdu(self, admin: str, database: NodeDatabase) -> None:
        do(admin, "create database blind template template0 lc_collate 'C' lc_ctype 'C'" + _libc(admin))
        blind = prepare_database(admin, "pk", passwords=PASSWORDS, database="blind")
        with pytest.raises(CannotStart, match="cannot search Urdu"):
            checks.check_database(blind.app_url)

    def test_refuse_another_encoding(self, admin: str, database: NodeDatabase) -> None:
        do(admin, "create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'" + _libc(admin))
        latin = prepare_database(admin, "pk", passwords=PASSWORDS, database="latin")
        with pytest.raises(CannotStart, match="stores text as LATIN1"):
            checks.check_database(latin.app_url)

    def test_refuse_a_database_without_trigrams(self, admin: str, database: NodeDatabase) -> None:
        do(_as_admin(admin), "drop extension pg_trgm")
        try:
            with pytest.raises(CannotStart, match="pg_trgm is missing"):
                checks.check_database(database.app_url)
        finally:
            prepare_database(admin, "pk", passwords=PASSWORDS)

    def test_refuse_pending_migrations_and_name_the_first(self, database: NodeDatabase) -> None:
        with pytest.raises(CannotStart, match=r"5 migrations are not applied \(a, b, c …\)"):
            checks.check_database(database.app_url, pending=lambda: list("abcde"))

    def test_refuse_a_server_out_of_reach(self) -> None:
        with pytest.raises(CannotStart, match="cannot be reached"):
            checks.check_database("postgresql:///x?host=/nonexistent")

    @pytest.mark.parametrize(("version", "warns"), [(150004, False), (180001, False), (190000, True)])
    def test_warn_of_a_version_nobody_tried(self, version: int, warns: bool) -> None:
        assert bool(checks.check_version(_server(version))) is warns

    def test_refuse_a_version_too_old(self) -> None:
        with pytest.raises(CannotStart, match="PostgreSQL 14"):
            checks.check_version(_server(140010))


class TestAddress:
    @pytest.mark.parametrize(
        "server",
        [
            "postgresql://a:b@/postgres?host=/tmp/x&port=5432",
            "postgresql://a:b@db.example:6543/postgres?sslmode=require",
            "host=db.example port=6543 user=a password=b sslmode=require",
            "postgresql://a@[::1]/postgres",
        ],
    )
    def test_names_the_same_server(self, server: str) -> None:
        parse = psycopg.conninfo.conninfo_to_dict
        seen = parse(address(server, role="r", password="p /:@?#%", database="d"))
        wanted = {**parse(server), "user": "r", "password": "p /:@?#%", "dbname": "d"}
        assert {name: str(value) for name, value in seen.items()} == {name: str(value) for name, value in wanted.items()}


def _as_admin(admin: str) -> str:
    password = psycopg.conninfo.conninfo_to_dict(admin)["password"]
    return address(admin, role="rahdari_admin", password=str(password), database="rahdari_pk")


def _libc(admin: str) -> str:
    """From 17 on our server's own provider is another."""
    return " locale_provider libc" if int(do(admin, "show server_version_num")[0][0]) >= 170000 else ""


class _server:
    """A connection that is asked for the server's version only."""

    def __init__(self, version: int) -> None:
        self.info = self
        self.server_version = version
