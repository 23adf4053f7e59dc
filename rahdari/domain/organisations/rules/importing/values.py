"""Single cells of a register: days as offices write them, states and kinds in three languages, several things in one. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .columns import folded

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
EARLIEST, LATEST = 1900, 2100
NOTHING = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "nil", "null", "none", "ー", "なし", "無", "نہیں", "ندارد"})
FORMULA = ("=", "@", "+", "-")
PHONE_LIKE = re.compile(r"[+-][\d\s()./-]+", re.ASCII)
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
SEVERAL = re.compile(r"[;；\n\r、،]+")
SEVERAL_PHONES = re.compile(r"[;；\n\r、،,/|]+|\s{2,}")
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
SHORT_YEAR = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2}")
WORD_SECOND = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s,.-]*([^\W\d_]+)[\s,.-]*(\d{4})")
WORD_FIRST = re.compile(r"([^\W\d_]+)[\s.-]*(\d{1,2})(?:st|nd|rd|th)?[\s,.،-]+(\d{4})")
ERA = re.compile(r"(明治|大正|昭和|平成|令和|[mtshr])\s*\.?\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
WITH_TIME = re.compile(r"[T\s]00:00(:00(\.0+)?)?$")
ERAS: Mapping[str, int] = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018,
}  # fmt: skip
_MONTHS = (
    ("january", "jan", "جنوری"), ("february", "feb", "فروری"), ("march", "mar", "مارچ"), ("april", "apr", "اپریل"),
    ("may", "مئی"),
    ("june", "jun", "جون"), ("july", "jul", "جولائی", "جولائ"), ("august", "aug", "اگست"), ("september", "sep", "sept", "ستمبر"),
    ("october", "oct", "اکتوبر"), ("november", "nov", "نومبر"), ("december", "dec", "دسمبر"),
)  # fmt: skip
MONTHS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
STATES: Mapping[str, tuple[str, ...]] = {
    "valid": (
        "valid", "active", "act", "in force", "current", "live", "ok", "renewed", "restored", "operational", "working",
        "فعال", "درست", "کارآمد", "جاری", "نافذ", "بحال", "有効", "登録中", "登録済", "許可", "有", "継続",
    ),
    "suspended": ("suspended", "susp", "under suspension", "معطل", "معطل شدہ", "停止", "停止中", "業務停止", "効力停止"),
    "expired": (
        "expired", "exp", "lapsed", "not renewed", "time expired", "زائد المیعاد", "میعاد ختم", "معیاد ختم", "ختم", "失効",
        "満了",
        "期限切れ", "期間満了",
    ),
    "surrendered": ("surrendered", "surr", "returned", "closed", "واپس", "واپس کردہ", "سرنڈر", "廃止", "返納", "辞退"),
    "cancelled": (
        "cancelled", "canceled", "canc", "cxl", "revoked", "منسوخ", "منسوخ شدہ", "取消", "取消し", "登録取消", "許可取消",
    ),
    "disqualified": (
        "disqualified", "disq", "barred", "blacklisted", "black listed", "نااہل", "بلیک لسٹ", "欠格", "受入停止", "不適格",
    ),
}  # fmt: skip
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "OEP": ("oep", "overseas employment promoter", "promoter", "اوورسیز ایمپلائمنٹ پروموٹر", "پروموٹر", "海外雇用プロモーター"),
    "TRAINING_BODY": (
        "training body", "training centre", "training center", "institute", "تربیتی ادارہ", "تربیتی مرکز", "研修機関",
    ),
    "ACCEPTING_ORG": ("accepting org", "accepting organisation", "employer", "特定技能所属機関", "受入れ機関", "受入機関"),
    "RSO": ("rso", "registered support organisation", "registered support organization", "登録支援機関"),
    "TRAINING_PARTNER": ("training partner", "training firm", "تربیتی شراکت دار", "研修会社"),
    "MATCHING_PARTNER": ("matching partner", "matching firm", "マッチング会社"),
    "JP_PLACEMENT": ("jp placement", "placement business", "employment placement", "職業紹介事業者", "有料職業紹介", "職業紹介"),
    "EXAM_BODY": ("exam body", "試験機関", "試験実施機関"),
}  # fmt: skip
_STATE_OF = {folded(word): state for state, words in STATES.items() for word in words}  # fmt: skip
_KIND_OF = {folded(word): kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day as it was read; without one `wrong` is the code of the reason. `form` is how it was written."""

    day: dt.date | None
    form: str = ""
    wrong: str = ""


