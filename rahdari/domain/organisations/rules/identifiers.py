"""The numbers by which persons, firms and licences are known: one way of writing them, and whether they are well formed.

The forms are those of `identifiers.json`. A well-formed number is not yet a true one: only the office
that issued it knows. No Django, no database, no clock, no look-up elsewhere may be brought in here.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, ValidationInfo
from pydantic_core import PydanticCustomError

from rahdari.base.facts import LONGEST_TEXT, Answer, Day, Facts
from rahdari.base.reference import Book
from rahdari.base.refusal import Reason

Entry = Mapping[str, object]
Finding = tuple[str, Reason]

INVISIBLE = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x2065), *range(0x2066, 0x2070)))
)
DASHES = frozenset("˗⁃−➖─ー۔ـ")
CNIC = re.compile(r"(\d{5})-?(\d{7})-?(\d)", re.ASCII)
RSO_OFFERED = re.compile(r"(\d{2})-?(?:to|登)?-?(\d{6})", re.ASCII | re.IGNORECASE)
CITY = re.compile(r"/([A-Z]{3})(?:/|$)")
UNREADABLE = "\ufffd"
ZONE_ON_ONE_LINE = 88
NOTHING_READ: dict[str, object] = {"sex": None, "issuer": None, "number": None, "cnic_matches": None}


def _known_kind(kind: str, info: ValidationInfo) -> str:
    book: Book = (info.context or {})["book"]
    if entry_of(kind, book) is None:
        raise PydanticCustomError("unknown_code", "unknown code")
    return kind


class IdentifiersFacts(Facts):
    """One number of a named kind; whatever the text, there is an answer, so its length is not bounded here."""

    model_config = ConfigDict(str_max_length=None)

    kind: Annotated[str, AfterValidator(_known_kind)]
    value: str
    sex_declared: Literal["M", "F", "X"] | None = None
    cnic_given: str | None = None
    born: Day | None = None


def check_identifiers(facts: IdentifiersFacts, book: Book, today: dt.date) -> Answer:
    """Says how a number is written and whether it is well formed, and what can be read off it.

    `valid` judges the normalised value. A kind without a known form gives `"known": false`. A text too long to be any number is
    not normalised (null). Source: identifiers.json, pk_provinces, prefectures, licence_city_codes.
    """
    entry = entry_of(facts.kind, book)
    if entry is None:
        raise LookupError(facts.kind)
    value = normalise(facts.kind, facts.value)
    if not _is_judged(entry):
        unknown = {"known": False, "valid": None, "normalised": value, "why_not": [], "warnings": [], **NOTHING_READ}
        return Answer(unknown, (_reason("number_form_unknown", entry),), today)
    against = why_not(entry, value, book)
    reading: Reading = (NOTHING_READ, [], [])
    if value is not None and facts.kind in READERS and _has_form(entry, value):
        reading = READERS[facts.kind](entry, value, facts, book)
    read, warnings, told = reading
    fits = [] if against else [_reason("number_form_fits" if entry["check"] == "none" else "number_check_fits", entry)]
    answer = {"valid": not against, "normalised": value, "why_not": _codes(against), "warnings": _codes(warnings), **read}
    return Answer(answer, (*fits, *(reason for _, reason in (*against, *warnings)), *told), today)


def entry_of(kind: str, book: Book) -> Entry | None:
    """What `identifiers.json` says of a kind of number."""
    return next((entry for entry in book.identifiers if entry["name"] == kind), None)


def normalise(kind: str, text: str) -> str | None:
    """The one way of writing a number: digits of any script, widths, dashes and spaces made alike.

    Nothing missing is added except the dashes of a CNIC. None for a text too long to be any number.
    """
    if len(text) > LONGEST_TEXT:
        return None
    steps = STEPS.get(kind, (str.strip,))
    while True:
        before = text
        text = unicodedata.normalize("NFKC", "".join(map(_plain, text)))
        for step in steps:
            text = step(text)
        if text == before:
            return text if len(text) <= LONGEST_TEXT else None


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if character in DASHES or category == "Pd":
        return "-"
    if category == "Cs":
        return UNREADABLE
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _without_dashes(text: str) -> str:
    return text.replace("-", "")


def _upper(text: str) -> str:
    """Capitals for the letters of the Latin alphabet; letters of others that only look like them stay as they are."""
    return "".join(letter.upper() if letter.isascii() else letter for letter in text)


def _with_cnic_dashes(text: str) -> str:
    parts = CNIC.fullmatch(text)
    return "-".join(parts.groups()) if parts else text


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


STEPS: Mapping[str, tuple[Callable[[str], str], ...]] = {
    "cnic": (_without_spaces, _with_cnic_dashes),
    "pk_passport": (_without_spaces, _upper),
    "mrz_td3": (_lines, _upper),
    "jp_corporate_number": (_without_spaces, _without_dashes),
    "rso_number": (_without_spaces,),
    "residence_card": (_without_spaces, _upper),
    "oep_licence_new": (_without_spaces, _upper),
    "oep_licence_old": (_without_spaces, _upper),
    "jp_placement_permit": (_without_spaces,),
    "jp_dispatch_licence": (_without_spaces,),
}


def why_not(entry: Entry, value: str | None, book: Book) -> list[Finding]:
    """Every reason why a normalised value is not well formed, with its code."""
    region = _why_not_region(entry, value or "", book)
    if value is None:
        return [("format", _reason("number_too_long", entry, longest=LONGEST_TEXT))]
    if not _has_form(entry, value):
        return [("format", reason) for reason in _format_reasons(entry, value)] + region
    return region + CHECKS[str(entry["check"])](entry, value, book)


def _is_judged(entry: Entry) -> bool:
    return "regex" in entry and entry["check"] in CHECKS


def _has_form(entry: Entry, value: str) -> bool:
    return re.fullmatch(str(entry["regex"]), value, re.ASCII) is not None


def _format_reasons(entry: Entry, value: str) -> list[Reason]:
    zone = entry["check"] == "mrz_td3"
    reasons = [_reason("zone_form_wrong", entry) if zone else _reason("number_form_wrong", entry, example=_example(entry))]
    odd = next((one for one in value if not one.isascii() and one not in str(entry["regex"])), None)
    if odd is not None:
        reasons.append(_reason("number_odd_character", entry, character=f"U+{ord(odd):04X} {unicodedata.name(odd, '')}".strip()))
    if zone and len(value) == ZONE_ON_ONE_LINE and "\n" not in value:
        reasons.append(_reason("zone_on_one_line", entry))
    offered = RSO_OFFERED.fullmatch(value) if entry["check"] == "rso_year" else None
    if offered:
        reasons.append(_reason("rso_offered", entry, offered=f"{offered[1]}登-{offered[2]}"))
    return reasons


def _example(entry: Entry) -> str:
    examples = entry.get("valid")
    return str(examples[0]) if isinstance(examples, list) and examples else ""


@dataclass(frozen=True, slots=True)
class Region:
    """Where the region stands in a number that has the outer form, and the column that lists the regions."""

    form: re.Pattern[str]
    table: str
    column: str


REGIONS: Mapping[str, Region] = {
    "cnic": Region(re.compile(r"(\d)\d{4}-\d{7}-\d", re.ASCII), "pk_provinces", "cnic_first_digit"),
    "jp_placement_permit": Region(re.compile(r"(\d\d)-[ユム]-\d{6}", re.ASCII), "prefectures", "code"),
    "jp_dispatch_licence": Region(re.compile(r"派(\d\d)-\d{6}", re.ASCII), "prefectures", "code"),
}


def _why_not_region(entry: Entry, value: str, book: Book) -> list[Finding]:
    region = REGIONS.get(str(entry["name"]))
    found = region.form.fullmatch(value) if region else None
    if region is None or found is None:
        return []
    if any(found[1] in row.codes(region.column) for row in book.tables[region.table]):
        return []
    return [("region", _reason("number_region_unknown", entry, region=found[1]))]


def _check_nothing(entry: Entry, value: str, book: Book) -> list[Finding]:
    return []


def corporate_digit(digits: str) -> str:
    """The check digit that stands before the twelve digits of a corporate number."""
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(digits), 1))
    return str(9 - total % 9)


def _check_corporate_number(entry: Entry, value: str, book: Book) -> list[Finding]:
    right = corporate_digit(value[1:])
    if value[0] == right:
        return []
    return [("check_digit", _reason("corporate_check_differs", entry, found=value[0], right=right))]


def _check_rso_year(entry: Entry, value: str, book: Book) -> list[Finding]:
    """No digit is worked out here, but the year is the `check` of the entry, and its example stands under `invalid_check`."""
    window = book.one("windows", code="JP_RSO_VALID")
    first = window.day("valid_from") if window else None
    if first is None or int(value[:2]) >= first.year % 100:
        return []
    return [("check_digit", _reason("rso_year_too_early", entry, year=value[:2], first=str(first.year)))]


@dataclass(frozen=True, slots=True)
class Zone:
    """The two lines of a passport's machine-readable zone (ICAO 9303, TD3), taken apart."""

    issuer: str
    number: str
    born: str
    sex: str
    expires: str
    optional: str
    lower: str

    @property
    def cnic(self) -> str | None:
        """The CNIC that the optional data carry, as it is printed; None when they carry none."""
        carried = self.optional.rstrip("<")
        return normalise("cnic", carried) if CNIC.fullmatch(carried) else None


def zone_of(value: str) -> Zone:
    """A zone of the right form, taken apart; fillers at the end of a part are left out."""
    upper, lower = value.split("\n")
    sex = "X" if lower[20] == "<" else lower[20]
    return Zone(upper[2:5].rstrip("<"), lower[:9].rstrip("<"), lower[13:19], sex, lower[21:27], lower[28:42], lower)


def check_digit(text: str) -> str:
    """The check digit of a part of the zone: weights 7, 3, 1; letters from A = 10; the filler is 0."""
    return str(sum((0 if one == "<" else int(one, 36)) * (7, 3, 1)[place % 3] for place, one in enumerate(text)) % 10)


def _check_zone(entry: Entry, value: str, book: Book) -> list[Finding]:
    zone = zone_of(value)
    low = zone.lower
    parts = {
        "number": (low[:9], low[9]),
        "birth": (low[13:19], low[19]),
        "expiry": (low[21:27], low[27]),
        "optional": (low[28:42], "0" if low[42] == "<" and not low[28:42].strip("<") else low[42]),
        "composite": (low[:10] + low[13:20] + low[21:43], low[43]),
    }
    found: list[Finding] = []
    for part, (text, digit) in parts.items():
        if (right := check_digit(text)) != digit:
            found.append(("check_digit", _reason(f"zone_{part}_differs", entry, found=digit, right=right)))
    for part, day in (("birth", zone.born), ("expiry", zone.expires)):
        if not _is_day(day):
            found.append(("date", _reason(f"zone_{part}_no_day", entry, day=day)))
    return found


def _is_day(text: str) -> bool:
    """Whether six digits name a day of some century."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000 + year, month)[1]


CHECKS: Mapping[str, Callable[[Entry, str, Book], list[Finding]]] = {
    "none": _check_nothing,
    "mrz_td3": _check_zone,
    "rso_year": _check_rso_year,
    "jp_corporate_number": _check_corporate_number,
}

Reading = tuple[dict[str, object], list[Finding], list[Reason]]


def _read_cnic(entry: Entry, value: str, facts: IdentifiersFacts, book: Book) -> Reading:
    sex = _sex_of_cnic(value)
    warnings = _sex_parity(entry, value, facts.sex_declared)
    matches, told, odd = _cnic_matches(entry, value, facts, book)
    return {**NOTHING_READ, "sex": sex, "cnic_matches": matches}, warnings + odd, told


def _read_zone(entry: Entry, value: str, facts: IdentifiersFacts, book: Book) -> Reading:
    zone = zone_of(value)
    warnings: list[Finding] = []
    if {zone.sex, facts.sex_declared} == {"M", "F"}:
        warnings.append(("sex_differs", _reason("zone_sex_differs", entry, read=zone.sex, declared=facts.sex_declared)))
    if zone.cnic is not None:
        warnings += _sex_parity(entry, zone.cnic, facts.sex_declared or zone.sex)
    if facts.born is not None and f"{facts.born.year % 100:02}{facts.born:%m%d}" != zone.born:
        warnings.append(("birth_date_differs", _reason("zone_birth_date_differs", entry, born=facts.born, read=zone.born)))
    matches, told, odd = _cnic_matches(entry, zone.cnic, facts, book)
    return {"sex": zone.sex, "issuer": zone.issuer, "number": zone.number, "cnic_matches": matches}, warnings + odd, told


def _read_licence(entry: Entry, value: str, facts: IdentifiersFacts, book: Book) -> Reading:
    city = CITY.search(value)
    warnings: list[Finding] = []
    if city and book.one("licence_city_codes", code=city[1]) is None:
        warnings.append(("city_not_seen", _reason("licence_city_not_seen", entry, city=city[1])))
    return NOTHING_READ, warnings, []


READERS: Mapping[str, Callable[[Entry, str, IdentifiersFacts, Book], Reading]] = {
    "cnic": _read_cnic,
    "mrz_td3": _read_zone,
    "oep_licence_new": _read_licence,
    "oep_licence_old": _read_licence,
}


def _sex_of_cnic(cnic: str) -> str:
    return "M" if int(cnic[-1]) % 2 else "F"


def _sex_parity(entry: Entry, cnic: str, sex: str | None) -> list[Finding]:
    read = _sex_of_cnic(cnic)
    if {read, sex} != {"M", "F"}:
        return []
    return [("sex_parity", _reason("cnic_sex_parity", entry, digit=cnic[-1], read=read, declared=sex))]


def _cnic_matches(
    entry: Entry, cnic: str | None, facts: IdentifiersFacts, book: Book
) -> tuple[bool | None, list[Reason], list[Finding]]:
    """Whether the CNIC that was read is the one that was given; None when one of the two is not there."""
    if facts.cnic_given is None:
        return None, [], []
    given, form = normalise("cnic", facts.cnic_given), entry_of("cnic", book)
    wrong = form is not None and (given is None or not _has_form(form, given))
    odd = [("cnic_given_format", _reason("cnic_given_wrong", form or entry))] if wrong else []
    if cnic is None:
        return None, [_reason("zone_without_cnic", entry)], odd
    return cnic == given, [_reason("cnic_agrees" if cnic == given else "cnic_differs", entry)], odd


def _codes(findings: list[Finding]) -> list[str]:
    """The codes of findings in their order, each once."""
    return list(dict.fromkeys(code for code, _ in findings))


def _reason(code: str, entry: Entry, **about: object) -> Reason:
    kind = str(entry["name"])
    return Reason(code, {"kind": kind, **about}, kind, str(entry.get("source", "")), str(entry.get("confidence", "")))
