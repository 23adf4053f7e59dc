"""The entries of one kind: found by the worth of the words they share with a query, then the best compared in full.

A word is worth more the fewer entries bear it. Entries that bear only frequent words are looked at when they bear two.
Texts are kept as bytes in one run, since a register is far larger than what is asked of it.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

from rahdari.names import lexicon
from rahdari.names.alignment import run_together
from rahdari.names.comparing import score_found
from rahdari.names.folding import KANA, KANJI, fold, script_of
from rahdari.names.kanji import is_japanese
from rahdari.names.parsing import ORGANISATION, PERSON, Name, Part, parse, parsed_once
from rahdari.names.wordbook import Word, Wordbook, forms_of

LOOKED_AT = 300  # entries whose size and trade are looked at
LEAST_COMPARED, COMPARED, MOST_COMPARED = 4, 10, 30  # entries compared in full for each query
LEAST_WORTH = 0.45  # of the best: an entry of less worth is not compared
FOUND = 0.9  # a score from which entries of far less worth need not be compared
FAR_LESS, AS_MUCH = 0.85, 0.9
LONG_LIST = 1_500  # entries: a longer list only adds to what other lists have found
FIRST_OF_LONG = 1_000
EXTRA_WORD = 2.5  # what a word more than the query has costs an entry before it is compared
TRADE_WORTH = 4.0
FARTHER = 0.25  # what a unit of distance takes from the worth of a word, as an exponent
REMEMBERED_LISTS = 64
ARTICLES = ["al", "el", "ul", "ud", "ur", "us", "uz", "un", "ush", "ad", "ar", "as", "an", "ash", "az"]
JOINS = frozenset([*ARTICLES, "abd", "abdul", "abdur", "abdus", "عبد", "ال", "アル", "アブドゥル", "アブドゥ", "アブド"])
# Endings of compound names that are written with and without a space: Allah Bakhsh, Allahbakhsh.
TAILS = (
    *("ullah", "ulla", "allah", "alla", "ud", "ul", "al", "un", "ur", "us", "din", "deen", "bakhsh", "baksh", "buksh", "bux"),
    *("bukhsh", "dad", "ditta", "ال", "اللہ", "دین", "بخش", "داد", "دتہ", "アッラ", "ウッ", "ッラ", "バフシュ", "バクシュ"),
)
NO_BEGINNING = "ァィゥェォャュョッーン"
_PARTED, _NEXT = "\x1f", "\x1e"

Worth = dict[int, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its identifier, the name of it that fits best, and the score of the two names."""

    id: str
    name: str
    score: float


