"""One spelling for many: widths, Urdu letters, kana, digits, invisible marks, spaced-out words; each letter knows its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Letters of other keyboards and older encodings, written as Urdu writes them; the vowel carriers under one roof.
URDU = dict(zip("يىكەةهھۀۂۃآأإٱؤئۓ", "ییکہہہہہہہااااویے", strict=True))
# Greek and Cyrillic letters that look like Latin ones.
LOOKALIKES = dict(zip("аеорсухіјѕԁһӏѵԛԝαεορνικτυ", "aeopcyxijsdhlvqwaeopviktu", strict=True))
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
VOICED = "\u3099\u309a\uff9e\uff9f"
BREAKS = re.compile(r" *\n[ \n]*")
BULLET = re.compile(r"(?:[-*•‣◦▪●○■□・※–—]|\(?[0-9a-z]{1,3}[.):、]|第[0-9一二三四五六七八九十百]+条|[①-⑳])")
HYPHENATED = re.compile(r"(?<=[a-z])[-\u2010] ?\n ?(?=[a-z])")
SPACED_OUT = re.compile(r"(?<![a-z0-9])[a-z]([ .*_-])[a-z](?:\1[a-z]){2,}(?![a-z0-9])")
DOTTED = re.compile("(?<![一-鿿])[一-鿿](?:・[一-鿿]){2,}(?![一-鿿])")
JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uff66-\uff9d"
GAP_IN_JAPANESE = re.compile(f"(?<=[{JAPANESE}0-9]) +(?=[{JAPANESE}])|(?<=[{JAPANESE}]) +(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one spelling; `places[n]` is where in the text as given the n-th letter begins and ends."""

    text: str
    places: tuple[tuple[int, int], ...]

    def cut(self, begin: int, end: int) -> Folded:
        """A stretch of it."""
        return Folded(self.text[begin:end], self.places[begin:end])

    def joined(self, other: Folded) -> Folded:
        """It and another one after it."""
        return Folded(self.text + other.text, self.places + other.places)

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the text as given."""
        held = self.places[begin:end]
        return min(one[0] for one in held), max(one[1] for one in held)

    def without(self, pattern: re.Pattern[str], kept: str = "") -> Folded:
        """The same without what a pattern matches, or without all in it but the letters of a class."""
        letters: list[str] = []
        places: list[tuple[int, int]] = []
        at = 0
        for hit in pattern.finditer(self.text):
            letters.append(self.text[at : hit.start()])
            places += self.places[at : hit.start()]
            if kept:
                inside = [n for n in range(hit.start(), hit.end()) if re.match(kept, self.text[n])]
                letters += [self.text[n] for n in inside]
                places += [self.places[n] for n in inside]
            at = hit.end()
        return Folded("".join([*letters, self.text[at:]]), (*places, *self.places[at:]))


def letters_of(text: str) -> str:
    """The letters of a text in one spelling, without regard to their places; also for the words of the tables."""
    return "".join(_one(letter) for letter in unicodedata.normalize("NFKC", text))


def fold(text: str) -> Folded:
    """A text in one spelling: what looks or sounds the same is the same, broken words are joined, lines flow into each other."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for begin, end in _clusters(text):
        for letter in _kept(text[begin:end]):
            if letter == " " and letters and letters[-1] == " ":
                continue
            letters.append(letter)
            places.append((begin, end))
    folded = Folded("".join(letters), tuple(places)).without(HYPHENATED)
    folded = _lines(folded)
    folded = folded.without(re.compile(r"(?<= ) +|^ +"))
    return folded.without(SPACED_OUT, "[a-z]").without(DOTTED, "[^・]").without(GAP_IN_JAPANESE)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Letters with the marks that belong to them, so that a half-width か and its dots become one."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or text[end] in VOICED):
            end += 1
        yield at, end
        at = end


def _kept(cluster: str) -> str:
    """What remains of a letter and its marks."""
    if cluster in "\n\u2028\u2029\x0b\x0c":
        return "\n"
    if cluster == "\r":
        return " "
    folded = unicodedata.normalize("NFKC", cluster)
    return "".join(_one(letter) for letter in folded if unicodedata.category(letter) not in ("Mn", "Cf") and letter != "ـ")


def _one(letter: str) -> str:
    if letter.isspace() and letter != "\n":
        return " "
    number = unicodedata.decimal(letter, None)
    if number is not None:
        return str(number)
    small = letter.casefold().translate(HIRAGANA)
    small = LOOKALIKES.get(URDU.get(small, small), URDU.get(small, small))
    return {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "—": "-", "ヵ": "カ", "ヶ": "カ"}.get(
        small, small
    )


def _lines(folded: Folded) -> Folded:
    """A line break is a space, unless an empty line or a new point of a list follows."""
    letters = list(folded.text)
    for hit in BREAKS.finditer(folded.text):
        broken = hit[0].count("\n") > 1 or BULLET.match(folded.text, hit.end())
        for at in range(hit.start(), hit.end()):
            letters[at] = " "
        if broken:
            letters[hit.start()] = "\n"
    return Folded("".join(letters), folded.places)
