"""Kana as Latin letters, the way places of Japan are written on signs (Hepburn without marks over long vowels). Pure."""

from __future__ import annotations

import re

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ",
    "z": "ザジズゼゾ", "t": "タチツテト",
    "d": "ダヂヅデド", "n": "ナニヌネノ",
    "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_MORAE = {letter: head + vowel for head, row in _ROWS.items() for letter, vowel in zip(row, "aiueo", strict=True)}
_MORAE |= {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu"}
_MORAE |= {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu"}
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_SOFT = ("sh", "ch", "j")
_HIRAGANA = str.maketrans({chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)})


def romaji(kana: str) -> str:
    """Kana in Latin letters, every vowel written; what is no kana stays."""
    told = ""
    doubled = False
    for letter in kana.translate(_HIRAGANA):
        if letter == "ッ":
            doubled = True
        elif letter in _SMALL and told:
            told = _joined(told, _SMALL[letter])
        elif letter == "ー":
            told += told[-1:]
        else:
            mora = _MORAE.get(letter, letter)
            told += ("t" if mora.startswith("ch") else mora[:1]) + mora if doubled else mora
            doubled = False
    return told


def _joined(before: str, small: str) -> str:
    """A mora with the small letter that follows it: kya, sha, che."""
    stem = before[:-1]
    return stem + (small[1:] if small[0] == "y" and stem.endswith(_SOFT) else small)


def on_signs(kana: str) -> str:
    """Kana in Latin letters as signs have them: long o and u written once."""
    return re.sub(r"uu", "u", re.sub(r"o[ou]", "o", romaji(kana)))
