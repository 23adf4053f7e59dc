"""The words a name is found by, and the ways in which they may be written: apart, or some of them as one.

An article belongs to the word behind it, and so does "Abdul", servant of.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rahdari.names.alignment import run_together
from rahdari.names.folding import KANJI
from rahdari.names.parsing import ORGANISATION, Name, Part

Word = tuple[str, str, str]
Way = tuple[Word, ...]

ARTICLES = ["al", "el", "ul", "ud", "ur", "us", "uz", "un", "ush", "ad", "ar", "as", "an", "ash", "az"]
SERVANTS = ["abd", "abdul", "abdool", "abdoul", "abdol", "abdel", "abdal", "abdur", "abdus", "abduz", "عبد", "عبدل"]
KANA_JOINS = [
    "アル",
    "アブドゥル",
    "アブドゥール",
    "アブドゥ",
    "アブド",
    "アブドル",
    "アブドール",
    "アブデル",
    "アブダル",
    "アブドゥッ",
    "アブドッ",
]
JOINS = frozenset([*ARTICLES, *SERVANTS, *KANA_JOINS, "ال"])
HEADS = frozenset(["allah", "alla", "اللہ", "アッラー", "アッラ"])  # Allah Rakha, Allahrakha
# Endings of compound names that are written with and without a space: Allah Bakhsh, Allahbakhsh.
TAILS = (
    *("ullah", "ulla", "allah", "alla", "ud", "ul", "al", "un", "ur", "us", "din", "deen", "bakhsh", "baksh", "buksh", "bux"),
    *("bukhsh", "dad", "ditta", "ال", "اللہ", "دین", "بخش", "داد", "دتہ", "アッラ", "ウッ", "ッラ", "バフシュ", "バクシュ"),
)


def words_of(name: Name) -> list[Word]:
    """The words a name is found by: those of the name proper, articles joined to what follows, firms also run together."""
    return list(dict.fromkeys(word for way in ways_of(name) for word in way))


def ways_of(name: Name) -> list[Way]:
    """The ways in which the words of a name may be written, as they stand first."""
    return _ways(name, name.core)


def all_ways_of(name: Name) -> list[Way]:
    """The same for every way in which a name in kanji without a space may be parted."""
    return list(dict.fromkeys(way for core in name.ways for way in _ways(name, core)))


def _ways(name: Name, core: tuple[Part, ...]) -> list[Way]:
    runs = runs_of(core)
    plain = tuple(_word(run) for run in runs)
    ways = [plain]
    for at, (one, other) in enumerate(pairwise(runs)):
        if one[0].script == other[0].script and (other[0].text.startswith(TAILS) or one[-1].text in HEADS):
            ways.append((*plain[:at], (run_together([*one, *other]), one[0].script, "w"), *plain[at + 2 :]))
    if name.kind == ORGANISATION and 1 < len(runs) < 4 and len({run[0].script for run in runs}) == 1:
        ways.append(((run_together(core), runs[0][0].script, "w"),))
    return list(dict.fromkeys(ways))


def _word(run: list[Part]) -> Word:
    return run_together(run), run[0].script, run[0].read_as if len(run) == 1 else "w"


def runs_of(parts: Iterable[Part]) -> list[list[Part]]:
    """The words of a name, an article with what follows it."""
    runs: list[list[Part]] = []
    for part in parts:
        if runs and runs[-1][-1].text in JOINS and runs[-1][-1].script == part.script != KANJI:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs
