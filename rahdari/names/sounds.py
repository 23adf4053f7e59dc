"""Words cut into units of sound, by script: what the letter costs are about.

A unit is a letter, or letters that stand for one sound (`kh`, `oo`), in Latin and Urdu; a consonant or a vowel in kana.
Letters that are read by their place (alif, vav, ye, he) carry `^` at the beginning and `$` at the end of a word, and so
do vowels of Latin. Doubled letters count once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rahdari.names.folding import KANA, KANJI, URDU, script_of

Units = tuple[str, ...]

_LATIN_UNIT = re.compile(
    r"tsch|sch|tch|ssh|kkh|[kgsctdpbjz]h|ck|ts|aa+|ae(?!e)|ai|au|ee+|ea|ei|eu|ie|ii|oo+|ou|oh(?![aeiou])|oi|uu|ue"
    r"|[aeio]y(?![aeiou])|[aeo]w(?![aeiou])|[a-z]"
)
_LATIN_SAME = {"ck": "k", "ssh": "sh", "kkh": "kh", "ii": "ee", "uu": "oo", "tch": "ch", "tsch": "ch", "sch": "sh"}
_PLACED = set("اویہعےaeiouy")
_ASPIRATED = set("بپتٹجچدڈکگڑ")
_SUN = set("تثدذرزسشصضطظن")
_EKS = re.compile(r"^x(?![aeiouy])")  # Xpress; a word never begins with ks
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1+")

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ",
    "t": "タチツテト", "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ",
    "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_MORAE: dict[str, tuple[str, str]] = {
    kana: (row, vowel) for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)
}
_MORAE |= {
    "シ": ("sh", "i"), "ジ": ("j", "i"), "チ": ("ch", "i"), "ヂ": ("j", "i"), "ツ": ("ts", "u"), "ヅ": ("z", "u"),
    "フ": ("f", "u"), "ヤ": ("y", "a"), "ユ": ("y", "u"), "ヨ": ("y", "o"), "ワ": ("w", "a"), "ヲ": ("", "o"),
    "ヴ": ("v", "u"), "ン": ("n", ""), "ヰ": ("", "i"), "ヱ": ("", "e"),
}  # fmt: skip
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "a", "ュ": "u", "ョ": "o", "ヮ": "a"}
_GLIDES = set("ャュョ")
_NO_GLIDE = {"sh", "j", "ch"}


def _latin(word: str) -> list[str]:
    word = _DOUBLED.sub(r"\1", _EKS.sub("eks", re.sub(r"[^a-z]", "", word)).replace("x", "ks"))
    return [_LATIN_SAME.get(unit, unit if len(unit) < 3 else unit[:2]) for unit in _LATIN_UNIT.findall(word)]


def _urdu(word: str) -> list[str]:
    units: list[str] = []
    for place, letter in enumerate(word):
        if not "\u0600" <= letter <= "\u06ff" or (units and units[-1] == letter):
            continue
        if letter == "ھ" and units and units[-1] in _ASPIRATED:
            units[-1] += letter
        elif letter == "ل" and units and units[-1] == "ا" and word[place + 1 : place + 2] in _SUN:
            units.append("ل~")  # the article before a sun letter: written, often not spoken
        else:
            units.append(letter)
    return units


def _morae(word: str) -> list[tuple[str, str]]:
    """Consonant and vowel of each kana; a small kana changes the one before it; length and gemination are left out."""
    morae: list[tuple[str, str]] = []
    for kana in word:
        if kana in _SMALL:
            consonant, vowel = morae.pop() if morae else ("", "")
            if kana in _GLIDES and consonant and consonant not in _NO_GLIDE:
                consonant += "+y"
            elif not consonant and vowel == "u":
                consonant = "w"
            morae.append((consonant, _SMALL[kana]))
        elif kana in _MORAE:
            morae.append(_MORAE[kana])
    return morae


def _kana(word: str) -> list[str]:
    units: list[str] = []
    before = ""
    morae = _morae(word)
    for place, (consonant, vowel) in enumerate(morae):
        long = not consonant and (vowel == before or (before == "o" and vowel == "u"))
        if long:
            continue
        if consonant:
            units += consonant.split("+")
        if vowel:
            # Vowels that only carry a consonant of another language: after t and d an o, else a u, or an i.
            carries = consonant and (
                vowel == "u" or (vowel == "o" and consonant in "td") or (vowel == "i" and consonant in ("ch", "j", "sh"))
            )
            units.append(vowel + ("'" if carries else "") + ("$" if carries and place == len(morae) - 1 else ""))
        before = vowel or before if vowel else ""
    return units


def _placed(units: list[str]) -> Units:
    if units and units[0][0] in _PLACED:
        units[0] = "^" + units[0]
    if len(units) > 1 and units[-1][0] in _PLACED:
        units[-1] += "$"
    return tuple(units)


@lru_cache(maxsize=1 << 14)
def units_of(word: str, script: str = "") -> Units:
    """The units of a folded word of one script; kanji have none, they need readings first."""
    script = script or script_of(word)
    if script == KANJI:
        return ()
    if script == KANA:
        return tuple(_kana(word))
    return _placed(_urdu(word) if script == URDU else _latin(word))
