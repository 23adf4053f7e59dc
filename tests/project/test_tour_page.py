"""The page of the tour says which rows of stations 1 to 9 it walks: none may be forgotten, and each says what it refuses."""

from __future__ import annotations

import re

import pytest

from rahdari.project.launch.tour import STEPS
from rahdari.project.launch.tour_rows import LEFT, ROWS
from rahdari.project.tour_page import not_walked, page, use_of, walked
from rahdari.web.words import shelf

# What a page says of a member that is missing, or of an address or act that is not one's own, stands for the code.
BY_THE_FORM = ("This fact is needed", "Select a valid choice", "empty")
BY_THE_DOOR = ("There is no such page", "You may not do this here")


def test_every_row_is_walked_or_left_out_for_a_reason():
    assert not_walked() == []


def test_no_reason_is_kept_for_what_is_walked():
    taken, codes = walked(STEPS)
    assert [one for one in LEFT if one[1] in codes[one[0]]] == []
    assert [row.name for row in ROWS if row.left and taken.get(row.name)] == []


def test_every_step_stands_under_a_heading_and_every_form_has_an_address():
    assert all(step.part for step in STEPS)
    assert [step.name for step in STEPS if step.method == "POST" and step.form is not None and not use_of(step)] == []


@pytest.mark.parametrize("step", [one for one in STEPS if one.code and one.texts], ids=lambda one: f"{one.code}: {one.name}")
def test_a_refusal_is_looked_for_by_its_own_sentence(step):
    said = str((shelf("REASONS") | shelf("REFUSALS")).get(step.code, ""))
    pieces = [piece.strip(" .,:;()") for piece in re.split(r"%\(\w+\)s", said)]
    for text in step.texts:
        by_hall = text in (*BY_THE_FORM, *BY_THE_DOOR, 'class="err"', 'value="880"')
        assert by_hall or any(text in piece or (len(piece) > 7 and piece in text) for piece in pieces), (step.name, said)


def test_the_page_counts_the_steps():
    assert f"walks {len(STEPS)} steps" in page("")
