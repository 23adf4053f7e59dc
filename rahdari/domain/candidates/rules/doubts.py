"""What in a file does not fit together and is shown, not refused: the rules of the numbers are known only in part. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata

from rahdari.base.refusal import Refusal

SEX_DIGIT, YOUNG_CARD, NO_PASSPORT, NO_ZONE = DOUBTS = ("sex_digit", "young_card", "no_passport", "no_zone")
ADULT = 18  # years; the card of an adult, other cards bear numbers of the same form


def doubts_of(*, card: str, sex: str, birth_date: dt.date, has_passport: bool, zone_agrees: bool, today: dt.date) -> list[str]:
    """The codes of what to look at: the last digit of the card is odd for men and even for women, cards are for adults."""
    found = []
    if card and sex in ("F", "M") and (int(card[-1]) % 2 == 1) != (sex == "M"):
        found.append(SEX_DIGIT)
    if card and (today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))) < ADULT:
        found.append(YOUNG_CARD)
    if not has_passport:
        found.append(NO_PASSPORT)
    elif not zone_agrees:
        found.append(NO_ZONE)
    return found


def why_not_name(name: str, member: str = "told.name") -> list[Refusal]:
    """`name_not_latin` where a letter is not of the Latin alphabet, `name_missing` where there is none."""
    letters = [one for one in name if unicodedata.category(one).startswith("L")]
    if not letters:
        return [Refusal("name_missing", member=member)]
    foreign = any(not unicodedata.name(one, "").startswith("LATIN") for one in unicodedata.normalize("NFKC", "".join(letters)))
    return [Refusal("name_not_latin", member=member)] if foreign else []


def why_not_without_passport(passport_no: str | None) -> list[Refusal]:
    """`passport_missing` for a step that names the passport, of a file that has none yet."""
    return [] if passport_no else [Refusal("passport_missing")]
