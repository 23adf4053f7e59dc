"""The entries of one kind: found by the worth of the words they share with a query, then the best compared in full.

A word is worth more the fewer entries bear it. Entries that bear only frequent words are looked at when they bear two.
Texts are kept as bytes in one run, since a register is far larger than what is asked of it.
"""

from __future__ import annotations

import heapq
import math
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, combinations, islice, product

from rahdari.names import lexicon
from rahdari.names.comparing import score_found, to_compare
from rahdari.names.evidence import firms_apart
from rahdari.names.folding import KANA, script_of
from rahdari.names.kanji import is_japanese
from rahdari.names.parsing import PERSON, Name, parse, parsed_once
from rahdari.names.rough import NEW_WAY, NEW_WORD, Rough
from rahdari.names.ways import Way, Word, all_ways_of, ways_of
from rahdari.names.weights import WEIGHTS
from rahdari.names.wordbook import Wordbook, forms_of

LOOKED_AT, FIRST_LOOKED_AT = 150, 800  # entries judged by their words, and of how many by the share of the worth they bear
EXTRA_WORD, TRADE_SHARED = 0.15, 0.3  # share of the worth of a query's words
LEAST_COMPARED, HOPELESS_COMPARED, MOST_COMPARED = 3, 6, 12  # entries compared in full for each query
SURE, HOPELESS, CLEARLY_LESS, FAR_LESS = 2.5, -2.0, 3.5, 7.0  # log-odds
UNSURE = -1.0  # log-odds: if the likeliest entry has less, a better one may be hidden
LOOKED_CLOSER, MISTYPED = 40, 1.2  # entries whose words without a partner are compared, and how near they must be per unit
LONG_LIST = 1_500  # entries: a longer list only adds to what other lists have found
FIRST_OF_LONG = 1_000
AS_NEAR = 0.2  # per unit: words that much farther count as just as near when it is asked how seldom one is borne
FARTHER = 0.25  # what a unit of distance takes from the worth of a word, as an exponent
REMEMBERED_LISTS = 64
NO_BEGINNING = "ァィゥェォャュョッーン"
_PARTED = "\x1f"

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
        self._borne = array("I")  # the words of all entries one after the other, with signs where a way or a word begins
        self._borne_until = array("I", [0])
        self._alone: dict[int, array[int]] = {}
        self._sizes = bytearray()
        self._trades = array("H")
        self._trade_sets: dict[frozenset[str], int] = {}
        self._trade_list: list[frozenset[str]] = []
        self._words = Wordbook()
        self._lists: dict[Word, Worth] = {}

    def __len__(self) -> int:
        return len(self._trades)

    # ---------------------------------------------------------------------------------------------------- building
    def add(self, identifier: str, names: tuple[str, ...]) -> None:
        """Takes an entry up."""
        number = len(self)
        plain = (name.replace(_PARTED, " ") for name in names)
        self._texts += _PARTED.join((identifier.replace(_PARTED, " "), *plain)).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._texts))
        self._lists.clear()
        size, trades = 255, frozenset[str]()
        for text in names:
            name = parsed_once(text, self.kind)
            trades = trades or _trades(name)
            ways = ways_of(name)
            size = min(size, len(ways[0]))
            for way in ways:
                self._take_up(way, number)
        self._sizes.append(size)
        self._borne_until.append(len(self._borne))
        if trades not in self._trade_sets:
            self._trade_sets[trades] = len(self._trade_list)
            self._trade_list.append(trades)
        self._trades.append(self._trade_sets[trades])

    def _take_up(self, way: Way, entry: int) -> None:
        sign = NEW_WAY | NEW_WORD
        for word in way:
            for form, _ in forms_of(word):
                number = self._words.add(form, entry)
                self._borne.append(number | sign)
                sign = 0
                if len(way) == 1:
                    self._alone.setdefault(number, array("I")).append(entry)
            sign = NEW_WORD

    def _told(self, number: int) -> tuple[str, list[str]]:
        """The identifier and the names of an entry."""
        text = bytes(self._texts[self._ends[number] : self._ends[number + 1]]).decode("utf-8", "surrogatepass")
        identifier, *names = text.split(_PARTED)
        return identifier, names

    # --------------------------------------------------------------------------------------------------- searching
    def search(self, query: str, limit: int) -> list[Hit]:
        """The best entries of this kind."""
        name = parse(query, self.kind)
        likely = self._likely(name)
        if not likely:
            return []
        best = likely[0][0]
        enough = best - (CLEARLY_LESS if best > SURE else FAR_LESS)
        hits: list[Hit] = []
        for at, (odds, number) in enumerate(likely[: max(MOST_COMPARED, limit)]):
            if at >= LEAST_COMPARED and (odds < enough or (odds < HOPELESS and at >= HOPELESS_COMPARED)):
                break
            hits.append(self._compared(name, number))
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def _likely(self, name: Name) -> list[tuple[float, int]]:
        """The entries that may be meant, by their words and trades, the likeliest first, each with its log-odds."""
        ways = self._query_ways(name)
        words = list(dict.fromkeys(word for way in ways for word in way))
        places = {word: at for at, word in enumerate(words)}
        worth = self._worth(ways)
        rough = Rough(self.kind, [[places[word] for word in way] for way in ways], map(self._words.alike, words))
        trades = _trades(name)
        first = self._first(worth, trades, max(map(len, ways)))
        judged = self._judged(rough, first, trades, worth)
        if judged and judged[0][0] < UNSURE:
            closer = [number for _, number in judged[:LOOKED_CLOSER]]
            if self._looked_closer(rough, words, closer):
                return self._judged(rough, closer, trades, worth)
        return judged

    def _judged(self, rough: Rough, entries: list[int], trades: frozenset[str], worth: Worth) -> list[tuple[float, int]]:
        """The entries with their log-odds, the likeliest first."""
        by_trade: dict[int, float] = {}
        judged = []
        for number in entries:
            odds = rough.odds(self._words_of(number))
            if self.kind != PERSON:
                trade = self._trades[number]
                if trade not in by_trade:
                    by_trade[trade] = self._trade_odds(trades, self._trade_list[trade])
                odds += by_trade[trade]
            judged.append((odds, worth[number], number))
        judged.sort(key=lambda one: (-one[0], -one[1], one[2]))
        return [(odds, number) for odds, _, number in judged]

    def _looked_closer(self, rough: Rough, words: list[Word], entries: list[int]) -> bool:
        """Whether words without a partner are near after all, though a typing error hid it from their keys."""
        seen: set[tuple[int, int]] = set()
        found = False
        for entry in entries:
            asked, unknown = rough.strangers(self._words_of(entry))
            for pair in product(asked, unknown):
                if pair not in seen:
                    seen.add(pair)
                    share = self._words.distance(words[pair[0]], pair[1], MISTYPED)
                    if share < MISTYPED:
                        rough.also_near(*pair, share)
                        found = True
        return found

    def _words_of(self, number: int) -> array[int]:
        return self._borne[self._borne_until[number] : self._borne_until[number + 1]]

    def _first(self, worth: Worth, trades: frozenset[str], size: int) -> list[int]:
        """The entries of most worth; where there are many, those with as few words and with the trades asked for."""
        if len(worth) <= LOOKED_AT:
            return list(worth)
        for number in (first := heapq.nlargest(FIRST_LOOKED_AT, worth, key=worth.__getitem__)):
            extra = self._sizes[number] - size
            if extra > 0:
                worth[number] -= EXTRA_WORD * extra
            if trades:
                theirs = self._trade_list[self._trades[number]]
                worth[number] += TRADE_SHARED * len(trades & theirs) / len(trades | theirs)
        return heapq.nlargest(LOOKED_AT, first, key=worth.__getitem__)

    def _trade_odds(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        weights = WEIGHTS[self.kind]
        return sum(weights[name] * value for name, value in firms_apart(ours, theirs).items())

    def _compared(self, query: Name, number: int) -> Hit:
        """The entry by that of its names which fits best, of those in the script of the query if it has such."""
        identifier, names = self._told(number)
        told = to_compare(script_of(query.folded), names)
        score, text = max((score_found(query, parse(text, self.kind)), text) for text in told)
        return Hit(identifier, text, score)

    def _query_ways(self, name: Name) -> list[Way]:
        ways = all_ways_of(name)
        if name.joined and self.kind == PERSON and (cut := self._cut(ways[0][0])):
            return [tuple(cut), *ways]
        return ways

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

    def _worth(self, ways: list[Way]) -> Worth:
        """What the entries that share words with a query are worth, in the best of its ways."""
        worth: Worth = {}
        for way in ways:
            found = self._worth_of(way)
            for number, value in found.items():
                if value > worth.get(number, 0.0):
                    worth[number] = value
        return worth

    def _worth_of(self, way: Way) -> Worth:
        """What the entries are worth in one way: the share of the worth of all its words that they bear."""
        lists = sorted((one for one in map(self._entries, way) if one), key=len)
        short = [one for one in lists if len(one) <= LONG_LIST]
        long = lists[len(short) :]
        worth: Worth = {}
        for entries in short:
            for number, value in entries.items():
                worth[number] = worth.get(number, 0.0) + value
        found = set(worth)
        for one, other in combinations(long, 2):
            found |= one.keys() & other.keys()
        alone = self._borne_alone(way[0]) if len(way) == 1 else set()
        found |= alone
        if not found and long:
            found |= set(islice(long[0], FIRST_OF_LONG))
        for entries in long:
            for number in found & entries.keys():
                worth[number] = worth.get(number, 0.0) + entries[number]
        every = sum(next(iter(one.values())) for one in lists) or 1.0
        worth = {number: value / every for number, value in worth.items()}
        for number in alone & worth.keys():
            worth[number] += 1.0
        return worth

    def _borne_alone(self, word: Word) -> set[int]:
        """The entries whose whole name sounds like this word."""
        return {entry for number, _ in self._words.alike(word) for entry in self._alone.get(number, ())}

    def _entries(self, word: Word) -> Worth:
        """The entries that bear a word that sounds like this one, with what that is worth, those of the nearest words first."""
        found = self._lists.get(word)
        if found is not None:
            return found
        alike, borne = self._words.alike(word), self._words.postings
        shares = [share for _, share in alike]
        sums = list(accumulate(len(borne[number]) for number, _ in alike))
        found = {}
        for number, share in alike:
            # How seldom an entry has a word as near as this one.
            seen = sums[bisect_right(shares, share + AS_NEAR) - 1]
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
