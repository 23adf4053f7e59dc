"""Which word of one name is which word of the other, and how far apart the two sound.

Every word may be paired with one word of the other name, or with two or three neighbours written as one (al-Noor,
Alnoor; Shams ud Din, Shamsuddin). The pairing of least total cost is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rahdari.names.folding import KANA, KANJI, LATIN, URDU
from rahdari.names.kanji import ROMAJI, known_key, readings, spelt_cost
from rahdari.names.keys import keys_of
from rahdari.names.letters import distance
from rahdari.names.parsing import Part
from rahdari.names.sounds import units_of

OTHER_KANJI = 12.0
LONGEST_SPAN = 3
AS_LONG = 0.6  # a run of words is not compared with one that has fewer than this share of its units
SETTLED = 0.3
READING_WEIGHT = 0.35  # a rarer reading tells less than other letters
INEXACT, OTHER_NAME = 1.5, 2.5
FAITHFUL, FAITHFUL_READING = 1.4, 1.15  # Urdu writes Japanese names letter by letter
MOST_TRIED, MOST_MENDED = 16, 5
APART = 1.9  # per unit: words farther apart than this are two words
WHOLE_APART = 1.4
FAR = 99.0


@dataclass(frozen=True, slots=True)
class Pairing:
    """One word or span of the left name with one of the right: their distance in nats, and per unit of sound."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    cost: float
    length: float
    swapped: bool = False
    within: bool = False  # swapped, and not only because a name stands last there that is first here

    @property
    def share(self) -> float:
        """Cost per unit, with one unit's grace for short words."""
        return self.cost / (self.length + 1.0)


def _kanji_distance(left: str, right: str) -> float:
    if left == right:
        return 0.0
    if len(left) == len(right):
        return OTHER_KANJI * sum(one != other for one, other in zip(left, right, strict=True))
    return OTHER_KANJI * max(len(left), len(right))


@lru_cache(maxsize=1 << 16)
def word_cost(left: str, left_script: str, left_kind: str, right: str, right_script: str, right_kind: str) -> tuple[float, float]:
    """The distance of two words in nats, and their length in units; kanji count by their best reading.

    Words farther apart than `APART` are told no exact distance.
    """
    if left == right:
        return 0.0, max(3.0, len(units_of(left, left_script)) if left_script != KANJI else 3.0 * len(left))
    if left_script == KANJI:
        if right_script == KANJI:
            return _kanji_distance(left, right), 3.0 * max(len(left), len(right))
        return _reading_cost(left, left_kind, right, right_script)
    if right_script == KANJI:
        return _reading_cost(right, right_kind, left, left_script)
    ours, theirs = units_of(left, left_script), units_of(right, right_script)
    if not ours or not theirs:
        return FAR, 4.0
    length = (len(ours) + len(theirs)) / 2
    cost = distance(ours, theirs, (left_script, right_script), APART * length)
    if KANA in (left_script, right_script) and URDU in (left_script, right_script):
        kana = left if left_script == KANA else right
        cost = min(APART * length, cost * FAITHFUL) if len(kana) > 2 and known_key(kana, KANA) else cost
    if URDU not in (left_script, right_script):
        cost = _as_japanese(left, left_script, right, right_script, cost)
    return cost, length


def _as_japanese(left: str, left_script: str, right: str, right_script: str, cost: float) -> float:
    """Kana and romaji say a Japanese name exactly, so that another sound is a typing error or another name."""
    ours, theirs = known_key(left, left_script), known_key(right, right_script)
    if ours and theirs:
        return 0.0 if ours == theirs else cost + OTHER_NAME
    if (ours and right_script == LATIN and ROMAJI.fullmatch(right)) or (
        theirs and left_script == LATIN and ROMAJI.fullmatch(left)
    ):
        return cost + (INEXACT if left_script != right_script else 0.0)
    return cost


def nearness(left: str, left_script: str, right: str, right_script: str, most: float) -> float:
    """The distance per unit of two words without kanji; about `most` or more if it is farther than that."""
    if left == right:
        return 0.0
    ours, theirs = units_of(left, left_script), units_of(right, right_script)
    if not ours or not theirs:
        return FAR
    length = (len(ours) + len(theirs)) / 2 + 1.0
    return distance(ours, theirs, (left_script, right_script), most * length) / length


