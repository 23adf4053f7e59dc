"""The words of a register, each kept once, found by their sound: which of them may be the word that is asked for.

Words stand under consonant keys that are the same in every script, kanji under the sounds of their readings. Keys that
are one letter away are tried when nothing nearer is found.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rahdari.names.folding import KANA, KANJI, LATIN, URDU
from rahdari.names.kanji import known_key, readings, sound_key, sounds_of
from rahdari.names.keys import KEY_LETTERS, keys_of
from rahdari.names.letters import Sound, between, sound_of
from rahdari.names.nearby import near_ones
from rahdari.names.sounds import units_of
from rahdari.names.ways import Word

NEAR_WORD, FAR_WORD = 0.5, 1.0  # cost per unit: a word surely meant, and one perhaps meant
MOST_WORDS = 60  # words of the register that one word of a query is taken for
REMEMBERED = 4_000
MOST_READINGS, DEAREST_READING = 4, 2.0  # of a kanji word: those also found by a similar sound
RARER = 0.06  # what a nat of a rarer reading costs per unit
STEPS, STEP = 31, 0.25  # prices of readings are kept in steps of so many nats

SCRIPTS = (LATIN, URDU, KANA)
NO_SOUND = Sound(b"", 0)

Found = list[tuple[int, float]]


class Wordbook:
    """Words by number, each with the entries that bear it."""

    def __init__(self) -> None:
        self.postings: list[array[int]] = []
        self._sounds: list[Sound] = []
        self._scripts = bytearray()
        self._numbers: dict[str, int] = {}
        self._by_key: dict[str, dict[str, array[int]]] = {script: {} for script in SCRIPTS}
        self._by_sound: dict[str, array[int]] = {}
        self._known: dict[Word, Found] = {}

    def add(self, word: Word, entry: int) -> int:
        """Says that an entry, the newest of all, bears a word; the number of the word."""
        name = _name_of(word)
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.postings)
            self.postings.append(array("I"))
            self._shelve(word, number)
        borne = self.postings[number]
        if not borne or borne[-1] != entry:
            borne.append(entry)
        return number

    def _shelve(self, word: Word, number: int) -> None:
        self._known.clear()
        text, script, read_as = word
        self._scripts.append(SCRIPTS.index(script) if script in SCRIPTS else 0)
        self._sounds.append(NO_SOUND if script == KANJI else sound_of(units_of(text, script)))
        if script == KANJI:
            for sound, price in sounds_of(text, read_as).items():
                step = min(STEPS, round(price / STEP))
                self._by_sound.setdefault(sound, array("I")).append(number * (STEPS + 1) + step)
            return
        if script in (KANA, LATIN) and (spelt := known_key(text, script)):
            self._by_sound.setdefault(spelt, array("I")).append(number * (STEPS + 1))
        for key in keys_of(*word):
            self._by_key[script].setdefault(key, array("I")).append(number)

    def has(self, word: Word) -> bool:
        """Whether some word stands under the likeliest key of this one."""
        return any(key in kept for key in keys_of(*word)[:1] for kept in self._by_key.values())

    def alike(self, word: Word) -> Found:
        """The words that sound like this one, with their distance per unit, the nearest first."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._sought(word)
        return found

    def distance(self, word: Word, number: int, most: float) -> float:
        """How far a word of the register is from one asked for, per unit; `most` if it is farther, or either is in kanji."""
        theirs = self._sounds[number]
        if word[1] == KANJI or not theirs.codes:
            return most
        ours = sound_of(units_of(word[0], word[1]))
        length = (len(ours.codes) + len(theirs.codes)) / 2 + 1.0
        return between(ours, theirs, (word[1], SCRIPTS[self._scripts[number]]), most * length) / length

    def _sought(self, word: Word) -> Found:
        nearest: dict[int, float] = {}
        for form, price in forms_of(word):
            for number, share in self._by_sound_of(form):
                nearest[number] = min(share + price, nearest.get(number, 9.0))
        if word[1] in (KANA, LATIN):
            for packed in self._by_sound.get(sound_key(word[0], word[1]), ()):
                number, step = divmod(packed, STEPS + 1)
                nearest[number] = min(RARER * STEP * step, nearest.get(number, 9.0))
        return sorted(nearest.items(), key=lambda pair: (pair[1], pair[0]))[:MOST_WORDS]

    def _by_sound_of(self, word: Word) -> Found:
        if word[1] == KANJI:
            number = self._numbers.get(_name_of(word))
            return [] if number is None else [(number, 0.0)]
        text, script, _ = word
        sound = sound_of(units_of(text, script))
        if not sound.codes:
            number = self._numbers.get(text)
            return [] if number is None else [(number, 0.0)]
        keys = keys_of(*word)
        found, seen = self._judged(sound, script, keys, set())
        if not found or min(share for _, share in found) > NEAR_WORD:
            near = {other for key in keys[:3] for other in _one_away(key)}
            found += self._judged(sound, script, near, seen)[0]
        return found

    def _judged(self, sound: Sound, script: str, keys: Iterable[str], seen: set[int]) -> tuple[Found, set[int]]:
        judged: Found = []
        for other, kept in self._by_key.items():
            numbers = {number for key in keys if key in kept for number in kept[key]} - seen
            seen |= numbers
            if numbers:
                judged += near_ones(sound, script, [(self._sounds[number], number) for number in numbers], other, FAR_WORD)
        return judged, seen


def _name_of(word: Word) -> str:
    """One string for a word; in kanji with how it is read, since a family and a given name are read otherwise."""
    return word[0] if word[1] != KANJI else f"{word[0]}/{word[2]}"


def forms_of(word: Word) -> list[tuple[Word, float]]:
    """A word and, if it is in kanji, its likely readings, each with a price."""
    text, script, read_as = word
    if script != KANJI:
        return [(word, 0.0)]
    likely = [(reading, cost) for reading, cost in readings(text, read_as)[:MOST_READINGS] if cost < DEAREST_READING]
    return [(word, 0.0), *(((reading, KANA, "w"), RARER * cost) for reading, cost in likely)]


@lru_cache(maxsize=1 << 10)
def _one_away(key: str) -> frozenset[str]:
    return frozenset(_changed(key)) - {key}


def _changed(key: str) -> Iterator[str]:
    for place in range(len(key) + 1):
        head, tail = key[:place], key[place:]
        yield from (head + letter + tail for letter in KEY_LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in KEY_LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
