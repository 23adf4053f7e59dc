"""Names of organisations made alike for looking up: letters as the workshop of names folds them, without legal form. Pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations, product

from rahdari.names import folding
from rahdari.names.doors import SOUND, search_keys, sought
from rahdari.names.parsing import ORGANISATION, PERSON

# As folded letters write them.
LEGAL_FORMS = re.compile(
    r"\b(?:m s|private|pvt|limited|ltd|llc|inc|co|company|corp|corporation)\b"
    r"|株式会社|有限会社|合同会社|一般社団法人|協同組合|(?<!\S)[株有](?!\S)|پرایویٹ|پراییویٹ|لمیٹڈ|کمپنی"
)
TOO_SIMILAR = 0.9  # a score from which one firm can be taken for another
MOST_PAIRS = 80
FIRM, SOMEONE = ORGANISATION, PERSON
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


def keys_of_firm(name: str) -> list[str]:
    """The keys an organisation is found by; its name is public."""
    return sorted(search_keys(name, FIRM))


def keys_of_person(name: str) -> list[str]:
    """What a person's name is found by: the sounds of its words two by two, or of its one word; to be kept blinded alone.

    Two by two, since one word by itself would still be told by how many people bear it.
    """
    words = [sorted(key for key in keys if key.startswith(SOUND)) for keys in sought(name, SOMEONE).words]
    if len(words) == 1:
        return words[0]
    pairs = {" ".join(sorted(two)) for one, other in combinations(words, 2) for two in product(one, other)}
    return sorted(pairs)[:MOST_PAIRS]
