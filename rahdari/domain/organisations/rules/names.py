"""Names of organisations made alike for looking up: one function, so that a better matcher can take its place. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters of Arabic script that keyboards write in several ways; the vowel signs are dropped with the other marks.
ALIKE = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ہ", "ه": "ہ", "ھ": "ہ", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و"}
)
HIRAGANA, KATAKANA = 0x3041, range(0x30A1, 0x30F7)
LEGAL_FORMS = re.compile(
    r"\b(?:m s|private|pvt|limited|ltd|llc|inc|co|company|corp|corporation)\b"
    r"|株式会社|有限会社|合同会社|一般社団法人|協同組合|(?<!\S)[株有](?!\S)|پرائیویٹ|لمیٹڈ|کمپنی"
)
SCRIPTS = (("Arab", "ARABIC"), ("Jpan", "HIRAGANA"), ("Jpan", "KATAKANA"), ("Jpan", "CJK"), ("Latn", "LATIN"))


def fold(name: str) -> str:
    """A name without what differs by habit alone: width, case, vowel signs, legal form, punctuation, kana."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().translate(ALIKE))
    text = "".join(_plain(one) for one in text if not unicodedata.combining(one) or one in "\u3099\u309a")
    text = unicodedata.normalize("NFC", text)
    without = " ".join(LEGAL_FORMS.sub(" ", text).split())
    return without or " ".join(text.split())


def _plain(letter: str) -> str:
    if ord(letter) in KATAKANA:
        return chr(ord(letter) - KATAKANA.start + HIRAGANA)
    kind = unicodedata.category(letter)
    if kind == "Cf":  # joiners and marks of direction, which no eye sees
        return ""
    if kind == "Lm" and letter == "ー":
        return letter
    return letter if kind[0] in "LNM" else ("" if letter in "'’ـ" else " ")


def script_of(name: str) -> str:
    """The script most of a name is written in, as ISO 15924 codes it; `Latn` where it has no letters."""
    counted = dict.fromkeys((code for code, _ in SCRIPTS), 0)
    for letter in name:
        told = unicodedata.name(letter, "")
        for code, begin in SCRIPTS:
            if told.startswith(begin):
                counted[code] += 1
    return max(counted, key=lambda code: counted[code]) if any(counted.values()) else "Latn"
