from __future__ import annotations

import pytest

from rahdari.names import compare
from rahdari.names.sounds import units_of


@pytest.mark.parametrize(
    ("word", "units"),
    [
        ("tahseen", ("t", "a", "h", "s", "ee", "n")),
        ("ghazanfar", ("gh", "a", "z", "a", "n", "f", "a", "r")),
        ("vicky", ("v", "i", "k", "y$")),
        ("hidayat", ("h", "i", "d", "a", "y", "a", "t")),
        ("bhutto", ("bh", "u", "t", "o$")),
        ("بھٹہ", ("بھ", "ٹ", "ہ$")),
        ("اللہ", ("^ا", "ل", "ہ$")),
        ("ラッキー", ("r", "a", "k", "i")),
        ("トルコ", ("t", "o'", "r", "u'", "k", "o")),
        ("キョウ", ("k", "y", "o")),
        ("ファルーク", ("f", "a", "r", "u'", "k", "u'$")),
        ("ティ", ("t", "i")),
        ("寺", ()),
    ],
)
def test_units(word, units):
    assert units_of(word) == units


def test_a_small_kana_alone_is_a_vowel():
    assert units_of("ァ") == ("a",)


@pytest.mark.parametrize(("latin", "urdu"), [("Express", "ایکسپریس"), ("Xpress", "ایکسپرس"), ("Maxim", "میکسم")])
def test_x_is_two_sounds_as_urdu_writes_it(latin, urdu):
    assert compare(latin, urdu, "organisation").score > 0.7
