"""Closed-class words of names: titles, Muhammad as a prefix, relation words, legal forms, trade words.

They are found in any script, in a word of six letters or more also with one typing error behind its first letter, and are
told by their code, so that 建設, Kensetsu and کنسٹرکشن are one word. English words of firms are also known by their sound in
Urdu and kana, Japanese ones by their reading in Latin letters. `making/words.py` makes `tables/words.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rahdari.names.folding import KANA, KANJI, LATIN, URDU, fold, script_of
from rahdari.names.kanji import sound_key
from rahdari.names.keys import keys_of
from rahdari.names.letters import distance
from rahdari.names.sounds import units_of

TITLE, CLAN_TITLE, FEMALE, MUHAMMAD, RELATION = "title", "clan-title", "female", "muhammad", "relation"
PARTICLE, LEGAL, TRADE = "particle", "legal", "trade"
PERSON_CLASSES = frozenset({TITLE, CLAN_TITLE, FEMALE, MUHAMMAD, RELATION})
FIRM_CLASSES = frozenset({PARTICLE, LEGAL, TRADE})
LONGEST_PHRASE, LONG_ENOUGH = 4, 6
HEARD_UNITS = 6  # a shorter word sounds like too many names
SAME_WORD = {3: 0.3, 4: 0.75, 5: 1.2}  # by consonants that agree: cost per unit up to which a word is heard as another
HEARD_FROM = min(SAME_WORD)


@dataclass(frozen=True, slots=True)
class Word:
    """A closed-class word: its class and its codes (an abbreviation may stand for several)."""

    kind: str
    codes: tuple[str, ...]


def _read() -> tuple[dict[str, dict[str, Word]], dict[str, Word]]:
    """Words by their folded form with plain spaces, for persons and for firms; and English words of firms by their sound."""
    text = resources.files("rahdari.names").joinpath("tables", "words.tsv").read_text(encoding="utf-8")
    books: dict[str, dict[str, Word]] = {"person": {}, "organisation": {}}
    spoken: dict[str, Word] = {}
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        kind, codes, forms = line.split("\t")
        book = books["person" if kind in PERSON_CLASSES else "organisation"]
        for form in forms.split("|"):
            word = Word(kind, tuple(codes.split("+")))
            if form.startswith("~"):
                spoken.setdefault(form[1:], word)
            else:
                book.setdefault(plain(fold(form)), word)
    return books, spoken


def plain(text: str) -> str:
    """Without dots, quotes and dashes."""
    return " ".join(re.sub(r"[.'’]", "", text).replace("-", " ").split())


BOOKS, _SPOKEN = _read()
_ROMAJI_BOOK = {
    sound_key(form, KANA): word
    for form, word in BOOKS["organisation"].items()
    if script_of(form) == KANA and " " not in form and len(form) > 2
}
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


@lru_cache(maxsize=1 << 14)
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
    if kind != "organisation":
        return None
    if (word := heard(words[start])) is not None:
        return word, 1
    if words[start].isascii() and len(words[start]) > 3:
        for length in (3, 2, 1):
            key = sound_key(" ".join(words[start : start + length]), LATIN)
            if (word := _ROMAJI_BOOK.get(key)) is not None:
                return word, length
    return None


def _by_key() -> dict[str, list[tuple[str, Word]]]:
    found: dict[str, list[tuple[str, Word]]] = {}
    for form, word in _SPOKEN.items():
        for key in keys_of(form, LATIN):
            if len(key) >= HEARD_FROM:
                found.setdefault(key, []).append((form, word))
    return found


_HEARD = _by_key()


@lru_cache(maxsize=1 << 14)
def heard(text: str) -> Word | None:
    """The English word of a firm's name that a word in Urdu or kana says, if it says one."""
    script = script_of(text)
    if script not in (URDU, KANA) or len(text) < HEARD_FROM:
        return None
    units, found = units_of(text, script), None
    least = 0.0
    for key in keys_of(text, script):
        for form, word in _HEARD.get(key, ()):
            spoken = units_of(form, LATIN)
            share = distance(units, spoken, (script, LATIN)) / (len(units) + len(spoken)) * 2
            room = SAME_WORD[min(len(key), max(SAME_WORD))] - share
            if room > least and (len(key) > HEARD_FROM or len(units) >= HEARD_UNITS):
                least, found = room, word
    return found


_FORMS = {
    form: word.kind == LEGAL
    for form, word in BOOKS["organisation"].items()
    if script_of(form) in (KANA, KANJI) and " " not in form and len(form) > 1
}
_LONGEST = max(map(len, _FORMS))
_LONG_LEGAL = sorted(
    (form for form, legal in _FORMS.items() if legal and len(form) > 6 and script_of(form) == KANA),
    key=lambda form: (-len(form), form),
)


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


@lru_cache(maxsize=1 << 14)
def cut_firm(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A firm's name written without spaces: the closed-class words at its ends, and what is left between them.

    Nothing is left over only if the text was a trade and a legal form.
    """
    taken: list[str] = []
    text, legal_form = _cut_mistyped(text)
    taken += legal_form
    while True:
        if text in _FORMS and taken:
            return (), (*taken, text)
        end = _known_end(text) or _known_beginning(text) or _heard_at_the_end(text)
        if not end:
            return (text,), tuple(taken)
        text = text[: -len(end)] if text.endswith(end) else text[len(end) :]
        taken.append(end)


def _room(text: str, form: str) -> bool:
    """Whether enough of a name is left when a form is taken away."""
    needed = 1 if _FORMS[form] or script_of(text[:1]) == KANJI else 2
    return len(text) >= len(form) + needed


def _known_end(text: str) -> str:
    """The longest closed-class word a text ends with."""
    for length in range(min(_LONGEST, len(text)), 1, -1):
        if (form := text[-length:]) in _FORMS and _room(text, form):
            return form
    return ""


def _known_beginning(text: str) -> str:
    """The longest legal form a text begins with."""
    for length in range(min(_LONGEST, len(text)), 2, -1):
        if _FORMS.get(form := text[:length]) and _room(text, form):
            return form
    return ""


def _heard_at_the_end(text: str) -> str:
    """The longest run of kana at the end that says an English word, if a name is left before it."""
    for place in range(1, len(text) - HEARD_FROM):
        end = text[place:]
        if script_of(end) == KANA and end[0] not in _NO_BEGINNING and heard(end) is not None:
            return end if place > 1 or script_of(text[0]) == KANJI else ""
    return ""


_NO_BEGINNING = "ァィゥェォャュョッーン"
