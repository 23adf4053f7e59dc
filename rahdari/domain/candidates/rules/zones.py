"""The two lines at the foot of a passport (ICAO 9303, TD3), read and laid beside what was told. No Django, no database here."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.domain.organisations.rules import entry_of, normalise, why_not
from rahdari.domain.organisations.rules.identifiers import zone_of

LINE = 44
LIKE_FILLER = str.maketrans({"‹": "<", "«": "<<", "〈": "<", "＜": "<", "≪": "<<"})
OLDEST = 100  # years
MEMBER = "told.zone"


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """What the two lines say; `until` is the first day on which the passport no longer holds, `cut` that the name did not fit."""

    names: tuple[str, ...]
    cut: bool
    issuer: str
    number: str
    born: dt.date
    sex: str
    until: dt.date
    cnic: str


def zone_text(typed: str) -> str:
    """The two lines as a phone or a scanner gives them: without spaces, in capitals, broken where the passport breaks them."""
    text = unicodedata.normalize("NFKC", typed.translate(LIKE_FILLER)).upper()
    lines = ["".join(line.split()) for line in text.strip().splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) == 2 * LINE:
        lines = [lines[0][:LINE], lines[0][LINE:]]
    return "\n".join(lines)


def read_zone(typed: str, book: Book, today: dt.date) -> tuple[ZoneRead | None, list[Refusal]]:
    """What the lines say, or every check digit that does not fit, each with the digit found and the right one."""
    entry = entry_of("mrz_td3", book)
    text = normalise("mrz_td3", zone_text(typed))
    if entry is None or text is None:
        return None, [Refusal("zone_form_wrong", member=MEMBER)]
    against = [Refusal(reason.code, dict(reason.about), member=MEMBER) for _, reason in why_not(entry, text, book)]
    if against:
        return None, against
    zone, upper = zone_of(text), text.split("\n")[0]
    names = tuple(part for part in re.split("<+", upper[5:]) if part)
    born, ends = _day(zone.born, today, past=True), _day(zone.expires, today, past=False)
    until = ends + dt.timedelta(days=1)
    return ZoneRead(names, upper[-1] != "<", zone.issuer, zone.number, born, zone.sex, until, zone.cnic or ""), []


def _day(text: str, today: dt.date, *, past: bool) -> dt.date:
    """Two digits of a year in the century that can be meant: a birth lies behind, the end of a passport not long behind."""
    year, month, day = today.year // 100 * 100 + int(text[:2]), int(text[2:4]), int(text[4:])
    if past and (year, month, day) > (today.year, today.month, today.day):
        year -= 100
    if not past and year < today.year - OLDEST // 2:
        year += 100
    return dt.date(year, month, min(day, 28) if (month, day) == (2, 29) and year % 4 else day)


def plain_name(name: str) -> frozenset[str]:
    """The words of a Latin name as a passport prints them: capitals, no marks, no apostrophes, hyphens as gaps."""
    flat = unicodedata.normalize("NFKD", name).upper()
    kept = "".join(" " if one == "-" else one for one in flat if one in "- " or (one.isascii() and one.isalpha()))
    return frozenset(kept.split())


def why_not_zone(
    zone: ZoneRead, *, name: str, birth_date: dt.date, sex: str, passport_no: str, passport_until: dt.date | None, card: str
) -> list[Refusal]:
    """`mrz_mismatch` for each thing in which the passport's lines and what was told differ; what was not told is not compared."""
    told = plain_name(name)
    fits = told == frozenset(zone.names) or (zone.cut and all(any(one.startswith(part) for one in told) for part in zone.names))
    ends = {zone.until, zone.until - dt.timedelta(days=1)}
    differs = {
        "name": not fits,
        "birth_date": zone.born != birth_date,
        "sex": {zone.sex, sex} == {"F", "M"},
        "passport_no": bool(passport_no) and passport_no != zone.number,
        "passport_until": passport_until is not None and passport_until not in ends,
    }
    against = [
        Refusal("mrz_mismatch", {"part": f"zone_part_{part}"}, member=f"told.{part}") for part, is_so in differs.items() if is_so
    ]
    if card and zone.cnic and zone.cnic != card:
        against.append(Refusal("mrz_mismatch", {"part": "zone_part_cnic"}, member=MEMBER))
    return against
