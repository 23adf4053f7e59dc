"""A talent profile names nobody: what in its text tells who it is. No Django, no database, no clock here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rahdari.base.refusal import Refusal

LONG_NUMBER = re.compile(r"(?:\d[\s().+-]*){6,}")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+|https?:|www\.|\b[\w-]+\.(?:com|net|org|pk|jp|io|dev)\b|(?:^|\s)@\w{3,}", re.IGNORECASE)
SHORTEST_NAME = 3


def _words(text: str) -> frozenset[str]:
    flat = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(one if one.isalpha() else "" if unicodedata.combining(one) else " " for one in flat)
    return frozenset(kept.split())


def why_identifying(texts: Iterable[str], *, names: Iterable[str], towns: Iterable[str]) -> list[Refusal]:
    """`identifying_text` for each kind of thing that tells who it is: a name of one's own, a number, an address, a town.

    The district is chosen apart; a place below it would tell too much beside the skills.
    """
    told = list(texts)
    plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for text in told for one in f"{text}\n")
    words = frozenset().union(*(_words(text) for text in told)) if told else frozenset()
    own = {word for name in names for word in _words(name) if len(word) >= SHORTEST_NAME}
    low = " ".join(plain.casefold().split())
    found = {
        "own_name": bool(own & words),
        "number": bool(LONG_NUMBER.search(plain)),
        "address": bool(ADDRESS.search(plain)),
        "town": any(re.search(rf"(?<!\w){re.escape(town.casefold())}(?!\w)", low) for town in towns if len(town) > SHORTEST_NAME),
    }
    return [Refusal("identifying_text", {"what": f"identifying_{code}"}, member="text") for code, is_so in found.items() if is_so]


def why_not_publish(*, text: str, years: int, district: str, districts: Iterable[str]) -> list[Refusal]:
    """Why a profile cannot be published so."""
    against = [] if text.strip() else [Refusal("profile_empty", member="text")]
    if not 0 <= years <= 60:
        against.append(Refusal("years_wrong", member="years"))
    if district and district not in districts:
        against.append(Refusal("district_unknown", member="district"))
    return against
