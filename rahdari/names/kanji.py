"""How a Japanese name in kanji may be read: readings with what each costs, the likeliest first.

Known names come from the dictionary (`tables/readings.tsv.gz`); what it does not know is read kanji by kanji with the
readings kanji have in names (`tables/kanji.tsv.gz`). Costs are in nats.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from importlib import resources

from rahdari.names.folding import KANA, LATIN, script_of
from rahdari.names.sounds import units_of

FAMILY, GIVEN, OTHER = "s", "g", "w"
Readings = tuple[tuple[str, float], ...]

MOST_READINGS, BEAM = 24, 24
BY_SIGN, CUT_SHORT, UNKNOWN = 0.7, 2.5, 6.0
LONGEST_WORD, MOST_SIGNS = 4, 16  # no word of a name has more signs; the rest is not read
UNLISTED = {FAMILY: 5.0, GIVEN: 1.5, OTHER: 2.0}
ROMAJI = re.compile("(?:(?:sh|ch|ts|[kgnhbpmrstz]y|[kgsztdnhbpmyrwjf])?(?:oh|[aiueo])|n|m(?=[bpm])|[kgstp](?=[kgstcp]))+")
_OFFICIAL = (
    ("tsu", "tu"),
    ("shi", "si"),
    ("chi", "ti"),
    ("fu", "hu"),
    ("sh", "sy"),
    ("ch", "ty"),
    ("ji", "zi"),
    ("j", "zy"),
    ("syy", "sy"),
)
_KANJI_ONLY = re.compile("[\u3400-\u9fff々]+")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, dict[str, Readings]], dict[str, dict[str, Readings]]]:
    """Readings of words and of single kanji, each by kind."""
    tables = []
    for name in ("readings.tsv.gz", "kanji.tsv.gz"):
        raw = resources.files("rahdari.names").joinpath("tables", name).read_bytes()
        table: dict[str, dict[str, Readings]] = {FAMILY: {}, GIVEN: {}, OTHER: {}}
        for line in gzip.decompress(raw).decode().splitlines():
            kind, word, told = line.split("\t")
            parts = (one.rsplit(":", 1) for one in told.split(" ") if one)
            table[kind][word] = tuple((reading, float(cost)) for reading, cost in parts)
        tables.append(table)
    return tables[0], tables[1]


def _kept(found: dict[str, float], most: int) -> list[tuple[str, float]]:
    return [(text, cost) for cost, text in sorted([(cost, text) for text, cost in found.items()])[:most]]


@lru_cache(maxsize=1 << 13)
def _of_sign(sign: str, kind: str) -> list[tuple[str, float]]:
    """The readings of one kanji in this kind of word; of other kinds, and cut to their first kana, at a price."""
    signs = _tables()[1]
    found: dict[str, float] = {}
    for other in (kind, GIVEN, FAMILY, OTHER):
        price = 0.0 if other == kind else 2.0
        for reading, cost in signs[other].get(sign, ()):
            found[reading] = min(found.get(reading, 99.0), cost + price)
    if kind == GIVEN:
        for reading, cost in list(found.items()):
            short = reading[:2] if reading[1:2] in ("ャ", "ュ", "ョ") else reading[:1]
            found[short] = min(found.get(short, 99.0), cost + CUT_SHORT)
    return _kept(found, 14) or [("", UNKNOWN)]


@lru_cache(maxsize=1 << 14)
def readings(word: str, kind: str) -> Readings:
    """The readings of one word of this kind as katakana, with their costs from 0 on; kana in it read themselves."""
    word = re.sub("(.)々", r"\1\1", word[:MOST_SIGNS])
    if script_of(word) != "kanji":
        return ((word, 0.0),)
    words = _tables()[0]
    kinds = (kind,) if kind != OTHER else (OTHER, FAMILY, GIVEN)
    by_sign = BY_SIGN + (UNLISTED[kind] / len(word) if is_known(word, kind) else 0.0)
    lines: list[dict[str, float]] = [{"": 0.0}] + [{} for _ in word]
    for start, sign in enumerate(word):
        here = _kept(lines[start], BEAM)
        steps: list[tuple[int, str, float]] = []
        if script_of(sign) != "kanji" or sign in "ヶ":
            steps += [(1, "ガ", 0.0), (1, "ケ", 1.0)] if sign in "ヶ" else [(1, sign, 0.0)]
        else:
            steps += [(1, reading, cost + by_sign) for reading, cost in _of_sign(sign, kind)]
        for length in range(1, min(LONGEST_WORD, len(word) - start) + 1):
            part = word[start : start + length]
            for one in kinds:
                price = 0.0 if length == len(word) or kind == OTHER else 1.5
                price += 0.3 if one != kind else 0.0
                steps += [(length, reading, cost + price) for reading, cost in words[one].get(part, ())]
        for length, reading, cost in steps:
            line = lines[start + length]
            for before, spent in here:
                text = before + reading
                if spent + cost < line.get(text, 99.0):
                    line[text] = spent + cost
    best = _kept(lines[-1], MOST_READINGS)
    least = best[0][1] if best else 0.0
    return tuple((reading, round(cost - least, 2)) for reading, cost in best if reading)


@lru_cache(maxsize=1 << 14)
def sound_key(text: str, script: str) -> str:
    """Japanese in one way of writing, from kana or from Latin letters: official spelling, long vowels short."""
    if script == KANA:
        text = "".join(units_of(text, KANA)).replace("'", "").replace("$", "")
    else:
        text = re.sub(r"oh(?![aeiou])|ou|oo", "o", re.sub("[^a-z]", "", text))
        text = re.sub(r"([^aeiou])\1", r"\1", text.replace("tch", "ch").replace("uu", "u")).replace("aa", "a").replace("ii", "i")
        text = re.sub("m(?=[bp])", "n", text)
    for one, other in _OFFICIAL:
        text = text.replace(one, other)
    return text


@lru_cache(maxsize=1 << 14)
def _sign_keys(sign: str, kind: str) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for reading, cost in _of_sign(sign, kind):
        for form, price in ((reading, 0.0), (reading[:-1], 1.0) if reading.endswith("ッ") else (reading, 0.0)):
            key = sound_key(form, KANA)
            if key:
                found[key] = min(found.get(key, 99.0), cost + price + BY_SIGN)
    return tuple(found.items())


@lru_cache(maxsize=1 << 14)
def sounds_of(word: str, kind: str) -> dict[str, float]:
    """The sound keys of the readings of a word, with their costs."""
    found: dict[str, float] = {}
    for reading, cost in readings(word, kind):
        key = sound_key(reading, KANA)
        found[key] = min(found.get(key, 99.0), cost)
    return found


def spelt_cost(word: str, kind: str, other: str, script: str) -> float | None:
    """What it costs to read a word in kanji just so as another in kana or Latin letters says; None if it cannot be."""
    key = sound_key(other, script)
    known = sounds_of(word, kind)
    if key in known:
        return known[key]
    if len(word) > MOST_SIGNS or not _KANJI_ONLY.fullmatch(word):
        return None
    word = re.sub("(.)々", r"\1\1", word)
    places: dict[int, float] = {0: 0.0}
    for sign in word:
        after: dict[int, float] = {}
        for start, spent in places.items():
            for part, cost in _sign_keys(sign, kind):
                end = start + len(part)
                if key.startswith(part, start) and spent + cost < after.get(end, 99.0):
                    after[end] = spent + cost
        places = after
    total = places.get(len(key))
    return None if total is None else total + (UNLISTED[kind] if is_known(word, kind) else 0.5)


@lru_cache(maxsize=1)
def _all_readings() -> frozenset[str]:
    words = _tables()[0]
    return frozenset(reading for kind in (FAMILY, GIVEN) for found in words[kind].values() for reading, _ in found)


def is_japanese(kana: str) -> bool:
    """Whether this katakana is the reading of a Japanese family or given name."""
    return len(kana) > 1 and kana in _all_readings()


@lru_cache(maxsize=1)
def _all_keys() -> frozenset[str]:
    return frozenset(sound_key(reading, KANA) for reading in _all_readings())


@lru_cache(maxsize=1 << 14)
def known_key(text: str, script: str) -> str:
    """The sound key of a word in kana or romaji that is a known Japanese name; else nothing."""
    if len(text) < 2 or (script == LATIN and not ROMAJI.fullmatch(text)):
        return ""
    key = sound_key(text, script)
    return key if key in _all_keys() else ""


def is_known(word: str, kind: str) -> bool:
    """Whether the dictionary has this word as a name of this kind."""
    return word in _tables()[0][kind]


@lru_cache(maxsize=1 << 14)
def splits(name: str) -> tuple[tuple[str, str], ...]:
    """The likely ways to part a person's name written without a space into family and given name, at most three."""
    ways = []
    for place in range(1, len(name)):
        family, given = name[:place], name[place:]
        price = (0.0 if is_known(family, FAMILY) else 4.0) + (0.0 if is_known(given, GIVEN) else 2.0)
        price += {1: 1.5, 2: 0.0, 3: 0.8}.get(len(family), 4.0) + {1: 1.0, 2: 0.0, 3: 0.8}.get(len(given), 4.0)
        ways.append((price, family, given))
    ways.sort()
    return tuple((family, given) for price, family, given in ways[:3] if price < ways[0][0] + 3.5)
