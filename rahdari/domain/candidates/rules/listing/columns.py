"""Which column of a list holds what: guessed by its title in English and Urdu, corrected by a person. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rahdari.base.refusal import Refusal
from rahdari.domain.organisations.rules.importing.columns import folded

LEFT_OUT = "left_out"
TARGETS = (
    "name", "name_urdu", "father_name", "cnic", "birth_date", "sex", "birthplace", "phone", "passport_no", "passport_last_on",
    LEFT_OUT,
)  # fmt: skip
NEEDED = ("name", "cnic", "birth_date")
WORDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "candidate", "candidate name", "name of candidate", "trainee", "trainee name", "name of trainee",
        "student", "student name", "name english", "name in english", "نام انگریزی",
    ),
    "name_urdu": ("name urdu", "name in urdu", "نام", "نام اردو", "امیدوار کا نام", "طالب علم کا نام"),
    "father_name": (
        "father name", "fathers name", "father s name", "father", "s o", "d o", "name of father", "guardian", "والد کا نام",
        "ولدیت", "والد",
    ),
    "cnic": (
        "cnic", "cnic no", "cnic number", "nic", "nic no", "id card", "id card no", "identity card", "identity card no",
        "شناختی کارڈ", "شناختی کارڈ نمبر",
    ),
    "birth_date": ("date of birth", "dob", "d o b", "birth date", "birthdate", "born", "born on", "تاریخ پیدائش"),
    "sex": ("sex", "gender", "m f", "جنس"),
    "birthplace": ("place of birth", "birthplace", "birth place", "born in", "مقام پیدائش", "جائے پیدائش"),
    "phone": (
        "phone", "phone no", "phone number", "mobile", "mobile no", "cell", "cell no", "contact", "contact no", "telephone",
        "فون", "فون نمبر", "موبائل", "موبائل نمبر", "رابطہ نمبر",
    ),
    "passport_no": ("passport", "passport no", "passport number", "pp no", "پاسپورٹ", "پاسپورٹ نمبر"),
    "passport_last_on": (
        "passport expiry", "passport expiry date", "passport valid until", "passport valid upto", "expiry of passport",
        "date of expiry", "پاسپورٹ کی میعاد",
    ),
    LEFT_OUT: ("s no", "sr no", "serial", "serial no", "remarks", "roll no", "نمبر شمار", "سیریل نمبر", "ریمارکس"),
}  # fmt: skip
_BY_WORD = {folded(word): target for target, words in WORDS.items() for word in words}


def is_known(title: str) -> bool:
    """Whether a title is one of a list of people."""
    return folded(title) in _BY_WORD


def guessed(head: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """What each column holds: as it was said before for these titles, else by its words; of two the first."""
    told: list[str] = []
    for title in head:
        target = remembered.get(folded(title)) or _BY_WORD.get(folded(title), LEFT_OUT)
        told.append(LEFT_OUT if target in told else target)
    return told


def why_not_columns(targets: Sequence[str], width: int) -> list[Refusal]:
    """Why a list cannot be read by these columns."""
    against = [] if len(targets) == width else [Refusal("import_columns_differ", {"count": width}, member="rows")]
    if set(targets) - set(TARGETS):
        against.append(Refusal("import_target_unknown", member="rows"))
    for target in dict.fromkeys(targets):
        if target != LEFT_OUT and targets.count(target) > 1:
            against.append(Refusal("import_column_twice", {"column": f"listed_{target}"}, member="rows"))
    return against + [
        Refusal("import_column_missing", {"column": f"listed_{one}"}, member="rows") for one in NEEDED if one not in targets
    ]
