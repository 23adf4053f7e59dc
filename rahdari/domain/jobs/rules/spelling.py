"""Typing errors against a closed list of words: which known words lie one or two errors away. Pure.

Each word is kept under every text that remains when letters are left out; a typed word that shares one of them is near,
and only those are compared. An error is a letter too many, too few, another one, or two that changed places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

SHORTEST, LONG, LONGEST = 4, 8, 24


def errors_allowed(word: str) -> int:
    """How many errors a word of this length may have before it could mean anything: none under four letters."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def errors_between(left: str, right: str, most: int) -> int:
    """How many errors lead from one text to the other; `most + 1` for more than `most`."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, 1):
        older, before, row = before, row, [place]
        for other, meant in enumerate(right, 1):
            cost = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != meant))
            if older and other > 1 and letter == right[other - 2] and left[place - 2] == meant:
                cost = min(cost, older[other - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


class Spelling:
    """Words to be found although they are typed wrongly; made once, read often."""

    def __init__(self, words: Iterable[str]) -> None:
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in set(words):
            for left in _shortened(word, errors_allowed(word)):
                self._near[left].append(word)

    def nearest(self, typed: str) -> frozenset[str]:
        """The words with the fewest errors to the one typed; none where all have more than its length allows."""
        most = errors_allowed(typed)
        if len(typed) == SHORTEST - 1:  # a letter left out of a short word, nothing else
            return frozenset(word for word in self._near.get(typed, ()) if len(word) == SHORTEST)
        if not most or len(typed) > LONGEST:
            return frozenset()
        near = {word for left in _shortened(typed, most) for word in self._near.get(left, ())}
        told = [(errors, word) for word in near if (errors := errors_between(typed, word, most)) <= most]
        least = min((errors for errors, _ in told), default=0)
        return frozenset(word for errors, word in told if errors == least)


def _shortened(word: str, most: int) -> set[str]:
    """The word with up to so many letters left out."""
    if len(word) > LONGEST:
        return set()
    return {
        "".join(letter for place, letter in enumerate(word) if place not in without)
        for count in range(most + 1)
        for without in combinations(range(len(word)), count)
    }
