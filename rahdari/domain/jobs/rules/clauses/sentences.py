"""A text parted into sentences; the points of a list hear the sentence that leads them ("the worker shall not: …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import Folded, letters_of

ENDS = re.compile(r"[。!?؟۔؛;\n]+|\.(?=\s|$)|\.(?=\()")
SHORT = re.compile(
    r"(?:\b(?:no|nos|art|arts|rs|co|ltd|inc|mr|mrs|ms|dr|st|cf|vs|etc|e\.g|i\.e|p\.m|a\.m|sec|para|pvt|jpy|usd)|\b[0-9]{1,2}|^[a-z])$"
)
POINT = re.compile(r"^\s*(?:[-*•・●○■□]|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.):]|[①-⑳]|\([一二三四五六七八九十]\))")
LEADS = re.compile(letters_of(r":\s*$|(?:次|以下|下記)(?:の|に)|the following|as follows|(?:درج|مندرجہ) ذیل"))
LONGEST = 1200  # letters of one sentence; what goes on longer is read in pieces


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and the leading sentence it stands under when it is a point of a list."""

    folded: Folded
    lead: str = ""

    @property
    def text(self) -> str:
        return self.folded.text


def sentences(folded: Folded) -> Iterator[Sentence]:
    """The sentences of a text in their order."""
    lead = ""
    for begin, end in _parted(folded.text):
        text = folded.text[begin:end]
        if not text.strip():
            continue
        point = POINT.match(text)
        if not point and not _goes_on(folded.text, begin):
            lead = ""
        yield Sentence(folded.cut(begin, end), lead)
        if LEADS.search(text):
            lead = text
        colon = re.search(r":\s*(?=[-(0-9①-⑳・])", text)
        if colon:
            lead = text[: colon.start()]


def _goes_on(text: str, begin: int) -> bool:
    """Whether a sentence is a further point of an unnumbered list, after a semicolon."""
    return text[max(0, begin - 4) : begin].rstrip().endswith((";", "؛"))


def _parted(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in ENDS.finditer(text):
        if end[0] == "." and SHORT.search(text[max(0, end.start() - 6) : end.start()]) and text[end.end() :].strip():
            continue
        yield from _short(text, begin, end.end())
        begin = end.end()
    yield from _short(text, begin, len(text))


def _short(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at a space where it never ends."""
    while end - begin > LONGEST:
        cut = text.rfind(" ", begin + 1, begin + LONGEST)
        cut = begin + LONGEST if cut < 0 else cut
        yield begin, cut
        begin = cut
    yield begin, end
