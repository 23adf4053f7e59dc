"""Finds what no contract may say in a text, with the place of every phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rahdari.base.reference import Book

from .folding import fold
from .grammar import LANGUAGES, Grammar, Pattern, grammar
from .pay import unequal_pay
from .sense import Reading, barred, conditional, denied, read, withheld
from .sentences import Sentence, sentences

SCRIPTS = {
    "en": re.compile(r"[a-z][^a-z]+[a-z]+[^a-z]+[a-z]{2}"),
    "ur": re.compile("[\u0620-\u06d3]{2}"),
    "ja": re.compile("[\u30a0-\u30ff\u3400-\u9fff]{2}"),
}
NEAR = 40  # letters between two phrases of one kind in one sentence that are shown as one
BESIDE = {"en": 24, "ur": 20, "ja": 10}  # letters between a phrase and a sum that belongs to it
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One forbidden phrase: its kind and where it stands in the text as given, `text[begin:end]`."""

    code: str
    begin: int
    end: int


def find_clauses(text: str, book: Book, language: str = "") -> list[Finding]:
    """Every forbidden phrase of a text in the order of the text; read in its language and in those whose letters it holds."""
    folded = fold(text)
    read_in = [one for one in LANGUAGES if one == language or SCRIPTS[one].search(folded.text)]
    found: set[Finding] = set()
    before: Sentence | None = None
    for sentence in sentences(folded):
        for name in read_in:
            found.update(_placed(sentence, stretches) for stretches in _in_sentence(grammar(book, name), sentence))
            found.update(_beside(grammar(book, name), before, sentence))
        before = sentence
    return sorted(_without_covered(found), key=lambda one: (one.begin, one.end, one.code))


def _beside(words: Grammar, before: Sentence | None, sentence: Sentence) -> Iterator[Finding]:
    """Pay of a Japanese in one sentence and lower pay of a foreign worker in the next, or the other way round."""
    if before is None or any(True for one in (before, sentence) for _ in unequal_pay(words, one.text)):
        return
    named = [bool(words.words["japanese"].search(one.text)) for one in (before, sentence)]
    if named[0] != named[1] and words.words["worker_named"].search((sentence if named[0] else before).text):
        both = Sentence(before.folded.joined(sentence.folded))
        yield from (_placed(both, ("pay_below_japanese", one)) for one in unequal_pay(words, both.text))


def _placed(sentence: Sentence, found: tuple[str, Stretch]) -> Finding:
    code, (begin, end) = found
    while end > begin and sentence.text[end - 1].isspace():
        end -= 1
    return Finding(code, *sentence.folded.span(begin, end))


def _in_sentence(words: Grammar, sentence: Sentence) -> Iterator[tuple[str, Stretch]]:
    """The phrases of one sentence as one language reads it, neighbours of one kind joined."""
    reading = read(words, sentence.text, sentence.lead)
    held: dict[str, list[Stretch]] = {}
    for pattern in words.patterns:
        for stretch in _matches(words, pattern, reading):
            held.setdefault(pattern.code, []).append(stretch)
    for stretch in unequal_pay(words, sentence.text):
        held.setdefault("pay_below_japanese", []).append(stretch)
    for code, stretches in held.items():
        for joined in _joined(stretches):
            yield code, joined


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1] + NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _matches(words: Grammar, pattern: Pattern, reading: Reading) -> Iterator[Stretch]:
    if _excused(words, pattern, reading.text):
        return
    parts = [[hit.span() for hit in words.words[part].finditer(reading.text)] for part in pattern.parts]
    if not all(parts):
        return
    for act in parts[pattern.act]:
        stretch = _together(pattern, parts, act)
        if stretch is None:
            continue
        if pattern.sense == "denied":
            bars = barred(reading, *act, pattern.within)
            if bars is not None:
                yield min(stretch[0], bars[0]), max(stretch[1], bars[1])
        elif pattern.sense == "withheld":
            if withheld(reading, *act):
                yield stretch
        elif pattern.sense == "either" or not (conditional(reading, act[0]) or denied(reading, *act)):
            yield _with_sum(words, reading, stretch)


def _with_sum(words: Grammar, reading: Reading, stretch: Stretch) -> Stretch:
    """The stretch with the sum and the verb beside it, as far as no new clause begins between them."""
    for name in ("money", "pays", "hand_over"):
        for hit in words.words[name].finditer(reading.text):
            apart = (stretch[1], hit.start()) if hit.start() >= stretch[1] else (hit.end(), stretch[0])
            beside = 0 <= apart[1] - apart[0] <= BESIDE[words.language]
            if beside and not any(apart[0] <= edge < apart[1] for edge in reading.edges):
                stretch = min(stretch[0], hit.start()), max(stretch[1], hit.end())
    return stretch


def _excused(words: Grammar, pattern: Pattern, text: str) -> bool:
    if not any(words.words[name].search(text) for name in pattern.unless):
        return False
    return not any(words.words[name].search(text) for name in pattern.despite)


def _together(pattern: Pattern, parts: list[list[Stretch]], act: Stretch) -> Stretch | None:
    """The stretch from the first to the last part around an act, each part the nearest; None when they stand too far apart."""
    held: list[Stretch] = [act]
    for number, hits in enumerate(parts):
        if number == pattern.act:
            continue
        free = [hit for hit in hits if not any(hit[0] < end and begin < hit[1] for begin, end in held)]
        if pattern.ordered:
            free = [hit for hit in free if (hit[1] <= act[0] if number < pattern.act else hit[0] >= act[1])]
        if not free:
            return None
        held.append(min(free, key=lambda hit: min(abs(hit[0] - act[1]), abs(act[0] - hit[1]))))
    begin, end = min(hit[0] for hit in held), max(hit[1] for hit in held)
    return (begin, end) if end - begin <= pattern.within else None


def _without_covered(found: set[Finding]) -> Iterator[Finding]:
    """Without those that lie inside another of the same kind."""
    reached: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.begin, -one.end)):
        if one.end > reached.get(one.code, -1):
            reached[one.code] = one.end
            yield one
