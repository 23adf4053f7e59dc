"""Keys by which a database finds the names that may be one with a name, and the score they are ranked by.

For registers that outgrow a process: the index of this workshop lives in memory; here the caller keeps the keys beside
each name and asks for those that share some. Keys are short texts of four kinds: the sound of a word, the same without one of
its letters, the word itself, a trade. What a name's keys are may change with the tables: whoever keeps keys keeps `VERSION`
beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.names import lexicon
from rahdari.names.alignment import run_together
from rahdari.names.comparing import score_found, to_compare
from rahdari.names.folding import KANJI, script_of
from rahdari.names.keys import keys_of
from rahdari.names.parsing import Name, parse
from rahdari.names.ways import Word, words_of
from rahdari.names.wordbook import forms_of

VERSION = 4
SOUND, GAP, WHOLE, TRADE = "~", "-", "=", "+"
MOST_KEYS, MOST_TRADES, LONGEST_KEY = 120, 6, 40
SHORTEST_WITH_GAP = 3  # letters of a key, one of which may be left out
MOST_SOUGHT = 6  # words of a name that are asked for; what stands behind them is compared, not sought
MOST_CHANGED = 4  # keys of a word that are tried with one consonant changed


@dataclass(frozen=True, slots=True)
class Sought:
    """What to ask for: of each word the keys of its sound; those of all words run together; the words; the trades.

    A name that bears a key of every word, or one of the words run together, is likely; one that bears some is possible.
    """

    words: tuple[frozenset[str], ...]
    together: frozenset[str]
    texts: frozenset[str]
    trades: frozenset[str]

    @property
    def near(self) -> tuple[frozenset[str], ...]:
        """For each word the keys of its sound that are one consonant away: for a typing error that is heard."""
        return tuple(frozenset(near for key in _first(keys) for near in _near(key[1:])) for keys in self.words)


def search_keys(name: str, kind: str) -> frozenset[str]:
    """The keys a name is kept under; `kind` is `person` or `organisation`."""
    told = parse(name, kind)
    words = words_of(told)
    keys = dict.fromkeys(_whole(word) for word in words)
    keys |= dict.fromkeys(sorted(_trades(told)))
    sounds = [key for word in words for key in _sounds(word)]
    keys |= dict.fromkeys(sounds)
    keys |= dict.fromkeys(GAP + short for key in sounds for short in _shortened(key[1:]))
    return frozenset(list(keys)[:MOST_KEYS])


def sought(name: str, kind: str) -> Sought:
    """What to ask for to find a name; `words` is empty for a text with nothing a name is found by."""
    told = parse(name, kind)
    every = words_of(told)
    joined = run_together(told.core) if len(told.core) > 1 else ""
    words = [word for word in every if word[0] != joined][:MOST_SOUGHT] or every
    whole = [word for word in every if word[0] == joined and word not in words]
    together = frozenset(key for word in whole for key in (*_sounds(word), _whole(word)))
    groups = (frozenset((*_sounds(word), _whole(word))) for word in words)
    return Sought(tuple(groups), together, frozenset(_whole(word) for word in words), _trades(told))


def score(query: str, names: tuple[str, ...], kind: str) -> tuple[float, str]:
    """How well an entry of a register answers a query, from 0 to 1, and the name of it that fits best.

    Where it bears names in the script of the query, those alone are compared; a name in kanji as the others tell its reading.
    """
    asked = parse(query, kind)
    return max((score_found(asked, parse(name, kind)), name) for name in to_compare(script_of(asked.folded), names))


def _whole(word: Word) -> str:
    return (WHOLE + word[0])[:LONGEST_KEY]


def _sounds(word: Word) -> list[str]:
    """The keys of a word's sound, of one in kanji those of its likely readings."""
    forms = [form for form, _ in forms_of(word) if form[1] != KANJI]
    return [SOUND + key for form in forms for key in keys_of(*form)]


def _first(keys: frozenset[str]) -> list[str]:
    return sorted(key for key in keys if key.startswith(SOUND))[:MOST_CHANGED]


def _near(key: str) -> list[str]:
    """What a name is kept under whose key has one letter more, one less, or another one in one place."""
    shortened = _shortened(key)
    return [GAP + key, *(GAP + short for short in shortened), *(SOUND + short for short in shortened)]


def _shortened(key: str) -> list[str]:
    if len(key) < SHORTEST_WITH_GAP:
        return []
    return [key[:place] + key[place + 1 :] for place in range(len(key))]


def _trades(name: Name) -> frozenset[str]:
    return frozenset(TRADE + code for code in sorted(name.codes(lexicon.TRADE))[:MOST_TRADES])
