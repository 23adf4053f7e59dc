"""Names of organisations made alike for looking up: letters as the workshop of names folds them, without legal form. Pure."""

from __future__ import annotations

import re
import unicodedata

from rahdari.names import folding

# As folded letters write them.
LEGAL_FORMS = re.compile(
    r"\b(?:m s|private|pvt|limited|ltd|llc|inc|co|company|corp|corporation)\b"
    r"|株式会社|有限会社|合同会社|一般社団法人|協同組合|(?<!\S)[株有](?!\S)|پرایویٹ|پراییویٹ|لمیٹڈ|کمپنی"
)
SCRIPTS = {folding.LATIN: "Latn", folding.URDU: "Arab", folding.KANA: "Jpan", folding.KANJI: "Jpan"}


def fold(name: str) -> str:
    """A name without what differs by habit alone: width, case, marks, kinds of kana, punctuation, legal form."""
    text = " ".join("".join(_plain(one) for one in folding.fold(name)).split())
    return " ".join(LEGAL_FORMS.sub(" ", text).split()) or text


def _plain(letter: str) -> str:
    kept = unicodedata.category(letter)[0] in "LNM"
    return letter if kept else "" if letter in "'’" or unicodedata.category(letter) == "Cf" else " "


def script_of(name: str) -> str:
    """The script a name is written in, as ISO 15924 codes it; `Latn` where it has no letters."""
    return SCRIPTS[folding.script_of(folding.fold(name))]
