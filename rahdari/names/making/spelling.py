"""What is known about spelling: which units stand for one sound, at most at which cost. Written by hand.

Lists of names of the whole world teach habits of German and French too (s for ز, w for ف). So learnt costs hold between
units that are listed here; between other consonants the cost is never under `STRANGE`.
"""

from __future__ import annotations

from pathlib import Path

STRANGE = 3.2


def _read() -> dict[str, list[tuple[str, str, float]]]:
    rules: dict[str, list[tuple[str, str, float]]] = {}
    for line in Path(__file__).with_name("spelling.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = rules.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            ones, others, cost = line.split("|")
            here.append((ones, others, float(cost)))
    return rules


RULES = _read()
VOWELS = {
    *"aeiouyhwاویہعھءآے",
    "aa",
    "ai",
    "ay",
    "au",
    "aw",
    "ae",
    "ee",
    "ea",
    "ei",
    "ey",
    "eu",
    "ew",
    "ie",
    "iy",
    "oo",
    "ou",
    "ow",
    "oh",
    "oi",
    "oy",
    "ue",
}


def dearest(name: str) -> dict[tuple[str, str], float]:
    """The most each listed pair of units may cost in one table; "" is nothing."""
    found: dict[tuple[str, str], float] = {}
    left, right = name.split("-")
    for ones, others, cost in RULES[name]:
        for one in ones.split(" "):
            for other in others.split(" "):
                pair = (one.strip("-"), other.strip("-"))
                found[pair] = min(cost, found.get(pair, 99.0))
                if left == right:
                    found[pair[1], pair[0]] = found[pair]
    return found


def is_vowel(unit: str) -> bool:
    """Whether a unit is a vowel, or a letter that is often only written or only spoken."""
    return unit.strip("^$'") in VOWELS
