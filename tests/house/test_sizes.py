"""Rooms stay small, and nothing is brought in behind the back of the house plan."""

from __future__ import annotations

import ast
import re

from tests.house.plan import HOUSE, sources

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "handler", "data", "info", "misc"}
COMMANDS = HOUSE / "project" / "cli"  # bring in what they need when they run (architecture, section 4)
FILES = list(sources())


def functions_of(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]


def name_of(path):
    return str(path.relative_to(HOUSE))


def test_no_file_has_over_400_lines():
    long = [name_of(path) for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]
    assert long == []


def test_no_function_has_over_60_lines():
    long = [
        f"{name_of(path)}: {one.name}"
        for path in FILES
        for one in functions_of(path)
        if one.end_lineno - one.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_nothing_is_brought_in_inside_a_function():
    hidden = [
        f"{name_of(path)}: {function.name}"
        for path in FILES
        if COMMANDS not in path.parents
        for function in functions_of(path)
        for one in ast.walk(function)
        if isinstance(one, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_every_file_bears_a_name_that_says_something():
    said = {path: set(re.split(r"[_.]", path.stem)) for path in FILES}
    # "Data folder" is PostgreSQL's own word; alone it would say nothing.
    silent = [
        name_of(path) for path, parts in said.items() if FORBIDDEN_NAMES & (parts if parts == {"data"} else parts - {"data"})
    ]
    assert silent == []


def test_every_module_says_what_it_is_for():
    silent = [str(path) for path in sources() if path.name not in ("apps.py", "__main__.py") and path.stat().st_size]
    silent = [path for path in silent if ast.get_docstring(ast.parse(open(path, encoding="utf-8").read())) is None]
    assert silent == []
