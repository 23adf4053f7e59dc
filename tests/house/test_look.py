"""The look: logical properties only, nothing inline, one stylesheet."""

from __future__ import annotations

import re

import pytest

from tests.house.plan import HOUSE

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float):\s*(?:left|right)"
)
SHEETS = sorted(HOUSE.rglob("static/**/*.css"))
PAGES = sorted(HOUSE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_uses_logical_properties_only(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"@media[^{]*|@container[^{]*", "", text)
    assert PHYSICAL.findall(text) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_has_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son(?:click|change|submit|load|input|key\w+|mouse\w+|focus|blur|error)\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", text)
    assert "<style" not in text


def test_there_is_a_sheet_and_there_are_pages():
    assert SHEETS and PAGES


@pytest.mark.parametrize(
    "rule", ["margin-left: 1px", "left: 0", "text-align: right", "float:left", "min-width: 3rem", "border-top: 0"]
)
def test_a_physical_property_is_found(rule):
    assert PHYSICAL.search(f"a {{ {rule}; }}")


@pytest.mark.parametrize("rule", ["margin-inline-start: 1px", "vertical-align: top", "inset-inline: 0", "min-inline-size: 0"])
def test_a_logical_property_is_left_alone(rule):
    assert not PHYSICAL.search(f"a {{ {rule}; }}")
