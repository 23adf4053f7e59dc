"""Known names of Pakistan: two of them that sound alike are two names."""

from __future__ import annotations

import pytest

from rahdari.names import compare
from rahdari.names.evidence import UNSURE
from rahdari.names.folding import script_of
from rahdari.names.known import known_apart
from rahdari.names.parsing import Part


def apart(left: str, right: str) -> tuple[float, bool]:
    """Two words as the evidence asks for them."""
    return known_apart(Part(left, script_of(left)), Part(right, script_of(right)))


@pytest.mark.parametrize(("left", "right"), [("parvez", "parveen"), ("جمیل", "jamila"), ("nasir", "ناصرہ")])
def test_a_mans_name_and_a_womans_are_two(left, right):
    far, other_gender = apart(left, right)
    assert far > UNSURE
    assert other_gender
    assert apart(right, left) == (far, other_gender)


@pytest.mark.parametrize(("left", "right"), [("majid", "amjad"), ("hamda", "hammad"), ("ماجد", "امجد")])
def test_two_known_names_are_two(left, right):
    assert apart(left, right)[0] > UNSURE


@pytest.mark.parametrize(
    ("left", "right"),
    [("tufail", "طفیل"), ("ジャミール", "jamil"), ("naveed", "navid"), ("jameel", "جمیل"), ("rashid", "ラシド")],
)
def test_spellings_of_one_known_name_are_one(left, right):
    assert apart(left, right)[0] <= UNSURE


@pytest.mark.parametrize(("left", "right"), [("zarak", "zarrar"), ("田中", "jamil"), ("qzx", "jamil"), ("", "jamil")])
def test_nothing_is_told_of_a_word_that_is_no_known_name(left, right):
    assert apart(left, right) == (0.0, False)


def test_a_known_name_counts_against_another_but_a_typing_error_does_not():
    other, error = compare("Parvez Lakhani", "Parveen Lakhani"), compare("Parvez Lakhani", "Parvex Lakhani")
    assert other.score < 0.2 < 0.6 < error.score
    assert "other_part" in {reason.code for reason in other.reasons}
    assert "other_part" not in {reason.code for reason in error.reasons}
