"""Names taken apart: what is title, relation, legal form, trade or place, and what is the name itself.

`parse` is deterministic and keeps every word: those that only go with the name are in `beside`, those of the father in
`father`. A Japanese name without a space may be parted in several ways; each is a `Reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rahdari.names import lexicon
from rahdari.names.folding import KANA, KANJI, LATIN, fold, script_of
from rahdari.names.kanji import FAMILY, GIVEN, OTHER, splits

PERSON, ORGANISATION = "person", "organisation"
MOST_LETTERS, MOST_WORDS = 250, 14  # what stands behind them is not read: no name is as long
PLACE, INITIAL, NAME = "place", "initial", "name"


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: folded text, its script, its class, its codes, and how its kanji are read (s, g or w)."""

    text: str
    script: str
    kind: str = NAME
    codes: tuple[str, ...] = ()
    read_as: str = OTHER


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. `ways` are the possible partings of the name proper, the likeliest first.

    `joined` is a name in kana without a space; `spoken` are all words of a person's name but the father's, in their order.
    """

    kind: str
    folded: str
    ways: tuple[tuple[Part, ...], ...]
    father: tuple[Part, ...] = ()
    beside: tuple[Part, ...] = ()
    joined: bool = False
    spoken: tuple[Part, ...] = ()

    @property
    def core(self) -> tuple[Part, ...]:
        """The words of the name proper."""
        return self.ways[0]

    def codes(self, kind: str) -> frozenset[str]:
        """The codes of one class of words that go with the name."""
        return frozenset(code for part in self.beside if part.kind == kind for code in part.codes)


_SHORT_FORMS = [
    (re.compile(pattern), text)
    for pattern, text in (
        (r"\(株\)", " 株式会社 "),
        (r"\(有\)", " 有限会社 "),
        (r"\(同\)", " 合同会社 "),
        (r"\([一]社\)", " 一般社団法人 "),
        (r"\([一]財\)", " 一般財団法人 "),
        (r"\((?:協|協組)\)", " 協同組合 "),
        (r"^カ\)|\(カ\)?$|\(カ\)", " カブシキガイシャ "),
        (r"^ユ\)|\(ユ\)?$|\(ユ\)", " ユウゲンガイシャ "),
        (r"^ド\)|\(ド\)?$|\(ド\)", " ゴウドウガイシャ "),
        (r"カ\)$", " カブシキガイシャ "),
        (r"ユ\)$", " ユウゲンガイシャ "),
        (r"ド\)$", " ゴウドウガイシャ "),
    )
]
_RELATION = re.compile(r"(?<![a-z])([sdw])\s*/\s*o(?![a-z])\.?|\(父\)")
_RELATION_WORDS = {"s": " walad ", "d": " bint ", "w": " wife_of ", None: " walad "}
_MESSRS = re.compile(r"^m\s*/\s*s\.?\s+")
_PLACE_SIGN = re.compile(r"\(([^()]*)\)|(?:,|\s-)\s*([^,()-]+)$")
_SPLIT = re.compile(r"[\s・･,/\-–—_()\[\]\"“”«»:;|+]+")
_AND = re.compile(r"\s*[&＆]\s*")
_SUN_ARTICLES = {"ar", "as", "ash", "an", "ad", "at", "az", "ur", "us", "ush", "un", "ud"}
_HONORIFIC = re.compile(r"(様|殿|氏|さん|サン|サマ)$")


def _read_places() -> frozenset[str]:
    text = resources.files("rahdari.names").joinpath("tables", "places.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


_PLACES = _read_places()


def _words(text: str) -> list[str]:
    words = [word for raw in _SPLIT.split(text) for word in lexicon.plain(raw.replace(".", " ")).split()]
    for place, word in enumerate(words[:-1]):
        # The article before a sun letter: ar-Raheem is al-Raheem.
        if word in _SUN_ARTICLES and words[place + 1].startswith(word[1:]) and len(words[place + 1]) > 3:
            words[place] = "al"
    return words[:MOST_WORDS]


def _word(text: str, word: lexicon.Word | None = None, read_as: str = OTHER) -> Part:
    return Part(text, script_of(text), word.kind if word else NAME, word.codes if word else (), read_as)


@lru_cache(maxsize=1 << 13)
def parse(text: str, kind: str = PERSON) -> Name:
    """Takes a name apart; `kind` is `person` or `organisation`."""
    return parsed_once(text, kind)


def parsed_once(text: str, kind: str) -> Name:
    """As `parse`, without keeping the result for the next time."""
    folded = fold(text[:MOST_LETTERS])[:MOST_LETTERS]
    return _firm(folded) if kind == ORGANISATION else _person(folded)


# ------------------------------------------------------------------------------------------------------------ persons
def _person(folded: str) -> Name:
    text = _RELATION.sub(lambda found: _RELATION_WORDS[found[1]], folded)
    words = _words(text)
    if any(script_of(word) == KANJI for word in words) and not any(script_of(word) == LATIN for word in words):
        return _japanese(folded, words)
    parts = _classified(words, PERSON)
    relation = next((at for at, part in enumerate(parts) if part.kind == lexicon.RELATION and 0 < at < len(parts) - 1), None)
    before, after = (parts, []) if relation is None else (parts[:relation], parts[relation + 1 :])
    core, beside = _person_core(before)
    father, _ = _person_core(after)
    joined = len(core) == 1 and core[0].script == KANA and len(core[0].text) > 4
    if joined:
        core, beside = _run_together(core[0], beside)
    return Name(PERSON, folded, (tuple(core),), tuple(father), tuple(beside), joined, tuple(before))


def _run_together(part: Part, beside: list[Part]) -> tuple[list[Part], list[Part]]:
    """Kana without a space: long closed-class words at its beginning, and Muhammad anywhere, are taken out of it."""
    text, taken = part.text, []
    for form, word in _KANA_FORMS:
        at = text.find(form)
        if (at == 0 or (at > 0 and word.kind == lexicon.MUHAMMAD)) and len(text) - len(form) > 2:
            text = text[:at] + text[at + len(form) :]
            taken.append(_word(form, word))
    return [Part(text, KANA)], [*beside, *taken]


_KANA_FORMS = sorted(
    ((form, word) for form, word in lexicon.BOOKS[PERSON].items() if script_of(form) == KANA and len(form) > 3),
    key=lambda pair: (-len(pair[0]), pair[0]),
)


def _person_core(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """What is the name, and what only goes with it; a name of such words alone keeps the last of them."""
    loose = {lexicon.TITLE, lexicon.CLAN_TITLE, lexicon.FEMALE, lexicon.MUHAMMAD, lexicon.RELATION, INITIAL}
    core = [part for part in parts if part.kind not in loose]
    beside = [part for part in parts if part.kind in loose]
    for kind in (lexicon.CLAN_TITLE, lexicon.MUHAMMAD, lexicon.FEMALE, lexicon.TITLE, INITIAL):
        if len(core) > 1 or (core and kind not in (lexicon.CLAN_TITLE, lexicon.MUHAMMAD)):
            break
        for part in [one for one in beside if one.kind == kind]:
            beside.remove(part)
            core.append(part)
    order = {id(part): at for at, part in enumerate(parts)}
    return sorted(core, key=lambda part: order[id(part)]), beside


def _classified(words: list[str], kind: str) -> list[Part]:
    parts: list[Part] = []
    at = 0
    plain = [lexicon.mended(word, kind) if kind == ORGANISATION else word for word in words]
    while at < len(words):
        found = lexicon.find(plain, at, kind)
        if found is not None:
            word, length = found
            parts.append(_word(" ".join(words[at : at + length]), word))
            at += length
            continue
        initial = len(words[at]) == 1 and words[at].isascii()
        parts.append(Part(words[at], script_of(words[at]), INITIAL if initial else NAME))
        at += 1
    return parts


def _japanese(folded: str, words: list[str]) -> Name:
    beside: list[Part] = []
    kept: list[str] = []
    for word in words:
        bare = _HONORIFIC.sub("", word)
        if bare != word and len(bare) > 0:
            beside.append(_word(word[len(bare) :], lexicon.BOOKS[PERSON].get(word[len(bare) :])))
        if bare and bare not in ("様", "殿", "氏", "君"):
            kept.append(bare)
    if len(kept) == 1 and len(kept[0]) > 1:
        ways = tuple((_word(family, None, FAMILY), _word(given, None, GIVEN)) for family, given in splits(kept[0]))
        return Name(PERSON, folded, ways, beside=tuple(beside))
    way = [_word(word, None, FAMILY if place == 0 else GIVEN) for place, word in enumerate(kept)]
    return Name(PERSON, folded, (tuple(way),), beside=tuple(beside))


# -------------------------------------------------------------------------------------------------------------- firms
def _firm(folded: str) -> Name:
    text = _MESSRS.sub("", folded)
    for pattern, form in _SHORT_FORMS:
        text = pattern.sub(form, text)
    text = re.sub(r"\((pvt|private|p)\.?\)", r" \1 ", text)
    text = re.sub(r"(?<![a-z.])p\.?\s+(?=l(imi)?te?d\b)", "private ", text)
    text = _AND.sub(" and ", text).replace("'", "").replace("’", "")
    text = re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", text)  # O.E.P., K.K.
    beside: list[Part] = []
    text = _without_place(text, beside)
    words = _words(text)
    parts: list[Part] = []
    for part in _classified(words, ORGANISATION):
        parts += _unspaced(part) if part.kind == NAME and part.script in (KANA, KANJI) else [part]
    loose = {lexicon.LEGAL, lexicon.TRADE, lexicon.PARTICLE, PLACE}
    if any(one.kind in loose for one in parts):
        parts = _without_last_places(parts, beside)
    core = [part for part in parts if part.kind not in loose]
    beside += [part for part in parts if part.kind in loose]
    if not core:
        core = [part for part in parts if part.kind == lexicon.TRADE][:1] or parts[:1]
        beside = [part for part in beside if part not in core]
    return Name(ORGANISATION, folded, (tuple(core),), beside=tuple(beside))


def _without_last_places(parts: list[Part], beside: list[Part]) -> list[Part]:
    """The words of a firm without towns of one or two words at their end."""
    taken = True
    while taken:
        taken = False
        for length in (2, 1):
            last = parts[-length:]
            text = " ".join(part.text for part in last)
            if len(parts) > length and text in _PLACES and all(part.kind == NAME for part in last):
                beside.append(Part(text, last[0].script, PLACE))
                parts, taken = parts[:-length], True
                break
    return parts


def _without_place(text: str, beside: list[Part]) -> str:
    """The text without a place in parentheses, or behind a comma or a dash, at its end."""
    signs = list(_PLACE_SIGN.finditer(text))
    if not signs or signs[-1].start() < 3:
        return text
    found = signs[-1]
    told = (found[1] or found[2] or "").strip()
    words = told.replace(".", " ").split()
    closed = any(
        lexicon.find([lexicon.mended(word, ORGANISATION) for word in words], at, ORGANISATION) for at in range(len(words))
    )
    if not words or len(words) > 3 or closed or script_of(told) == KANJI:
        return text
    beside.append(Part(told, script_of(told), PLACE))
    return text[: found.start()] + " " + text[found.end() :]


def _unspaced(part: Part) -> list[Part]:
    left, taken = lexicon.cut_firm(part.text)
    book = lexicon.BOOKS[ORGANISATION]
    parts = [_word(run) for rest in left for run in re.findall("[\u3400-\u9fff々ヶ]+|[^\u3400-\u9fff々ヶ]+", rest)]
    return parts + [_word(form, book.get(form) or lexicon.heard(form)) for form in taken]
