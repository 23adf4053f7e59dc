"""How likely an entry is the one asked for, by its words alone: quickly, to choose which entries are compared in full.

The words of the register that sound like a word of the query are known by number, with their distances. What is reckoned
with them follows the weights of the full comparison, as far as words and trades tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rahdari.names.alignment import turned_within
from rahdari.names.comparing import LACKS, TURNED, TURNED_WITHIN
from rahdari.names.parsing import PERSON
from rahdari.names.weights import WEIGHTS

NEW_WAY, NEW_WORD, NUMBER = 1 << 31, 1 << 30, (1 << 30) - 1
UNITS = 6.0  # of a word, about
NOTHING = -99.0

Pairs = list[tuple[float, int, int]]  # distance per unit, word asked for, place of the word in the entry


class Rough:
    """A query of one kind: its ways of writing, each the numbers of its words, and which words of the register are near each."""

    def __init__(self, kind: str, ways: Sequence[Sequence[int]], alike: Iterable[Sequence[tuple[int, float]]]) -> None:
        self._ways = [tuple(way) for way in ways]
        self._told: dict[tuple[object, ...], float] = {}
        self._near: dict[int, list[tuple[float, int]]] = {}
        for word, found in enumerate(alike):
            for number, share in found:
                self._near.setdefault(number, []).append((share, word))
        weights = WEIGHTS[kind]
        self._bias, self._one, self._turned = weights["bias"], weights["one"], TURNED[kind]
        self._within = TURNED_WITHIN if kind == PERSON else self._turned
        self._conflict, self._more = weights["conflict"], weights["more_conflict"]
        self._missing = weights["missing"] - LACKS
        self._worst, self._half, self._cost = weights["worst"], weights["worst_over_half"], weights["cost"] * UNITS

    def strangers(self, words: Iterable[int]) -> tuple[set[int], set[int]]:
        """The words asked for that nothing in an entry is near to, and the words of the entry that are near to none."""
        asked, unknown = {word for way in self._ways for word in way}, set[int]()
        place: list[int] = []
        known = False
        for sign in words:
            if sign & NEW_WORD:
                if not known:
                    unknown.update(place)
                place, known = [], False
            place.append(sign & NUMBER)
            if found := self._near.get(sign & NUMBER):
                known = True
                asked.difference_update(word for _, word in found)
        if not known:
            unknown.update(place)
        return asked, unknown

    def also_near(self, word: int, number: int, share: float) -> None:
        """Says that a word of the register is near one asked for, which was not known before."""
        self._near.setdefault(number, []).append((share, word))
        self._told.clear()

    def odds(self, words: Iterable[int]) -> float:
        """The log-odds of an entry by the words it bears, as the shelf keeps them; of the best way to write both."""
        near, best = self._near, NOTHING
        pairs: Pairs = []
        place = 0
        for sign in words:
            if sign >= NEW_WAY:
                if pairs:
                    best = max(best, self._once(pairs, place))
                    pairs = []
                place = 0
            if sign & NEW_WORD:
                place += 1
            found = near.get(sign & NUMBER)
            if found is not None:
                pairs += [(share, asked, place) for share, asked in found]
        return max(best, self._once(pairs, place)) if pairs else best

    def _once(self, pairs: Pairs, size: int) -> float:
        """What the pairs say; many entries bear the same of the words asked for."""
        key = (size, *pairs)
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = self._of_way(pairs, size)
        return told

    def _of_way(self, pairs: Pairs, size: int) -> float:
        """The same of one way to write the entry, in the best way to write the query."""
        if len(pairs) > 1:
            pairs.sort()
        best = NOTHING
        for way in self._ways:
            taken: dict[int, int] = {}
            worst = total = 0.0
            for share, asked, place in pairs:
                if asked in way and asked not in taken and place not in taken.values():
                    taken[asked] = place
                    total += share
                    worst = share
            if taken:
                many = len(taken)
                odds = self._bias + self._worst * worst + self._half * max(0.0, worst - 0.5) + self._cost * total
                odds += self._order(way, taken) if many > 1 else self._one
                best = max(best, odds + self._alone(len(way) - many, size - many))
        return best

    def _order(self, way: Sequence[int], taken: dict[int, int]) -> float:
        places = [taken[asked] for asked in way if asked in taken]
        if places == sorted(places):
            return 0.0
        return -self._within if turned_within(places) else -self._turned

    def _alone(self, ours: int, theirs: int) -> float:
        """What words without a partner count on either side."""
        if ours and theirs:
            fewest = min(ours, theirs)
            return self._conflict + self._more * (fewest - 1) + self._missing * (max(ours, theirs) - fewest)
        return self._missing * (ours + theirs)
