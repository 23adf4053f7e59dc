"""Queries with planted answers for the benchmark of the portal: lines in three languages that describe a vacancy, typed well
and badly.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from rahdari.base.reference import shipped_book
from rahdari.domain.jobs.rules.romaji import on_signs

from .portal_filling import FIRST, Invented

LANGUAGES = ("en", "ur", "ja")
# How the parts of the invented names are written by those who heard them.
HEARD = {
    "Hinata": ("ہیناتا", "ひなた"), "Minamo": ("مینامو", "みなも"), "Kazemori": ("کازےموری", "かぜもり"),
    "Tsukishiro": ("تسوکیشیرو", "つきしろ"), "Aomori": ("آوموری", "あおもり"), "Hoshino": ("ہوشینو", "ほしの"),
    "Yukimura": ("یوکیمورا", "ゆきむら"), "Akane": ("آکانے", "あかね"), "Wakaba": ("واکابا", "わかば"),
    "Midori": ("میدوری", "みどり"), "Soramachi": ("سوراماچی", "そらまち"), "Kisaragi": ("کیساراگی", "きさらぎ"),
    "Nagisa": ("ناگیسا", "なぎさ"), "Komorebi": ("کوموریبی", "こもれび"), "Asahi": ("آساہی", "あさひ"),
}  # fmt: skip
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ur": "ابپتٹجچدڈرزسشفقکگلمنوہی",
    "ja": "アイウエオカキクケコサシスセソタチツテトナニヌネノ",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A typed line, the vacancy it describes, and which others it describes too: all that share what the line names."""

    text: str
    language: str
    errors: int
    kind: str
    planted: Invented
    same: tuple[str, ...]


def queries(rows: Sequence[Invented], count: int, seed: int = 13) -> list[Query]:
    """So many lines, a third in each language, half of them with one letter wrong in one word."""
    chance = random.Random(seed)
    words = _Words()
    made: list[Query] = []
    while len(made) < count:
        language, row = LANGUAGES[len(made) % 3], rows[chance.randrange(len(rows))]
        kind = chance.choice(("work and prefecture", "work and town", "work and employer"))
        parts = words.of(row, language, kind)
        if parts is None:
            continue
        errors = len(made) // 3 % 2
        if errors:
            parts = _one_wrong(parts, language, chance)
        same = {"work and prefecture": "prefecture", "work and town": "municipality", "work and employer": "employer"}[kind]
        made.append(Query(" ".join(parts), language, errors, kind, row, ("field", same)))
    return made


class _Words:
    def __init__(self) -> None:
        book = shipped_book()
        self.fields = {row["code"]: row for row in book.rows("fields")}
        self.prefectures = {row["code"]: row for row in book.rows("prefectures")}
        self.urdu = {row["prefecture"]: row["word"] for row in book.rows("place_words", language="ur", name="yes")}
        self.towns = {row["lgcode"]: row for row in book.rows("japan_municipalities")}

    def of(self, row: Invented, language: str, kind: str) -> list[str] | None:
        """The words of a line that describes a vacancy; None where this language has none of the kind."""
        told = row.demand
        work = str(self.fields[str(told["field"])][f"name_{language}"])
        if language != "ja":  # people type the first word or two, not the name of the law
            work = " ".join(work.replace(",", " ").replace("(", " ").split()[:2])
        if kind == "work and employer":
            first = str(told["employer_name"]).split()[0]
            return [work, first if language == "en" else HEARD[first][LANGUAGES.index(language) - 1]]
        if kind == "work and prefecture":
            prefecture = self.prefectures[str(told["prefecture"])]
            names = {"en": prefecture["name_en"], "ja": prefecture["name_ja"], "ur": self.urdu[prefecture["code"]]}
            return [work, names[language]]
        if language == "ur":
            return None
        town = self.towns[str(told["municipality"])]
        first, read = town["city"].split()[0], town["citykana"].split()[0]
        ends = ("し", "ちょう", "まち", "むら", "そん", "く", "ぐん")
        bare = read.removesuffix(next((end for end in ends if read.endswith(end)), ""))
        return [work, first if language == "ja" else on_signs(bare)] if len(on_signs(bare)) > 3 else None


def _one_wrong(parts: list[str], language: str, chance: random.Random) -> list[str]:
    """One letter of one word of four letters or more left out, doubled, changed, or swapped with the next."""
    words = " ".join(parts).split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 4]
    if not long:
        return words
    at = chance.choice(long)
    word, place = words[at], chance.randrange(1, len(words[at]) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    letters = LETTERS[language]
    wrong = {"left out": before + after, "doubled": before + letter * 2 + after}
    wrong["changed"] = before + chance.choice(letters) + after
    wrong["swapped"] = before + after[:1] + letter + after[1:]
    return [*words[:at], wrong[chance.choice(sorted(wrong))], *words[at + 1 :]]


assert set(HEARD) == set(FIRST)