def _reading_cost(word: str, kind: str, other: str, script: str) -> tuple[float, float]:
    """The distance of a word in kanji from one in another script: of the reading that is nearest to it."""
    theirs = units_of(other, script)
    if not theirs:
        return FAR, 4.0
    if script != URDU:
        cost = spelt_cost(word, kind, other, script)
        if cost is not None:
            return READING_WEIGHT * cost, float(len(theirs))
    strange = 0.0 if script == URDU else OTHER_NAME if known_key(other, script) else INEXACT
    faithful = FAITHFUL_READING if script == URDU else 1.0
    best = APART * len(theirs)
    for reading, cost in readings(word, kind)[: MOST_TRIED if script == URDU else MOST_MENDED]:
        spent = READING_WEIGHT * cost + strange
        ours = units_of(reading, KANA)
        if spent < best and abs(len(ours) - len(theirs)) < 5:
            best = min(best, spent + faithful * distance(ours, theirs, (KANA, script), (best - spent) / faithful))
    return best, float(len(theirs))


def span_cost(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[float, float]:
    """The same for two runs of words, each read as one word."""
    one, other = left[0], right[0]
    if len(left) == len(right) == 1:
        return word_cost(one.text, one.script, one.read_as, other.text, other.script, other.read_as)
    if len({part.script for part in left}) > 1 or len({part.script for part in right}) > 1:
        return _mixed(left, right)
    ours, theirs = run_together(left), run_together(right)
    ours_as = one.read_as if len(left) == 1 else "w"
    theirs_as = other.read_as if len(right) == 1 else "w"
    return word_cost(ours, one.script, ours_as, theirs, other.script, theirs_as)


def run_together(parts: Sequence[Part]) -> str:
    """Words written as one; the Latin article takes the sound of a sun letter behind it (Salah al-Din, Salahuddin)."""
    text = parts[0].text
    for before, part in pairwise(parts):
        if before.text in _LATIN_ARTICLES and part.text[:1] in _SUN:
            text = text.removesuffix(before.text) + "u" + part.text[0]
        text += part.text
    return text


_LATIN_ARTICLES, _SUN = {"al", "el", "ul"}, set("dnrstz")
ARTICLES = frozenset({*_LATIN_ARTICLES, "ال", "アル"})


def _mixed(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[float, float]:
    """Runs of kanji and kana are read as kana with the likeliest reading of each; other mixtures do not compare."""

    def as_kana(parts: tuple[Part, ...]) -> tuple[str, str]:
        if all(part.script in (KANA, KANJI) for part in parts):
            return "".join(_likeliest(part) for part in parts), KANA
        return "".join(part.text for part in parts), parts[0].script

    (one, one_script), (other, other_script) = as_kana(left), as_kana(right)
    return word_cost(one, one_script, "w", other, other_script, "w")


def _likeliest(part: Part) -> str:
    if part.script != KANJI:
        return part.text
    return next((reading for reading, _ in readings(part.text, part.read_as)), part.text)


def align(left: tuple[Part, ...], right: tuple[Part, ...]) -> list[Pairing]:
    """The best pairing of the words of two names; words without a partner are in none of the pairs."""
    whole = None
    if len(left) == 1 and len(right) > 1:
        whole = _unspaced(left[0], right)
    elif len(right) == 1 and len(left) > 1 and (turned := _unspaced(right[0], left)):
        whole = Pairing(turned.right, turned.left, turned.cost, turned.length)
    candidates = _candidates(left, right)
    best = _best(candidates, len(left), len(right))
    if whole and _gain(whole) >= sum(_gain(one) for one in best):
        return [whole]
    order = [(pairing.left, pairing.right) for pairing in best]
    places = [right.index(other[0]) for _, other in order]
    swapped, within = places != sorted(places), turned_within(places)
    return [Pairing(one.left, one.right, one.cost, one.length, swapped, within) for one in best]


def turned_within(places: Sequence[int]) -> bool:
    """Whether words stand in another order, and not only because a name begins elsewhere (Lakhani Zarak Tufail)."""
    return sum(one > other for one, other in zip(places, (*places[1:], *places[:1]), strict=True)) > 1


def _gain(pairing: Pairing) -> float:
    return pairing.length * APART - pairing.cost - 0.6 * (len(pairing.left) + len(pairing.right) - 2)


def _unspaced(one: Part, words: tuple[Part, ...]) -> Pairing | None:
    """One long word against several, run together in any turn of their order."""
    if len(one.text) < 5 or len(words) > 4:
        return None
    best = None
    for turn in range(len(words)):
        order = words[turn:] + words[:turn]
        cost, length = _run_cost(one, order)
        if cost < length * WHOLE_APART and (best is None or cost < best.cost):
            best = Pairing((one,), order, cost, length)
    return best


def _run_cost(one: Part, words: tuple[Part, ...]) -> tuple[float, float]:
    if len(words) == 2 and one.script == KANA and any(part.script == KANJI for part in words):
        best, length = FAR, 4.0
        for cut in range(1, len(one.text)):
            head, tail = Part(one.text[:cut], KANA), Part(one.text[cut:], KANA)
            first, size = span_cost((head,), words[:1])
            if first < min(best, 6.0):
                second, more = span_cost((tail,), words[1:])
                if first + second < best:
                    best, length = first + second, size + more
        return best, length
    return span_cost((one,), words)


Candidate = tuple[int, int, int, int, Pairing, float]  # left from, left until, right from, right until, pairing, gain


def _candidates(left: tuple[Part, ...], right: tuple[Part, ...]) -> list[list[Candidate]]:
    """By the left word they begin with, the pairs that are near enough, with what is gained by taking them.

    Words that have a near partner are not compared with each other; runs of words are only looked at where a word of
    theirs has none.
    """
    found: list[list[Candidate]] = [[] for _ in left]
    settled: tuple[set[int], set[int]] = (set(), set())
    singles = [(False, 0, 0)]
    if len(left) != 1 or len(right) != 1:
        keys = [*map(_keys, right)]
        singles = [(ours.isdisjoint(keys[j]), i, j) for i, ours in enumerate(map(_keys, left)) for j in range(len(right))]
    for _, i, j in sorted(singles):
        if i in settled[0] and j in settled[1]:
            continue
        pairing = _try(found, left, right, (i, i + 1), (j, j + 1))
        if pairing is not None and pairing.share < SETTLED:
            settled[0].add(i)
            settled[1].add(j)
    if len(settled[0]) < len(left) and len(settled[1]) < len(right):
        our_lengths, their_lengths = [_length(part) for part in left], [_length(part) for part in right]
        for ours, theirs in _spans(len(left), len(right)):
            one, other = sum(our_lengths[slice(*ours)]), sum(their_lengths[slice(*theirs)])
            if one < AS_LONG * other or other < AS_LONG * one:
                continue
            if not (settled[0].issuperset(range(*ours)) or settled[1].issuperset(range(*theirs))):
                _try(found, left, right, ours, theirs)
    return found


@lru_cache(maxsize=1 << 8)
def _spans(n: int, m: int) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """The runs of words that may stand for each other: one for two or three, two for two."""
    return tuple(
        ((i, i + wide), (j, j + broad))
        for i in range(n)
        for wide in range(1, min(LONGEST_SPAN, n - i) + 1)
        for j in range(m)
        for broad in range(1, min(LONGEST_SPAN, m - j) + 1)
        if wide + broad > 2 and (wide == 1 or broad == 1 or (wide, broad) == (2, 2))
    )


def _keys(part: Part) -> frozenset[str]:
    return _key_set(part.text, part.script, part.read_as)


@lru_cache(maxsize=1 << 14)
def _key_set(text: str, script: str, read_as: str) -> frozenset[str]:
    return frozenset(keys_of(text, script, read_as))


def _length(part: Part) -> float:
    # Urdu leaves most vowels out.
    return _sounds(part.text, part.script) * (1.35 if part.script == URDU else 1.0)


@lru_cache(maxsize=1 << 14)
def _sounds(text: str, script: str) -> int:
    return len(units_of(text, script)) if script != KANJI else 3 * len(text)


def _try(
    found: list[list[Candidate]], left: tuple[Part, ...], right: tuple[Part, ...], ours: tuple[int, int], theirs: tuple[int, int]
) -> Pairing | None:
    one, other = left[slice(*ours)], right[slice(*theirs)]
    cost, length = span_cost(one, other)
    if length * APART <= cost:
        return None
    pairing = Pairing(one, other, cost, length)
    gain = _gain(pairing)
    if gain <= 0:
        return None
    found[ours[0]].append((*ours, *theirs, pairing, gain))
    return pairing


def _best(candidates: list[list[Candidate]], n: int, m: int) -> list[Pairing]:
    memo: dict[tuple[int, int], tuple[float, tuple[Pairing, ...]]] = {}

    def solve(i: int, used: int) -> tuple[float, tuple[Pairing, ...]]:
        if i >= n:
            return 0.0, ()
        key = (i, used)
        if key in memo:
            return memo[key]
        best = solve(i + 1, used)
        for _, until, start, end, pairing, gain in candidates[i]:
            mask = ((1 << end) - 1) ^ ((1 << start) - 1)
            if used & mask:
                continue
            rest, chosen = solve(until, used | mask)
            if rest + gain > best[0]:
                best = (rest + gain, (pairing, *chosen))
        memo[key] = best
        return best

    return list(solve(0, 0)[1])
