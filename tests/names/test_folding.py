from __future__ import annotations

import pytest

from rahdari.names.folding import fold, script_of


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("  Zahīr   KHĀN ", "zahir khan"),
        ("كريم علي", "کریم علی"),
        ("ﻛﺮﻳﻢ", "کریم"),
        ("مُحَمّد", "محمد"),
        ("کـــریم", "کریم"),
        ("رۂ", "رہ"),
        ("ｶﾞﾝﾀﾞｰﾙ", "ガンダール"),
        ("みちのく", "ミチノク"),
        ("髙邉", "高辺"),
        ("㈱", "(株)"),
        ("Ｒａｈ", "rah"),
        ("O’Brien", "o'brien"),
    ],
)
def test_one_way_of_writing(raw, folded):
    assert fold(raw) == folded


def test_folding_twice_changes_nothing():
    for raw in ("Zahīr KHĀN", "كريم علي", "ｶﾞﾝﾀﾞｰﾙ", "髙邉 みち", "㈱ラホール"):
        assert fold(fold(raw)) == fold(raw)


@pytest.mark.parametrize(
    ("text", "script"),
    [("karim", "latin"), ("کریم", "urdu"), ("カリム", "kana"), ("狩野カリム", "kanji"), ("佐々", "kanji"), ("", "latin")],
)
def test_the_script_of_a_word(text, script):
    assert script_of(text) == script
