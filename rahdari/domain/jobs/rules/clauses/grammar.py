"""The words and patterns of the tables as one language reads them; compiled once an edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rahdari.base.reference import Book

from .folding import letters_of

URDU_WORD = re.compile("(?<![\u0620-\u06d3])[\u0620-\u064a\u066e-\u06d3]{3,}")
LONG = 5
NOT_INSIDE_A_WORD = "(?<![\u0620-\u06d3])"
LANGUAGES = ("en", "ur", "ja")
SENSES = ("said", "denied", "withheld", "either")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Classes of words that together say one forbidden thing.

    `act` is the one whose "not" counts. By `sense` the thing is forbidden when it is `said` ("keeps the passport"), when it
    is `denied` or made to cost ("shall not marry"), when it is `withheld` ("not given back"), or `either` way. `unless` are
    classes that make a sentence lawful, `despite` overrules them.
    """

    code: str
    parts: tuple[str, ...]
    act: int
    ordered: bool
    within: int
    sense: str
    unless: tuple[str, ...]
    despite: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one language knows: its classes of words as expressions, and its patterns."""

    language: str
    words: Mapping[str, re.Pattern[str]]
    patterns: tuple[Pattern, ...]


@lru_cache(maxsize=16)
def grammar(book: Book, language: str) -> Grammar:
    """The grammar of a language in one edition of the tables; rows that have ended are no longer read."""
    classes: dict[str, list[str]] = {}
    for row in book.rows("clause_words", language=language, valid_until=""):
        classes.setdefault(row["class"], []).append(_spelt(row["words"]))
    words = {name: re.compile("|".join(f"(?:{one})" for one in every)) for name, every in classes.items()}
    return Grammar(
        language, words, tuple(_pattern(row) for row in book.rows("clause_patterns", language=language, valid_until=""))
    )


def _pattern(row: Mapping[str, str]) -> Pattern:
    parts = row["parts"].split("|")
    act = next((n for n, part in enumerate(parts) if part.endswith("*")), 0)
    return Pattern(
        code=row["code"],
        parts=tuple(part.removesuffix("*") for part in parts),
        act=act,
        ordered=row["order"] == "given",
        within=int(row["within"]),
        sense=row["sense"],
        unless=tuple(filter(None, row["unless"].split("|"))),
        despite=tuple(filter(None, row["despite"].split("|"))),
        confidence=row["confidence"],
    )


def _spelt(words: str) -> str:
    """An expression of the tables in the one spelling; Urdu words begin as words do, long ones may hold a space that crept in."""
    return URDU_WORD.sub(
        lambda hit: NOT_INSIDE_A_WORD + (" ?".join(hit[0]) if len(hit[0]) >= LONG else hit[0]), letters_of(words)
    )
