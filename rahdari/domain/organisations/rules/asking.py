"""Which names to look through for one that is asked for: in three steps, each wider, none through more than it is worth.

A step is a list of alternatives; a name belongs to it if of any alternative it bears a key of every group. A key that is
borne by a large part of the register says little: where a step would look through thousands, such a key counts only together
with the words as they are written or with the trade, and of the keys close to a word only the rare ones are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rahdari.names.doors import WHOLE, Sought

MOST_NAMES = 3_000  # names one alternative may look through
Keys = frozenset[str]
Alternatives = list[tuple[Keys, ...]]
Counted = Callable[[str], float]  # how many names bear a key, about


def bearing_every_word(asked: Sought, counted: Counted) -> Alternatives:
    """Names that sound like what is asked for in every word, or in all words run together."""
    told = _not_too_many(asked.words, asked, counted)
    if asked.together and _all(asked.together, counted) <= MOST_NAMES:
        told.append((asked.together,))
    return told


def bearing_nearly_every_word(asked: Sought, counted: Counted) -> Alternatives:
    """Names with a consonant of one word changed, left out or added, or, of three words and more, without one."""
    told: Alternatives = []
    for place, near in enumerate(asked.near):
        others = [*asked.words[:place], *asked.words[place + 1 :]]
        few = any(_all(keys, counted) <= MOST_NAMES for keys in others)
        if close := near if few else _rare(near, counted):
            told.append((*others, close))
        if len(others) > 1:
            told += _not_too_many(others, asked, counted)
    return told


def bearing_a_word(asked: Sought, counted: Counted) -> Alternatives:
    """Names that sound like what is asked for in any word, the rarest words first."""
    told: Alternatives = []
    left = float(MOST_NAMES)
    for keys in sorted(asked.words, key=lambda keys: (_all(keys, counted), sorted(keys))):
        left -= _all(keys, counted)
        told += [(keys,)] if left >= 0 else _not_too_many([keys], asked, counted)
    return told


def _not_too_many(words: Iterable[Keys], asked: Sought, counted: Counted) -> Alternatives:
    """Every word; where that is one sound which many share, the word as it is written, or the sound in the same trade."""
    distinct = list(dict.fromkeys(words))
    if len(distinct) != 1 or _all(distinct[0], counted) <= MOST_NAMES:
        return [tuple(distinct)] if distinct else []
    told: Alternatives = [(_rare((key for key in distinct[0] if key.startswith(WHOLE)), counted),), (distinct[0], asked.trades)]
    return [one for one in told if all(one)]


def _all(keys: Iterable[str], counted: Counted) -> float:
    return sum(counted(key) for key in keys)


def _rare(keys: Iterable[str], counted: Counted) -> Keys:
    """The rarest of them, as many as are borne by no more names than may be looked through."""
    kept, left = set(), float(MOST_NAMES)
    for key in sorted(keys, key=lambda key: (counted(key), key)):
        left -= counted(key)
        if left < 0:
            break
        kept.add(key)
    return frozenset(kept)