class Shelf:
    """The entries of one kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._texts = bytearray()
        self._ends = array("Q", [0])
        self._sizes = bytearray()
        self._trades = array("H")
        self._trade_sets: dict[frozenset[str], int] = {}
        self._trade_list: list[frozenset[str]] = []
        self._words = Wordbook()
        self._lists: dict[Word, Worth] = {}

    def __len__(self) -> int:
        return len(self._sizes)

    # ---------------------------------------------------------------------------------------------------- building
    def add(self, identifier: str, names: tuple[str, ...]) -> None:
        """Takes an entry up."""
        number = len(self)
        plain = (name.replace(_PARTED, " ").replace(_NEXT, " ") for name in names)
        self._texts += _PARTED.join((identifier.replace(_PARTED, " "), *plain)).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._texts))
        size, trades, seen = 0, frozenset[str](), set[Word]()
        for text in names:
            name = parsed_once(text, self.kind)
            size = size or len(_runs(name.core))
            trades = trades or _trades(name)
            seen.update(words_of(name))
        self._sizes.append(min(255, size))
        if trades not in self._trade_sets:
            self._trade_sets[trades] = len(self._trade_list)
            self._trade_list.append(trades)
        self._trades.append(self._trade_sets[trades])
        self._lists.clear()
        for word in sorted({form for one in seen for form, _ in forms_of(one)}):
            self._words.add(word, number)

    def _told(self, number: int) -> tuple[str, list[str]]:
        """The identifier and the names of an entry."""
        text = bytes(self._texts[self._ends[number] : self._ends[number + 1]]).decode("utf-8", "surrogatepass")
        identifier, *names = text.split(_PARTED)
        return identifier, names

    # --------------------------------------------------------------------------------------------------- searching
    def search(self, query: str, limit: int) -> list[Hit]:
        """The best entries of this kind."""
        name = parse(query, self.kind)
        worth = self._worth(self._query_words(name))
        likely = heapq.nlargest(LOOKED_AT, worth, key=worth.__getitem__)
        trades, size = _trades(name), len(_runs(name.core))
        for number in likely:
            extra = self._sizes[number] - size
            worth[number] -= EXTRA_WORD * extra if extra > 0 else 0.0
            if trades:
                others = self._trade_list[self._trades[number]]
                worth[number] += TRADE_WORTH * len(trades & others) / len(trades | others)
        best = sorted(likely, key=lambda number: (-worth[number], number))[: max(MOST_COMPARED, limit)]
        hits: list[Hit] = []
        for number in best:
            share, sure = worth[number] / worth[best[0]], any(hit.score >= FOUND for hit in hits)
            if share < LEAST_WORTH or (sure and share < FAR_LESS and len(hits) >= LEAST_COMPARED):
                break
            if share < AS_MUCH and len(hits) >= max(COMPARED, limit):
                break
            hits.append(self._compared(name, number))
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def _compared(self, query: Name, number: int) -> Hit:
        """The entry by that of its names which fits best, of those in the script of the query if it has such."""
        identifier, names = self._told(number)
        script = script_of(query.folded)
        names = [text for text in names if script_of(fold(text)) == script] or names
        score, text = max((score_found(query, parse(text, self.kind)), text) for text in names)
        return Hit(identifier, text, score)

    def _query_words(self, name: Name) -> list[Word]:
        words = words_of(name)
        if name.joined and self.kind == PERSON:
            return self._cut(words[0]) or words
        return words

    def _cut(self, word: Word) -> list[Word]:
        """The two words a run of kana is made of, if the register has such words."""
        text, best = word[0], (1.2, list[Word]())
        for place in range(2, len(text) - 1):
            parts: list[Word] = [(text[:place], KANA, "w"), (text[place:], KANA, "w")]
            if text[place] in NO_BEGINNING:
                continue
            japanese = 0.4 * sum(is_japanese(part[0]) for part in parts)
            if japanese < 0.8 and not all(self._words.has(part) for part in parts):
                continue
            value = sum(self._nearest(part) for part in parts) - japanese
            if value < best[0]:
                best = (value, parts)
        return best[1]

    def _nearest(self, word: Word) -> float:
        # Of two words that fit as well, the one that more entries bear.
        borne = self._words.postings
        return min((share - 0.02 * math.log(len(borne[number])) for number, share in self._words.alike(word)), default=2.0)

    def _worth(self, words: list[Word]) -> Worth:
        """What the entries that share words with a query are worth."""
        lists = sorted((one for one in self._weighed(words) if one), key=len)
        short = [one for one in lists if len(one) <= LONG_LIST]
        long = lists[len(short) :]
        worth: Worth = {}
        for entries in short:
            for number, value in entries.items():
                worth[number] = worth.get(number, 0.0) + value
        found = set(worth)
        for one, other in combinations(long, 2):
            found |= one.keys() & other.keys()
        if not found and long:
            found |= set(islice(long[0], FIRST_OF_LONG))
        for entries in long:
            for number in found & entries.keys():
                worth[number] = worth.get(number, 0.0) + entries[number]
        return worth

    def _weighed(self, words: list[Word]) -> list[Worth]:
        """The entries of each word; words that are also asked for run together count once, whichever way is worth more."""
        lists = {word: self._entries(word) for word in words}
        for one, other in pairwise(words):
            whole_word = (one[0] + other[0], one[1], "w")
            whole, first, second = lists.get(whole_word), lists.get(one), lists.get(other)
            if not whole or not first or not second or len(words) < 3:
                continue
            scale = (max(first.values()) + max(second.values())) / max(whole.values())
            lists[whole_word] = {
                number: max(0.0, value * scale - first.get(number, 0.0) - second.get(number, 0.0))
                for number, value in whole.items()
            }
        return list(lists.values())

    def _entries(self, word: Word) -> Worth:
        """The entries that bear a word that sounds like this one, with what that is worth, those of the nearest words first."""
        found = self._lists.get(word)
        if found is not None:
            return found
        alike, borne = self._words.alike(word), self._words.postings
        found, seen = {}, 1
        for number, share in alike:
            seen += len(borne[number])
            # How seldom an entry has a word as near as this one.
            value = (math.log((len(self) + 2) / min(seen, len(self) + 1)) + 0.5) * math.exp(-FARTHER * share)
            for entry in borne[number]:
                found.setdefault(entry, value)
        if len(found) > LONG_LIST:
            if len(self._lists) >= REMEMBERED_LISTS:
                self._lists.clear()
            self._lists[word] = found
        return found


def _trades(name: Name) -> frozenset[str]:
    return name.codes(lexicon.TRADE)


def words_of(name: Name) -> list[Word]:
    """The words a name is found by: those of the name proper, articles joined to what follows, firms also run together."""
    runs = _runs(name.core)
    words: list[Word] = [(run_together(run), run[0].script, run[0].read_as if len(run) == 1 else "w") for run in runs]
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
