"""What is written about the code is read off the code: the API, the commands, the settings, the states."""

from __future__ import annotations

import ast
import re

import pytest

from rahdari.project.documents import documents, settings_page
from tests.house.plan import HOUSE, PROJECT, operations

WRITTEN = [pytest.param(path, text, id=str(path.relative_to(PROJECT))) for path, text in documents().items()]


@pytest.mark.parametrize(("path", "text"), WRITTEN)
def test_a_document_says_what_the_code_says(path, text):
    assert path.read_text(encoding="utf-8") == text


def test_every_operation_stands_in_the_description():
    described = (PROJECT / "docs" / "api" / "openapi.json").read_text(encoding="utf-8")
    assert [path for path, _ in operations() if f'"/api{path}"' not in described] == []
    assert list(operations())


def test_every_variable_that_is_read_stands_on_the_settings_page():
    tree = ast.parse((HOUSE / "project" / "settings.py").read_text(encoding="utf-8"))
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    read = {one.args[0].value for one in calls if one.func.id == "_from" and isinstance(one.args[0], ast.Constant)}
    told = set(re.findall(r"[A-Z][A-Z_]+", settings_page()))
    assert read - told == set()
    assert len(read) > 10
