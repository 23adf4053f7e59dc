"""The clause check against a plain list of keywords, in the same run: precision and recall by language and by code.

`python bench/clauses.py [--part PART] [--errors]`. The texts stand in `bench/clauses/`: `{code:phrase}` must be found,
`{code?:phrase}` may be. A finding counts when its code stands there and its span touches the marked phrase; one that
touches nothing marked is a false one. The rules were written against `development_*`; `held_out_*` were written before
them and are only counted. The same rules stand behind `rahdari contracts check-clauses FILE`.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rahdari.base.reference import Book, shipped_book
from rahdari.domain.jobs.rules.clauses import CODES, find_clauses

FOLDER = Path(__file__).parent / "clauses"
SHORT = {
    "D": "deposit",
    "P": "penalty",
    "K": "passport_keeping",
    "W": "deduction",
    "F": "limits_on_freedom",
    "B": "pay_below_japanese",
}
MARK = re.compile(r"\{([DPKWFB])(\??):")
ESCAPES = {"\\n": "\n", "\\u00ad": "\u00ad", "\\u0430": "\u0430", "\\u200c": "\u200c"}
KEYWORDS = {
    "deposit": "deposit|bond|security|collateral|guarantee|保証金|担保|預り金|預け|زر ضمانت|ضمانت|ڈپازٹ|سیکیورٹی",
    "penalty": "penalty|fine|liquidated damages|forfeit|違約金|罰金|損害賠償|جرمانہ|ہرجانہ",
    "passport_keeping": "passport|residence card|旅券|パスポート|在留カード|پاسپورٹ|ریزیڈنس کارڈ",
    "deduction": "deduct|withhold|savings|控除|天引き|差し引|積立|کٹوتی|کاٹ|منہا",
    "limits_on_freedom": "go out|going out|curfew|marry|marriage|pregnan|phone|union|外出|門限|結婚|妊娠|携帯電話|組合|転職|"
    "شادی|حمل|موبائل|یونین|باہر",
    "pay_below_japanese": "less than japanese|lower than|foreign worker|日本人より|外国人|جاپانی سے کم|غیر ملکی",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    code: str
    begin: int
    end: int
    must: bool = True


@dataclass(frozen=True, slots=True)
class Sample:
    language: str
    text: str
    phrases: tuple[Phrase, ...]


def read_sample(line: str, language: str) -> Sample:
    """A line of a set: the text without its marks, and where the marked phrases stand in it."""
    for written, meant in ESCAPES.items():
        line = line.replace(written, meant)
    text, phrases = "", []
    at = 0
    while mark := MARK.search(line, at):
        end = line.index("}", mark.end())
        text += line[at : mark.start()]
        phrases.append(Phrase(SHORT[mark[1]], len(text), len(text) + end - mark.end(), not mark[2]))
        text += line[mark.end() : end]
        at = end + 1
    return Sample(language, text + line[at:], tuple(phrases))


def samples(part: str) -> list[Sample]:
    """The texts of one part, in three languages."""
    return [
        read_sample(line, language)
        for language in ("en", "ur", "ja")
        for line in (FOLDER / f"{part}_{language}.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def naive(text: str) -> list[Phrase]:
    """What a list of words finds."""
    return [Phrase(code, *hit.span()) for code, words in KEYWORDS.items() for hit in re.finditer(words, text.casefold())]


def ours(book: Book, sample: Sample) -> list[Phrase]:
    return [Phrase(one.code, one.begin, one.end) for one in find_clauses(sample.text, book, sample.language)]


def judge(sample: Sample, found: list[Phrase], tally: Counter[tuple[str, str, str]]) -> list[str]:
    """Counts what was found, missed and wrongly found; the errors in words."""
    errors, used = [], set()
    for one in {(f.code, f.begin, f.end): f for f in found}.values():
        met = [p for p in sample.phrases if p.code == one.code and p.begin < one.end and one.begin < p.end]
        if not met:
            tally[sample.language, one.code, "false"] += 1
            errors.append(f"FALSE {one.code}: {sample.text[one.begin : one.end]!r}")
        used.update(met)
    for one in sample.phrases:
        if one.must:
            tally[sample.language, one.code, "found" if one in used else "missed"] += 1
            errors += [] if one in used else [f"MISSED {one.code}: {sample.text[one.begin : one.end]!r}"]
    return errors


def table(name: str, tally: Counter[tuple[str, str, str]]) -> list[str]:
    """The figures as lines of a table."""

    def figures(keys: list[tuple[str, str]]) -> str:
        found, missed, false = (sum(tally[*key, what] for key in keys) for what in ("found", "missed", "false"))
        precision, recall = (f"{found / total:.3f}" if (total := found + other) else "–" for other in (false, missed))
        return f"{precision} | {recall} | {found} | {missed} | {false}"

    languages = ("en", "ur", "ja")
    rows = [(f"{language}, all", [(language, code) for code in CODES]) for language in languages]
    rows += [(code, [(language, code) for language in languages]) for code in CODES]
    rows.append(("all", [(language, code) for language in languages for code in CODES]))
    return [f"| {name} | {label} | {figures(keys)} |" for label, keys in rows]


def overlap(sample: Sample, found: list[Phrase]) -> list[float]:
    """How well each found phrase lies on the marked one: common letters by all letters of both."""
    shares = []
    for marked in (one for one in sample.phrases if one.must):
        met = [one for one in found if one.code == marked.code and one.begin < marked.end and marked.begin < one.end]
        shares += [max(_share(one, marked) for one in met)] if met else []
    return shares


def _share(one: Phrase, other: Phrase) -> float:
    common = min(one.end, other.end) - max(one.begin, other.begin)
    return common / (max(one.end, other.end) - min(one.begin, other.begin))


def main() -> None:
    """Prints the tables."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--part", choices=("development", "held_out"), action="append")
    ask.add_argument("--errors", action="store_true", help="every error, for the development texts only")
    asked = ask.parse_args()
    book = shipped_book()
    for part in asked.part or ("development", "held_out"):
        texts = samples(part)
        find_clauses("", book)
        began = time.perf_counter()
        found = [ours(book, one) for one in texts]
        spent = time.perf_counter() - began
        counts: dict[str, Counter[tuple[str, str, str]]] = {"ours": Counter(), "keywords": Counter()}
        for sample, ours_found in zip(texts, found, strict=True):
            errors = judge(sample, ours_found, counts["ours"])
            judge(sample, naive(sample.text), counts["keywords"])
            if asked.errors and part == "development" and errors:
                print(sample.language, repr(sample.text), *errors, sep="\n    ")
        laid = [share for sample, one in zip(texts, found, strict=True) for share in overlap(sample, one)]
        marked = sum(one.must for sample in texts for one in sample.phrases)
        print(f"\n{part}: {len(texts)} texts, {marked} phrases; {1000 * spent / len(texts):.2f} ms a text; "
              f"overlap with the marked phrase {sum(laid) / max(1, len(laid)):.2f}")  # fmt: skip
        print("| who | what | precision | recall | found | missed | false |\n|---|---|---|---|---|---|---|")
        for who, tally in counts.items():
            print(*table(who, tally), sep="\n")


if __name__ == "__main__":
    main()
