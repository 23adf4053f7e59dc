"""Consonant keys of words, the same in every script as far as the scripts allow: for finding, not for judging.

Vowels, h, y and w are left out; sounds that a script does not tell apart share a class. Where a script leaves a choice
(kana b for v, h for kh; Latin th, c and g) a word has several keys: the likeliest first, those with one unlikely choice next.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from rahdari.names.folding import KANA, KANJI, LATIN, URDU
from rahdari.names.kanji import readings
from rahdari.names.sounds import units_of

MOST_KEYS, MOST_READINGS, MOST_CHOICES = 6, 6, 3

_LATIN = {
    **dict.fromkeys(("k", "q", "x", "kh"), "K"), "gh": "G-", **dict.fromkeys(("s", "sh"), "S"),
    **dict.fromkeys(("z", "j", "zh", "jh"), "Z"), **dict.fromkeys(("t", "ts"), "T"), **dict.fromkeys(("f", "ph"), "F"),
    **dict.fromkeys(("b", "bh"), "B"), **dict.fromkeys(("l", "r"), "R"),
    "c": "KSC", "g": "GZ", "th": "TSZ", "dh": "DZ", "d": "D", "ch": "CSK-", "p": "P", "m": "M", "n": "N",
}  # fmt: skip
_URDU = {
    **dict.fromkeys(("ک", "ق", "خ", "کھ"), "K"), "گ": "GZ", **dict.fromkeys(("غ", "گھ"), "G"), **dict.fromkeys("سصثش", "S"),
    **dict.fromkeys((*"زژج", "جھ"), "Z"), **dict.fromkeys(("د", "ڈ", "دھ", "ڈھ"), "D"),
    **dict.fromkeys((*"تطٹ", "تھ", "ٹھ"), "T"), **dict.fromkeys(("چ", "چھ"), "C"), **dict.fromkeys(("ب", "بھ"), "B"),
    **dict.fromkeys(("پ", "پھ"), "P"), **dict.fromkeys((*"لرڑ", "ڑھ"), "R"), "ل~": "R-",
    **dict.fromkeys("ضظذ", "ZD"), "ف": "F", "م": "M", "ن": "N",
}  # fmt: skip
_KANA = {
    "k": "K", "g": "G", "s": "S", "sh": "S", "z": "Z", "j": "Z", "d": "D", "t": "T", "ch": "CT", "ts": "T", "f": "F-K", "h": "-K",
    "b": "B-", "p": "P", "m": "M", "n": "N", "r": "R",
}  # fmt: skip
LONGEST, SHORTEST_WITH_ARTICLE = 8, 4  # letters of a key; units of a word whose article may be left out
KEY_LETTERS = "KGSZTFBRDCPMN"
_CLASSES = {LATIN: _LATIN, URDU: _URDU, KANA: _KANA}


@lru_cache(maxsize=1 << 14)
def keys_of(text: str, script: str, read_as: str = "w") -> tuple[str, ...]:
    """The consonant keys of a folded word, the likeliest first."""
    if script == KANJI:
        found = [key for reading, _ in readings(text, read_as)[:MOST_READINGS] for key in keys_of(reading, KANA)[:2]]
        return tuple(dict.fromkeys(found))
    classes = _CLASSES[script]
    units = units_of(text, script)
    choices = [classes[unit] for unit in units if unit in classes][:LONGEST]
    if script == URDU and len(units) > SHORTEST_WITH_ARTICLE and units[:2] == ("^ا", "ل"):
        choices[0] = "R-"
    if all(len(letters) == 1 for letters in choices):
        return (_short("".join(choices)),)
    open_to = [at for at, letters in enumerate(choices) if len(letters) > 1][:MOST_CHOICES]
    choices = [letters if at in open_to else letters[:1] for at, letters in enumerate(choices)]
    spelt = sorted(product(*map(enumerate, choices)), key=lambda letters: sum(place for place, _ in letters))
    keys = (_short("".join(letter for _, letter in one).replace("-", "")) for one in spelt)
    return tuple(dict.fromkeys(keys))[:MOST_KEYS]


def _short(key: str) -> str:
    kept = ""
    for place, letter in enumerate(key):
        if letter == "M" and key[place + 1 : place + 2] in ("B", "P"):
            letter = "N"
        if not kept or kept[-1] != letter:
            kept += letter
    return kept
