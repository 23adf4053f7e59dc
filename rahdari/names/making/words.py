"""Makes `tables/words.tsv`, the closed-class words of names, from official vocabulary and two open packages.

`vocabulary.tsv` says what the classes and meanings are and where each comes from. Spellings are added by rule: plurals,
the English forms of a symbol of rigour, the spellings of a Wikidata name item, the reading of a Japanese noun, and the
way an English word is spoken (`~`), by which it is known in Urdu and kana. Ends of firms' names that
only Japanese has are counted in the dictionary IPADIC.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from rahdari.names.alignment import nearness
from rahdari.names.folding import KANJI, fold, script_of
from rahdari.names.making.letters import sets_of
from rahdari.names.making.readings import dictionary

VOCABULARY = Path(__file__).with_name("vocabulary.tsv")
HEAD = """\
# Closed-class words of names: class, code, forms in any script separated by |. Made by `python -m rahdari.names.making words`
# from making/vocabulary.tsv and open packages; SOURCES.md says which. ~ is how an English word is spoken.
"""
OFTEN = 10  # ends of firms' names in the dictionary that fewer firms bear are not taken up
SAME_NAME = 0.2  # cost per unit up to which a form of a name item is a spelling of the seed
SPOKEN_FROM = 6  # letters: a shorter English word sounds like too many names

_SPOKEN = [
    (re.compile(pattern), text)
    for pattern, text in (
        ("ti(?=on|al)", "sh"), ("shon", "shan"), ("sion", "shan"), ("tur(?=[ei])", "char"), ("ts$", "tes"), ("c(?=[eiy])", "s"),
        ("g(?=[ey]|i(?!v))", "j"), ("ck", "k"), ("c(?!h)", "k"), ("ph", "f"), ("qu", "kw"), ("x", "ks"), ("ies$", "eez"),
        ("(?<=[bdegilmnorvwy])s$", "z"), ("(?<=[b-df-hj-np-tv-z])e(?=[sz]?$)", ""), ("y$", "i"),
    )
]  # fmt: skip


_SILENT = re.compile("(?<=[^aeiou])[aeo]r(?![aeiou])")


@dataclass(slots=True)
class Line:
    """One meaning: its class, its code, where it comes from, its forms."""

    kind: str
    code: str
    source: str
    forms: list[str]


class Sources:
    """What the packages in a folder of site packages tell: symbols of firms, spellings of names, Japanese nouns."""

    def __init__(self, site: Path) -> None:
        sys.path.insert(0, str(site))
        self.symbols: dict[str, tuple[str, ...]] = importlib.import_module("rigour.data.names.data").ORG_SYMBOLS
        self.items = list(sets_of(site / "rigour" / "data" / "names" / "persons.txt"))
        self.nouns: dict[str, str] = {}
        self.ends: Counter[str] = Counter()
        firms = []
        for surface, reading, kind, _ in dictionary(site):
            if kind.startswith(("名詞,一般", "名詞,サ変接続", "名詞,接尾,一般")):
                self.nouns.setdefault(fold(surface), reading)
            elif kind.startswith("名詞,固有名詞,組織"):
                firms.append((fold(surface), reading))
        for surface, reading in firms:
            for length in (2, 3, 4):
                end = surface[-length:]
                if len(surface) > length and end in self.nouns and reading.endswith(self.nouns[end]):
                    self.ends[end] += 1

    def spellings(self, seed: str) -> list[str]:
        """The forms of the name items that have this form, as far as they sound like it."""
        script = script_of(seed)
        items = [item for item in self.items if seed in item.get(script, ())]
        return [
            form
            for item in items
            for other, forms in item.items()
            for form in forms
            if " " not in form and nearness(seed, script, form, other, 1.0) < SAME_NAME
        ]


def spoken(word: str) -> str:
    """How an English word is spoken, in letters that each have one sound."""
    for pattern, text in _SPOKEN:
        word = pattern.sub(text, word)
    return word


def _said(word: str) -> list[str]:
    """How a word is spoken; a plural also as its letters say, and an r behind a vowel also not spoken, as in kana."""
    said = spoken(word)
    forms = [said, said[:-1] + "s"] if said.endswith("z") else [said]
    return forms + [_SILENT.sub("a", form) for form in forms]


def read() -> list[Line]:
    """The lines of the vocabulary."""
    lines = []
    for text in VOCABULARY.read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            kind, code, source, forms = text.split("\t")
            lines.append(Line(kind, code, source, forms.split("|")))
    return lines


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def spelt_out(line: Line, sources: Sources) -> list[str]:
    """All forms of one meaning."""
    plain = [form.rstrip("+*").partition("=")[0] for form in line.forms if not form.startswith("@")]
    stems = {form[:4] for form in plain if form.isascii()}
    found: list[str] = []
    for form in line.forms:
        if form.startswith("@"):
            found += [one for one in map(fold, sources.symbols[form[1:]]) if one.isascii() and one[:4] in stems]
        elif form.endswith("+"):
            found += [form[:-1], _plural(form[:-1])]
        elif form.endswith("*"):
            found += [form[:-1], *sources.spellings(fold(form[:-1]))]
        elif "=" in form:
            found += form.split("=")
        else:
            found.append(form)
            if script_of(form) == KANJI and form in sources.nouns and len(form) > 1:
                found.append(sources.nouns[form])
    if line.kind in ("trade", "legal"):
        long = [one for one in found if one.isascii() and one.isalpha() and len(one) >= SPOKEN_FROM]
        found += ["~" + one for word in long for one in _said(word)]
    return list(dict.fromkeys(found))


def _japanese(sources: Sources, known: set[str]) -> list[Line]:
    """The ends of firms' names in the dictionary that no line translates."""
    return [
        Line("trade", end, "IPADIC", [end, sources.nouns[end]])
        for end, times in sorted(sources.ends.items(), key=lambda pair: (-pair[1], pair[0]))
        if times >= OFTEN and end not in known and script_of(end) == KANJI
    ]


def write(site: Path, out: Path) -> None:
    """Writes the table, one class and source after the other."""
    sources = Sources(site)
    told = [Line(line.kind, line.code, line.source, spelt_out(line, sources)) for line in read()]
    known = {fold(form) for line in told for form in line.forms}
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in [*told, *_japanese(sources, known)]:
        groups[line.kind, line.source].append(line)
    text = HEAD
    for (kind, source), lines in groups.items():
        text += f"# {kind}: {source}\n" + "".join(f"{one.kind}\t{one.code}\t{'|'.join(one.forms)}\n" for one in lines)
    out.write_text(text, encoding="utf-8")