@lru_cache(maxsize=1 << 15)
def plain(cell: str) -> str:
    """A cell in one way of writing: width, digits of any script, spaces; empty where it says "nothing"."""
    text = unicodedata.normalize("NFKC", cell)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text if not _is_hidden(one))
    text = "\n".join(" ".join(line.split(" ")).strip() for line in text.splitlines()).strip()
    return "" if text.casefold() in NOTHING else text


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" and letter != "\u200c"


def why_not_cell(text: str) -> str:
    """The code of what is wrong with a cell whatever it holds; empty where nothing is."""
    if text.startswith(FORMULA) and not PHONE_LIKE.fullmatch(text):
        return "cell_formula"
    return "cell_error" if text.upper() in ERRORS else ""


def state_of(text: str) -> str:
    """The state a word of a register means; empty for an unknown word."""
    return _STATE_OF.get(folded(text), "")


def kind_of(text: str) -> str:
    """The kind of organisation a word means; empty for an unknown word."""
    return _KIND_OF.get(folded(text), "")


def parts_of(text: str) -> list[str]:
    """Several names in one cell, one each."""
    return [part.strip() for part in SEVERAL.split(text) if part.strip()]


def phones_of(text: str) -> list[str]:
    """Several telephone numbers in one cell, one each."""
    return [part.strip() for part in SEVERAL_PHONES.split(text) if part.strip()]


@lru_cache(maxsize=1 << 14)
def day_of(text: str, order: str = "") -> DayRead:
    """The day a cell names; `order` says which of day and month stands first where both could be either.

    Not a day: `day_ambiguous` for such a one without an order, `day_without_century`, `day_unknown`.
    """
    told = WITH_TIME.sub("", text.strip()).casefold()
    for form, pattern in (("year_first", YEAR_FIRST), ("year_first", BARE)):
        if found := pattern.fullmatch(told):
            return _day(int(found[1]), int(found[2]), int(found[3]), form)
    if found := ERA.fullmatch(told):
        number = 1 if found[2] == "元" else int(found[2])
        return _day(ERAS[found[1]] + number, int(found[3]), int(found[4]), "era")
    if found := YEAR_LAST.fullmatch(told):
        return _either(int(found[1]), int(found[2]), int(found[3]), order)
    if SHORT_YEAR.fullmatch(told):
        return DayRead(None, "", "day_without_century")
    return _by_word(told)


def _either(first: int, second: int, year: int, order: str) -> DayRead:
    """Two numbers that are day and month: which is which may be plain by itself."""
    if first > 12 or (first != second and second <= 12 and order == DAY_FIRST):
        return _day(year, second, first, DAY_FIRST)
    if second > 12 or (first != second and order == MONTH_FIRST):
        return _day(year, first, second, MONTH_FIRST)
    if first == second:
        return _day(year, second, first, order or DAY_FIRST)
    return DayRead(None, "", "day_ambiguous")


def _by_word(told: str) -> DayRead:
    for pattern, day, month in ((WORD_SECOND, 1, 2), (WORD_FIRST, 2, 1)):
        found = pattern.fullmatch(told)
        number = MONTHS.get(found[month]) if found else None
        if found and number:
            return _day(int(found[3]), number, int(found[day]), "month_word")
    return DayRead(None, "", "day_unknown")


def _day(year: int, month: int, day: int, form: str) -> DayRead:
    try:
        read = dt.date(year, month, day)
    except ValueError:
        return DayRead(None, "", "day_unknown")
    return DayRead(read, form) if EARLIEST <= year < LATEST else DayRead(None, "", "day_unknown")
