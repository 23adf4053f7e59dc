"""The published schemas: a file for each type this program understands, the same as is served, and a page that tells them in words."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from django.test import RequestFactory

from rahdari.domain.exchange.api import nodes
from rahdari.project.documents import PROJECT
from rahdari.project.mailroom import MAILROOM
from rahdari.project.statement_pages import conditions, file_of, form, members, statement_pages

FOLDER = PROJECT / "docs" / "api" / "exchange"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")


class TestFiles:
    def test_are_those_of_the_types_and_no_others(self):
        assert {path.name for path in FOLDER.iterdir()} == set(statement_pages("x"))
        assert {path.name for path in FOLDER.glob("*.json")} == {file_of(type) for type in MAILROOM.schemas}

    @pytest.mark.parametrize("type", sorted(MAILROOM.schemas))
    def test_are_what_the_node_serves(self, type):
        held = json.loads((FOLDER / file_of(type)).read_text(encoding="utf-8"))
        answer = nodes.see_schema(RequestFactory().get(f"/exchange/v1/schemas/{file_of(type)}"), name=file_of(type))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
        assert json.loads(answer.content) == held == MAILROOM.schemas[type]

    @pytest.mark.parametrize("type", sorted(MAILROOM.schemas))
    def test_are_schemas_that_other_programs_can_read(self, type):
        text = (FOLDER / file_of(type)).read_text(encoding="utf-8")
        jsonschema_rs.validator_for(json.loads(text))
        assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


class TestPage:
    @pytest.mark.parametrize("type", sorted(MAILROOM.schemas))
    def test_tells_every_member_of_a_type(self, type):
        section = PAGE.split(f"\n## {type}\n")[1].split("\n## ")[0]
        for name in MAILROOM.schemas[type]["properties"]:
            required = name in MAILROOM.schemas[type].get("required", [])
            assert f"| {'**' if required else ''}`{name}`" in section

    @pytest.mark.parametrize(
        "type,words",
        [
            ("request.asked/1", "`questions.facts.full_name`: To find or meet the person"),
            ("placement.nominated/1", "- birth_year: the rule of age"),
            ("request.rated/1", "Personal: none."),
            ("exchange.outcome/1", "Personal: none."),
        ],
    )
    def test_tells_what_is_personal_and_why_it_crosses(self, type, words):
        assert words in PAGE.split(f"\n## {type}\n")[1].split("\n## ")[0]


class TestForm:
    @pytest.mark.parametrize(
        "schema,words",
        [
            ({"type": "string", "format": "uuid"}, "id"),
            ({"type": ["string", "null"], "format": "date"}, "day or null"),
            ({"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}, "hash"),
            ({"type": "string", "maxLength": 40, "pattern": "^[^\u0000]*$"}, "text 40"),
            ({"type": "string", "pattern": "^[0-9]{2}$"}, "text `^[0-9]{2}$`"),
            ({"type": "integer"}, "int"),
            ({"type": "integer", "minimum": 1, "maximum": 5}, "int 1–5"),
            ({"type": "integer", "minimum": 1}, "int, from 1"),
            ({"enum": ["a", None]}, "`a` · null"),
            ({"const": "x"}, "`x`"),
            ({"type": "array", "maxItems": 3, "items": {"type": "integer"}}, "list 0–3 of int"),
            ({"type": "array", "maxItems": 1, "x-rahdari": "blobs", "items": {"type": "object"}}, "files 0–1"),
            ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "true or false or null"),
            ({"type": ["string", "integer", "null"], "maxLength": 9}, "text 9 or int or null"),
        ],
    )
    def test_is_told_in_few_words(self, schema, words):
        assert form(schema) == words

    def test_of_members_goes_into_objects_and_lists(self):
        inner = {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}
        schema = {"properties": {"a": {"type": "array", "items": inner}, "c": {"anyOf": [inner, {"type": "null"}]}}}
        assert list(members(schema)) == [
            ("a", False, "list of object"),
            ("a[].b", True, "int"),
            ("c", False, "object or null"),
            ("c.b", True, "int"),
        ]

    def test_of_a_condition_is_a_sentence(self):
        rule = {"if": {"properties": {"part": {"const": "x"}}}, "then": {"required": ["part", "y"]}}
        assert list(conditions({"allOf": [rule]})) == ["Where `part` is `x`, required: `y`."]
