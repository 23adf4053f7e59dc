"""Consonant keys of words, the same in every script as far as the scripts allow: for finding, not for judging.

Vowels, h, y and w are left out; sounds that a script does not tell apart share a class. Where a script leaves a choice
(kana b for v, h for kh; Latin th) a word has several keys.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from itertools import product

from rahdari.names.alignment import word_cost
from rahdari.names.folding import KANA, KANJI, LATIN, URDU
from rahdari.names.kanji import readings
from rahdari.names.parsing import Part
from rahdari.names.sounds import units_of

MOST_KEYS, MOST_READINGS = 6, 6
GIVEN, CLAN = "given", "clan"

_LATIN = {
    **dict.fromkeys(("k", "q", "c", "x", "kh"), "K"), **dict.fromkeys(("g", "gh"), "G"), **dict.fromkeys(("s", "sh"), "S"),
    **dict.fromkeys(("z", "j", "zh", "jh"), "Z"), **dict.fromkeys(("t", "ts"), "T"), **dict.fromkeys(("f", "ph"), "F"),
    **dict.fromkeys(("b", "bh"), "B"), **dict.fromkeys(("l", "r"), "R"),
    "th": "TS", "dh": "DZ", "d": "D", "ch": "C", "p": "P", "m": "M", "n": "N",
}  # fmt: skip
_URDU = {
    **dict.fromkeys(("ک", "ق", "خ", "کھ"), "K"), **dict.fromkeys(("گ", "غ", "گھ"), "G"), **dict.fromkeys("سصثش", "S"),
    **dict.fromkeys((*"زذظژج", "جھ"), "Z"), **dict.fromkeys(("د", "ڈ", "دھ", "ڈھ"), "D"),
    **dict.fromkeys((*"تطٹ", "تھ", "ٹھ"), "T"), **dict.fromkeys(("چ", "چھ"), "C"), **dict.fromkeys(("ب", "بھ"), "B"),
    **dict.fromkeys(("پ", "پھ"), "P"), **dict.fromkeys((*"لرڑ", "ڑھ"), "R"), "ل~": "R-", "ض": "ZD", "ف": "F", "م": "M", "ن": "N",
}  # fmt: skip
_KANA = {
    "k": "K", "g": "G", "s": "S", "sh": "S", "z": "Z", "j": "Z", "d": "D", "t": "T", "ch": "CT", "ts": "T", "f": "F-K", "h": "-K",
    "b": "B-", "p": "P", "m": "M", "n": "N", "r": "R",
}  # fmt: skip
_CLASSES = {LATIN: _LATIN, URDU: _URDU, KANA: _KANA}


@lru_cache(maxsize=1 << 17)
def keys_of(text: str, script: str, read_as: str = "w") -> tuple[str, ...]:
    """The consonant keys of a folded word, the likeliest first."""
    if script == KANJI:
        found = [key for reading, _ in readings(text, read_as)[:MOST_READINGS] for key in keys_of(reading, KANA)[:2]]
        return tuple(dict.fromkeys(found))
    classes = _CLASSES[script]
    choices = [classes[unit] for unit in units_of(text, script) if unit in classes]
    spelt = ("".join(one).replace("-", "") for one in product(*choices[:8]))
    return tuple(dict.fromkeys(_short(key) for key in list(spelt)[: MOST_KEYS * 4]))[:MOST_KEYS]


def _short(key: str) -> str:
    kept = ""
    for place, letter in enumerate(key):
        if letter == "M" and key[place + 1 : place + 2] in ("B", "P"):
            letter = "N"
        if not kept or kept[-1] != letter:
            kept += letter
    return kept


def _read_frequent() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    text = resources.files("rahdari.names").joinpath("tables", "frequent.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, names = line.split("\t")
            for name in names.split():
                for key in keys_of(name, LATIN):
                    found.setdefault(key, []).append((name, kind))
    return found


_FREQUENT = _read_frequent()
SAME_SOUND = 0.3


@lru_cache(maxsize=1 << 16)
def frequent(text: str, script: str) -> tuple[str, str]:
    """The very frequent part of Pakistani names that this is in any spelling, and its kind; nothing twice if it is none."""
    best = ("", "", SAME_SOUND)
    for key in keys_of(text, script) if script != KANJI else ():
        for name, kind in _FREQUENT.get(key, ()):
            cost, length = word_cost(text, script, "w", name, LATIN, "w")
            if cost / (length + 1) < best[2]:
                best = (name, kind, cost / (length + 1))
    return best[0], best[1]


def kind_of(part: Part) -> str:
    """`given` or `clan` for a very frequent part of a name, else nothing."""
    return frequent(part.text, part.script)[1]


def are_two_names(left: Part, right: Part) -> bool:
    """Whether both are very frequent parts, and not the same."""
    ours, theirs = frequent(left.text, left.script)[0], frequent(right.text, right.script)[0]
    return bool(ours) and bool(theirs) and ours != theirs
