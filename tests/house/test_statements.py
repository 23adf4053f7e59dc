"""Every statement this node may say has a schema, a marking, words, and a list of its personal members."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from importlib import import_module

import jsonschema_rs
import pytest

from rahdari.web.words import shelf
from tests.house.plan import HOUSE, PACKAGES, room, sources

LEVELS = {"public", "named_bodies", "contact_point", "authorities"}
STATEMENTS = [
    pytest.param(package, kind, schema, id=kind)
    for package in PACKAGES
    if (messages := room(package, "messages"))
    for kind, schema in messages.SCHEMAS.items()
]


def told_of(package, name, kind):
    """What a package says of one of its types: in a table by type (`MARKINGS`), or once for its only one (`MARKING`)."""
    messages = room(package, "messages")
    return getattr(messages, f"{name}S")[kind] if hasattr(messages, f"{name}S") else getattr(messages, name)


@pytest.mark.parametrize(("package", "kind", "schema"), STATEMENTS)
class TestEveryStatement:
    def test_has_a_schema_of_the_present_draft(self, package, kind, schema):
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema_rs.validator_for(schema)

    def test_has_a_default_marking(self, package, kind, schema):
        assert told_of(package, "MARKING", kind)["level"] in LEVELS

    def test_says_which_members_are_personal(self, package, kind, schema):
        assert isinstance(told_of(package, "PERSONAL", kind), tuple)

    def test_has_words(self, package, kind, schema):
        assert kind in shelf("STATEMENTS")

    def test_has_a_receiver(self, package, kind, schema):
        if not (HOUSE / "project" / "mailroom.py").exists():
            pytest.skip("no statement is received before the exchange and its mailroom are built")
        mailroom = import_module("rahdari.project.mailroom")
        tables = [one for one in vars(mailroom).values() if isinstance(one, Mapping)]
        assert [table for table in tables if kind in table] or (kind == mailroom.JOURNEY and mailroom.STEPS)


def test_nothing_is_said_that_is_no_known_statement():
    known = {param.values[1] for param in STATEMENTS}
    said = {
        call.args[0].value
        for path in sources(HOUSE / "domain")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "say"
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert said <= known


def test_there_are_statements():
    assert STATEMENTS
