"""JSON from outside: strict, shallow, no name twice."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.facts import WrongFacts
from rahdari.web.api import DEEPEST, strict_json


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_json"),
        (b"NaN", "not_json"),
        (b"[Infinity]", "not_json"),
        (b'"\\ud800"', "not_json"),
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"x":{"a":1,"a":2}}', "duplicate_key"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b"{'a':1}", "not_json"),
        (b'{"a":1}x', "not_json"),
        (b"\xef\xbb\xbf{}", "not_json"),
    ],
)
def test_refuses(raw, code):
    with pytest.raises(WrongFacts) as wrong:
        strict_json(raw)
    assert wrong.value.faults[0].code == code


def test_brackets_inside_a_string_are_not_depth():
    assert strict_json(json.dumps({"a": "[" * 500 + '\\"{'})) == {"a": "[" * 500 + '\\"{'}


@given(st.binary())
def test_gives_a_value_or_a_fault_for_any_bytes(raw):
    try:
        strict_json(raw)
    except WrongFacts:
        pass


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")), st.lists, max_leaves=20))
def test_gives_back_what_was_written(value):
    assert strict_json(json.dumps(value)) == value
