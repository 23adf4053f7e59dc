"""Finds names among many: by the sound of their words first, then by comparing the few that are left.

Words are kept once, under consonant keys that are the same in every script; each points to the entries that bear it. A
query asks the words that sound like its own, adds up what they are worth by their rarity, and compares the best entries
in full. The index lives in memory, and is built again from the register when the program starts.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from rahdari.names import lexicon
from rahdari.names.alignment import nearness, run_together
from rahdari.names.comparing import guess_kind, score_found
from rahdari.names.folding import KANA, KANJI, LATIN
from rahdari.names.kanji import is_japanese, readings, sound_key, sounds_of
from rahdari.names.keys import keys_of
from rahdari.names.parsing import ORGANISATION, PERSON, Name, Part, parse

LOOKED_AT = 400  # entries whose size and trade are looked at
COMPARED = 20  # entries compared in full for each query
NEAR_WORD, FAR_WORD = 0.5, 0.85  # cost per unit: a word surely meant, and one perhaps meant
MOST_WORDS = 250  # words of the register that one word of a query is taken for
LONG_LIST = 60_000
REMEMBERED = 4_000
EXTRA_WORD = 1.2  # what a word more than the query has costs an entry before it is compared
MOST_READINGS, DEAREST_READING = 4, 2.0  # of a kanji word: those also found by a similar sound
JOINS = frozenset(
    (
        *[
            "al",
            "el",
            "ul",
            "ud",
            "ur",
            "us",
            "uz",
            "un",
            "ush",
            "ad",
            "ar",
            "as",
            "an",
            "ash",
            "az",
            "abd",
            "abdul",
            "abdur",
            "abdus",
        ],
        "عبد",
        "ال",
        "アル",
        "アブドゥル",
        "アブドゥ",
        "アブド",
    )
)
TAILS = (
    "ullah",
    "ulla",
    "allah",
    "alla",
    "ud",
    "ul",
    "al",
    "un",
    "ur",
    "us",
    "din",
    "deen",
    "ال",
    "اللہ",
    "دین",
    "アッラ",
    "ウッ",
    "ッラ",
)

Word = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register: its identifier, its kind, and all the names it goes by."""

    id: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its identifier, the name of it that fits best, and the score of the two names."""

    id: str
    name: str
    score: float


class Index:
    """A register of persons and organisations to be searched by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._shelves = {PERSON: _Shelf(PERSON), ORGANISATION: _Shelf(ORGANISATION)}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Takes one entry more up; an entry taken up twice stands twice."""
        self._shelves[entry.kind].add(entry)

    def __len__(self) -> int:
        return sum(len(shelf.ids) for shelf in self._shelves.values())

    def search(self, query: str, limit: int = 10, kind: str = "") -> list[Hit]:
        """The entries whose names are most like the query, the best first; of one kind if a kind is named or plain."""
        return self._shelves[kind or guess_kind(query)].search(query, limit)


class _Shelf:
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.ids: list[str] = []
        self.names: list[tuple[str, ...]] = []
        self.sizes = bytearray()
        self.trades: list[frozenset[str]] = []
        self._trade_sets: dict[frozenset[str], frozenset[str]] = {}
        self._numbers: dict[Word, int] = {}
        self._words: list[Word] = []
        self._postings: list[array[int]] = []
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        self._by_sound: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._known: dict[Word, list[tuple[int, float]]] = {}

    # ---------------------------------------------------------------------------------------------------- building
    def add(self, entry: Entry) -> None:
        """Takes an entry up."""
        number = len(self.ids)
        self.ids.append(entry.id)
        self.names.append(entry.names)
        size, trades, seen = 0, frozenset[str](), set[Word]()
        for text in entry.names:
            name = parse.__wrapped__(text, self.kind)
            size = size or len(_runs(name.core))
            trades = trades or _trades(name)
            seen.update(words_of(name))
        self.sizes.append(min(255, size))
        self.trades.append(self._trade_sets.setdefault(trades, trades))
        for word in sorted({form for one in seen for form, _ in forms_of(one)}):
            self._postings[self._number(word)].append(number)

    def _number(self, word: Word) -> int:
        number = self._numbers.get(word)
        if number is None:
            self._known.clear()
            number = self._numbers[word] = len(self._words)
            self._words.append(word)
            self._postings.append(array("I"))
            if word[1] == KANJI:
                for sound, price in sounds_of(word[0], word[2]).items():
                    self._by_sound[sound].append((number, 0.06 * price))
            for key in keys_of(*word) if word[1] != KANJI else ():
                if key not in self._by_key:
                    for place in range(len(key)):
                        self._shortened[key[:place] + key[place + 1 :]].add(key)
                self._by_key[key].append(number)
        return number

    # --------------------------------------------------------------------------------------------------- searching
    def search(self, query: str, limit: int) -> list[Hit]:
        """The best entries of this kind."""
        name = parse(query, self.kind)
        worth: dict[int, float] = defaultdict(float)
        lists = sorted(self._lists(self._query_words(name)), key=len)
        for entries in lists:
            if len(entries) > LONG_LIST and worth:
                for number in list(worth):
                    worth[number] += entries.get(number, 0.0)
                continue
            for number, value in entries.items():
                worth[number] += value
        trades, size = _trades(name), len(_runs(name.core))
        likely = heapq.nlargest(LOOKED_AT, worth, key=worth.__getitem__)
        for number in likely:
            extra = self.sizes[number] - size
            worth[number] -= EXTRA_WORD * extra if extra > 0 else 0.0
            if trades:
                worth[number] += 2.0 * len(trades & self.trades[number]) / len(trades | self.trades[number])
        best = sorted(likely, key=lambda number: (-worth[number], number))[: max(COMPARED, 2 * limit)]
        hits = [self._compared(name, number) for number in best]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def _compared(self, query: Name, number: int) -> Hit:
        scored = [(score_found(query, parse(text, self.kind)), text) for text in self.names[number]]
        score, text = max(scored, key=lambda pair: pair[0])
        return Hit(self.ids[number], text, score)

    def _query_words(self, name: Name) -> list[Word]:
        words = words_of(name)
        if name.joined and self.kind == PERSON:
            return self._cut(words[0]) or words
        return words

    def _cut(self, word: Word) -> list[Word]:
        """The two words a run of kana is made of, if the register has such words."""
        text, best = word[0], (1.2, list[Word]())
        for place in range(2, len(text) - 1):
            parts = [(text[:place], KANA, "w"), (text[place:], KANA, "w")]
            if text[place] in "ァィゥェォャュョッーン":
                continue
            japanese = 0.4 * sum(is_japanese(part[0]) for part in parts)
            if japanese < 0.8 and not all(self._by_key.get(key) for part in parts for key in keys_of(*part)[:1]):
                continue
            value = sum(self._nearest(part) for part in parts) - japanese
            if value < best[0]:
                best = (value, parts)
        return best[1]

    def _nearest(self, word: Word) -> float:
        # Of two words that fit as well, the one that more entries bear.
        return min((share - 0.02 * math.log(len(self._postings[number])) for number, share in self._alike(word)), default=2.0)

    def _lists(self, words: list[Word]) -> list[dict[int, float]]:
        """The entries of each word; words that are also asked for run together count once, whichever way is worth more."""
        lists = {word: self._entries(word) for word in words}
        for one, other in pairwise(words):
            whole = lists.get((one[0] + other[0], one[1], "w"))
            first, second = lists.get(one), lists.get(other)
            if not whole or not first or not second or len(words) < 3:
                continue
            scale = (max(first.values()) + max(second.values())) / max(whole.values())
            for number, value in whole.items():
                whole[number] = max(0.0, value * scale - first.get(number, 0.0) - second.get(number, 0.0))
        return list(lists.values())

    def _entries(self, word: Word) -> dict[int, float]:
        """The entries that bear a word that sounds like this one, with what that is worth."""
        found: dict[int, float] = {}
        nearest: dict[int, float] = {}
        for form, price in forms_of(word):
            for number, share in self._alike(form):
                nearest[number] = min(share + price, nearest.get(number, 9.0))
        if word[1] in (KANA, LATIN):
            for number, price in self._by_sound.get(sound_key(word[0], word[1]), ()):
                nearest[number] = min(price, nearest.get(number, 9.0))
        alike = sorted(nearest.items(), key=lambda pair: (pair[1], pair[0]))[:MOST_WORDS]
        total = sum(len(self._postings[number]) for number, _ in alike) + 1
        rarity = math.log((len(self.ids) + 2) / min(total, len(self.ids) + 1)) + 0.5
        for number, share in alike:
            value = rarity * math.exp(-share)
            for entry in self._postings[number]:
                if entry not in found:
                    found[entry] = value
        return found

    def _alike(self, word: Word) -> list[tuple[int, float]]:
        """The words of the register that sound like this one, the nearest first; remembered for the words asked last."""
        if word[1] == KANJI:
            return [(self._numbers[word], 0.0)] if word in self._numbers else []
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._sought(word)
        return found

    def _sought(self, word: Word) -> list[tuple[int, float]]:
        keys = keys_of(*word)
        found = self._judged(word, {number for key in keys for number in self._by_key.get(key, ())})
        if not found or found[0][1] > NEAR_WORD:
            near = {other for key in keys[:3] for other in self._shortened.get(key, ())}
            for key in keys[:3]:
                for place in range(len(key)):
                    short = key[:place] + key[place + 1 :]
                    near |= {short} | self._shortened.get(short, set())
            numbers = {number for key in near for number in self._by_key.get(key, ())}
            found = sorted(
                found + self._judged(word, numbers - {number for number, _ in found}), key=lambda pair: (pair[1], pair[0])
            )
        return found[:MOST_WORDS]

    def _judged(self, word: Word, numbers: set[int]) -> list[tuple[int, float]]:
        text, script, _ = word
        judged = []
        for number in numbers:
            other, other_script, _ = self._words[number]
            share = nearness(text, script, other, other_script, FAR_WORD)
            if share < FAR_WORD:
                judged.append((number, share))
        return sorted(judged, key=lambda pair: (pair[1], pair[0]))


def _trades(name: Name) -> frozenset[str]:
    return name.codes(lexicon.TRADE)


def forms_of(word: Word) -> list[tuple[Word, float]]:
    """A word and, if it is in kanji, its likely readings, each with a price."""
    text, script, read_as = word
    if script != KANJI:
        return [(word, 0.0)]
    likely = [(reading, cost) for reading, cost in readings(text, read_as)[:MOST_READINGS] if cost < DEAREST_READING]
    return [(word, 0.0), *(((reading, KANA, "w"), 0.06 * cost) for reading, cost in likely)]


def words_of(name: Name) -> list[Word]:
    """The words a name is found by: those of the name proper, articles joined to what follows, firms also run together."""
    runs = _runs(name.core)
    words = [(run_together(run), run[0].script, run[0].read_as if len(run) == 1 else "w") for run in runs]
    for one, other in pairwise(runs):
        if one[0].script == other[0].script and other[0].text.startswith(TAILS):
            words.append((run_together([*one, *other]), one[0].script, "w"))
    if name.kind == ORGANISATION and 1 < len(runs) < 4 and len({run[0].script for run in runs}) == 1:
        words.append((run_together(name.core), runs[0][0].script, "w"))
    return list(dict.fromkeys(words))


def _runs(parts: Iterable[Part]) -> list[list[Part]]:
    """The words of a name, an article with what follows it."""
    runs: list[list[Part]] = []
    for part in parts:
        if runs and runs[-1][-1].text in JOINS and runs[-1][-1].script == part.script != KANJI:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs
