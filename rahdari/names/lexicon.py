"""Closed-class words of names: titles, Muhammad as a prefix, relation words, legal forms, trade words.

They are found in any script, in a word of six letters or more also with one typing error behind its first letter, and are
told by their code, so that 建設, Kensetsu and کنسٹرکشن are one word. `tables/words.tsv` is written by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rahdari.names.folding import KANA, KANJI, fold, script_of

TITLE, CLAN_TITLE, FEMALE, MUHAMMAD, RELATION = "title", "clan-title", "female", "muhammad", "relation"
PARTICLE, LEGAL, TRADE = "particle", "legal", "trade"
PERSON_CLASSES = frozenset({TITLE, CLAN_TITLE, FEMALE, MUHAMMAD, RELATION})
FIRM_CLASSES = frozenset({PARTICLE, LEGAL, TRADE})
LONGEST_PHRASE, LONG_ENOUGH = 4, 6


@dataclass(frozen=True, slots=True)
class Word:
    """A closed-class word: its class and its codes (an abbreviation may stand for several)."""

    kind: str
    codes: tuple[str, ...]


def _read() -> dict[str, dict[str, Word]]:
    """Words by their folded form with plain spaces, for persons and for firms."""
    text = resources.files("rahdari.names").joinpath("tables", "words.tsv").read_text(encoding="utf-8")
    books: dict[str, dict[str, Word]] = {"person": {}, "organisation": {}}
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        kind, codes, forms = line.split("\t")
        book = books["person" if kind in PERSON_CLASSES else "organisation"]
        for form in forms.split("|"):
            book.setdefault(plain(fold(form)), Word(kind, tuple(codes.split("+"))))
    return books


def plain(text: str) -> str:
    """Without dots, quotes and dashes."""
    return " ".join(re.sub(r"[.'’]", "", text).replace("-", " ").split())


_ROMAJI = [("tsu", "tu"), ("shi", "si"), ("chi", "ti"), ("fu", "hu"), ("sh", "sy"), ("ch", "ty"), ("ji", "zi"), ("j", "zy")]


@lru_cache(maxsize=1 << 16)
def romaji_key(word: str) -> str:
    """One way of writing Japanese in Latin letters: official spelling, no long vowels, n before b, m and p."""
    for one, other in _ROMAJI:
        word = word.replace(one, other)
    word = re.sub(r"oh(?![aeiou])|ou|oo", "o", word).replace("uu", "u").replace("m", "n")
    return re.sub(r"([^aeiou])\1", r"\1", word)


BOOKS = _read()
_ROMAJI_BOOK = {romaji_key(form): word for form, word in BOOKS["organisation"].items() if form.isascii() and len(form) > 4}
_LONG_WORDS: dict[str, set[str]] = {kind: {part for form in book for part in form.split()} for kind, book in BOOKS.items()}


def _shortened(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _neighbours() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind, words in _LONG_WORDS.items():
        table = found.setdefault(kind, {})
        for word in sorted(words):
            if len(word) >= LONG_ENOUGH and script_of(word) != KANJI:
                for short in _shortened(word):
                    table.setdefault(short, word)
                table[word] = word
    return found


_NEIGHBOURS = _neighbours()


@lru_cache(maxsize=1 << 16)
def mended(word: str, kind: str) -> str:
    """The closed-class word this one is, but for one letter; else the word itself."""
    words, table = _LONG_WORDS[kind], _NEIGHBOURS[kind]
    if word in words or len(word) < LONG_ENOUGH:
        return word
    if word in table and table[word][0] == word[0]:
        return table[word]
    for short in sorted(_shortened(word)):
        # One letter too many, or another letter in its place, or two turned.
        if short in table and abs(len(table[short]) - len(word)) < 2 and table[short][0] == word[0]:
            return table[short]
    return word


def find(words: list[str], start: int, kind: str) -> tuple[Word, int] | None:
    """The longest closed-class phrase that begins at `start`, and how many words it takes."""
    book = BOOKS[kind]
    for length in range(min(LONGEST_PHRASE, len(words) - start), 0, -1):
        part = words[start : start + length]
        for joint in (" ", ""):
            if (word := book.get(joint.join(part))) is not None:
                return word, length
    if kind == "organisation" and words[start].isascii() and len(words[start]) > 4:
        for length in (2, 1):
            key = romaji_key(" ".join(words[start : start + length]))
            if (word := _ROMAJI_BOOK.get(key)) is not None:
                return word, length
    return None


_UNSPACED = sorted(
    (form for form in BOOKS["organisation"] if script_of(form) in (KANA, KANJI) and " " not in form and len(form) > 1),
    key=lambda form: (-len(form), form),
)


_LONG_LEGAL = [
    form for form in _UNSPACED if len(form) > 6 and script_of(form) == KANA and BOOKS["organisation"][form].kind == LEGAL
]


def _cut_mistyped(text: str) -> tuple[str, list[str]]:
    """Takes a long legal form with one typing error off either end."""
    for form in _LONG_LEGAL:
        if form in text:
            return text, []
        for length in (len(form), len(form) - 1, len(form) + 1):
            if len(text) > length + 1:
                if mended(text[:length], "organisation") == form:
                    return text[length:], [form]
                if mended(text[-length:], "organisation") == form:
                    return text[:-length], [form]
    return text, []


@lru_cache(maxsize=1 << 16)
def cut_firm(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A firm's name written without spaces: the closed-class words at its ends, and what is left between them.

    Nothing is left over only if the text was a trade and a legal form.
    """
    taken: list[str] = []
    text, legal_form = _cut_mistyped(text)
    taken += legal_form
    changed = True
    while changed:
        changed = False
        for form in _UNSPACED:
            legal = BOOKS["organisation"][form].kind == LEGAL
            if text == form and taken:
                return (), (*taken, form)
            if len(text) < len(form) + (1 if script_of(text[:1]) == KANJI or legal else 2):
                continue
            if text.endswith(form):
                text, changed = text[: -len(form)], True
            elif text.startswith(form) and legal and len(form) > 2:
                text, changed = text[len(form) :], True
            else:
                continue
            taken.append(form)
            break
    return (text,), tuple(taken)
