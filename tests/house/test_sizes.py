"""Rooms stay small, and nothing is brought in behind the back of the house plan."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.plan import HOUSE, sources

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "handler", "data", "info", "misc"}
FILES = [pytest.param(path, id=str(path.relative_to(HOUSE))) for path in sources()]


@pytest.mark.parametrize("path", FILES)
class TestEveryFile:
    def test_has_at_most_400_lines(self, path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE

    def test_has_no_function_over_60_lines(self, path):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
        assert [one.name for one in functions if one.end_lineno - one.lineno + 1 > LONGEST_FUNCTION] == []

    def test_brings_nothing_in_inside_a_function(self, path):
        if (HOUSE / "project" / "cli") in path.parents:
            pytest.skip("commands bring in what they need when they run (architecture, section 4)")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
        hidden = [f.name for f in functions for one in ast.walk(f) if isinstance(one, (ast.Import, ast.ImportFrom))]
        assert hidden == []

    def test_bears_a_name_that_says_something(self, path):
        parts = set(re.split(r"[_.]", path.stem))
        # "Data folder" is PostgreSQL's own word; alone it would say nothing.
        assert not FORBIDDEN_NAMES & (parts if parts == {"data"} else parts - {"data"})


def test_every_module_says_what_it_is_for():
    silent = [str(path) for path in sources() if path.name not in ("apps.py", "__main__.py") and path.stat().st_size]
    silent = [path for path in silent if ast.get_docstring(ast.parse(open(path, encoding="utf-8").read())) is None]
    assert silent == []
