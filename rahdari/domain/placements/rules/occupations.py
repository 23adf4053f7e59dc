"""Which kind of work a person means: an ISCO-08 code or free text, looked up in the tables.

Only whole titles and the listed words are recognised; what stands in no table stays
unrecognised and is never guessed. Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rahdari.base.reference import Book, Row

OUTSIDE = "outside_ssw"
UNIT_GROUP = 4
ISCO_CODE = re.compile(r"(?:isco )?(?:08 )?([0-9]{1,4})")
APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
URDU_LETTERS = str.maketrans({"\u064a": "ی", "\u0649": "ی", "\u0643": "ک", "\u0647": "ہ"})


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: its ISCO-08 codes (none when it was not recognised) and its rows of `occupations`."""

    codes: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The SSW fields the work stands in, in the order of the table."""
        return tuple(dict.fromkeys(row["field"] for row in self.rows if row["field"]))

    @property
    def outside(self) -> Row | None:
        """The row that says the work is in no SSW field."""
        return next((row for row in self.rows if row["scheme"] == OUTSIDE and not self.fields), None)


def plain(text: str) -> str:
    """A text without differences of width, case, marks, plural s and variants of Urdu letters."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES).translate(URDU_LETTERS)
    words = "".join(letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " " for letter in text).split()
    return " ".join(_singular(_latin_digits(word)) for word in words)


def _singular(word: str) -> str:
    return word[:-1] if word.isascii() and len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _latin_digits(word: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in word)


def isco_code(occupation: str) -> str | None:
    """The code meant by an occupation that is written as digits, None for words."""
    code = ISCO_CODE.fullmatch(plain(occupation))
    return code[1] if code else None


def work_of(occupation: str, book: Book) -> Work:
    """What the tables know of an occupation; a code of fewer than four digits stands for its whole group."""
    code = isco_code(occupation)
    codes = (code,) if code else _codes_named(plain(occupation), book)
    return Work(codes, tuple(row for row in book.rows("occupations") if row["isco_code"].startswith(codes)))


def _codes_named(text: str, book: Book) -> tuple[str, ...]:
    names = _names(book)
    if text in names:
        return names[text][0]
    units = {name: spaced for name, (codes, spaced) in names.items() if len(codes[0]) == UNIT_GROUP}
    inside = [name for name, spaced in units.items() if _stands_in(name, text, spaced=spaced)]
    return names[max(inside, key=len)][0] if inside else ()


def _stands_in(name: str, text: str, *, spaced: bool) -> bool:
    return f" {name} " in f" {text} " if spaced else name in text


@lru_cache(maxsize=8)
def _names(book: Book) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Every known name in plain form, with its codes and whether its language puts spaces between words."""
    names: dict[str, tuple[tuple[str, ...], bool]] = {}
    for row in book.rows("occupation_words"):
        name = plain(row["word"])
        names[name] = ((*names.get(name, ((), True))[0], row["isco_code"]), row["language"] != "ja")
    # Unit groups stand last in the file and have the finest meaning of a title that a wider group shares.
    for row in sorted(book.rows("isco08_groups"), key=lambda row: -len(row["code"])):
        names.setdefault(plain(row["label_en"]), ((row["code"],), True))
    return names
