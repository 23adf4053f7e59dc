"""Pay of a Japanese and pay of a foreign worker side by side in one sentence: found when the other is the lower."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .folding import letters_of
from .grammar import Grammar

TIMES = {letters_of(word): factor for word, factor in {
    "万": 10_000, "千": 1_000, "lakh": 100_000, "lakhs": 100_000, "thousand": 1_000, "hundred": 100,
    "لاکھ": 100_000, "ہزار": 1_000, "سو": 100,
}.items()}  # fmt: skip
NUMBERS = {letters_of(word): number for word, number in {
    "ڈیڑھ": 1.5, "ڈھائی": 2.5, "ایک": 1, "دو": 2, "تین": 3, "چار": 4, "پانچ": 5, "چھ": 6, "سات": 7, "آٹھ": 8, "نو": 9, "دس": 10,
    "گیارہ": 11, "بارہ": 12, "تیرہ": 13, "چودہ": 14, "پندرہ": 15, "سولہ": 16, "سترہ": 17, "اٹھارہ": 18, "انیس": 19, "بیس": 20,
    "پچیس": 25, "تیس": 30, "چالیس": 40, "پچاس": 50, "ساٹھ": 60, "ستر": 70, "اسی": 80, "نوے": 90, "ساڑھے": 0.5,
}.items()}  # fmt: skip
_WORD = "|".join(sorted((*TIMES, *NUMBERS), key=len, reverse=True))
_NUMBER = rf"[0-9][0-9,]*(?:\.[0-9]+)?|(?<![\u0620-\u06d3])(?:{_WORD})(?![\u0620-\u06d3])|万|千"
AMOUNT = re.compile(
    rf"(?:(?:{_NUMBER})\s?){{1,6}}(?=\s?(?:円|yen|jpy|ین|rupees|روپے|dollars))"
    r"|(?<=[¥$])\s?[0-9][0-9,]*|(?<=jpy)\s?[0-9][0-9,]*|(?<=usd)\s?[0-9][0-9,]*"
)
SAME_KIND = 0.4  # of the higher amount: what is lower still is an allowance or a rent, not a wage


def unequal_pay(words: Grammar, text: str) -> Iterator[tuple[int, int]]:
    """The stretch in which an amount for Japanese workers stands beside a lower one of the same kind."""
    amounts = [hit for hit in AMOUNT.finditer(text) if hit[0].strip()]
    japanese = words.words["japanese"].search(text) if len(amounts) > 1 else None
    if japanese is None:
        return
    theirs = next((hit for hit in amounts if hit.start() > japanese.start()), amounts[-1])
    most = amount(theirs[0])
    lower = [hit for hit in amounts if hit is not theirs and SAME_KIND * most <= amount(hit[0]) < most]
    if lower:
        stretches = [japanese.span(), theirs.span(), lower[0].span()]
        yield min(one[0] for one in stretches), max(one[1] for one in stretches)


def amount(text: str) -> float:
    """A number as written in figures and words: 25万, 2,50,000, two and a half lakh."""
    total, held = 0.0, 0.0
    for word in re.findall(rf"[0-9][0-9,]*(?:\.[0-9]+)?|{_WORD}", text):
        if word in TIMES:
            total, held = total + (held or 1) * TIMES[word], 0.0
        elif word[0].isdigit():
            held += float(word.replace(",", ""))
        else:
            held += NUMBERS[word]
    return total + held
