"""Drafts of demands: what a draft may hold, and a list of them read from a table. Pure.

A draft holds what was typed by the names of the form's fields; nothing in it is checked before it is filed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rahdari.base.refusal import Refusal

MOST_DRAFTS, MOST_LISTED = 200, 100  # of one body; of one table
LONGEST_VALUE, LONGEST_DRAFT = 2_000, 40_000
FIELD = re.compile(r"(asked|power)(\.[a-z_]+|\.[0-9]{1,2}){1,5}")
COPIED = (
    "employer", "employer_name", "route", "kind", "promoter", "promoter_licence", "field", "duty", "dispatch", "places",
    "prefecture", "municipality", "tests", "terms",
)  # fmt: skip

# The titles of a table in the three languages, beside the names of the fields themselves.
TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "asked.places": ("places", "人数", "آسامیاں"),
        "asked.field": ("field", "分野", "شعبہ"),
        "asked.duty": ("duty", "業務区分", "کام کی نوعیت"),
        "asked.kind": ("kind", "在留資格", "رہائشی حیثیت"),
        "asked.route": ("route", "募集の方法", "بھرتی کا طریقہ"),
        "asked.employer": ("employer", "求人者", "آجر"),
        "asked.employer_name": ("employer_name", "求人者の名称", "آجر کا نام"),
        "asked.promoter": ("promoter", "送出機関", "پروموٹر"),
        "asked.promoter_licence": ("promoter_licence", "送出機関の許可番号", "پروموٹر کا لائسنس"),
        "asked.prefecture": ("prefecture", "都道府県", "پریفیکچر"),
        "asked.municipality": ("municipality", "市区町村", "بلدیہ"),
        "asked.tests": ("tests", "試験", "امتحانات"),
        "asked.opens_on": ("opens_on", "開始日", "پہلا دن"),
        "asked.closes_on": ("closes_on", "最終日", "آخری دن"),
        "asked.terms.pay_basic.amount": ("pay", "基本給", "بنیادی تنخواہ"),
        "asked.terms.comparable_pay.amount": ("comparable_pay", "日本人の賃金", "جاپانی کارکن کی تنخواہ"),
        "asked.terms.hours_week": ("hours_week", "週の労働時間", "ہفتہ وار گھنٹے"),
        "asked.terms.days_year": ("days_year", "年間の労働日数", "سال کے ایامِ کار"),
        "asked.terms.leave": ("leave", "有給休暇", "رخصت"),
        "asked.terms.length_months": ("length_months", "契約の月数", "معاہدے کے مہینے"),
        "asked.terms.housing.code": ("housing", "住居", "رہائش"),
        "asked.terms.housing.money.amount": ("rent", "家賃", "کرایہ"),
        "asked.terms.housing.m2": ("m2", "広さ", "رقبہ"),
        "asked.terms.overtime": ("overtime", "時間外労働", "اوور ٹائم"),
        "asked.terms.work_place": ("work_place", "就業場所", "کام کی جگہ"),
        "asked.terms.return_travel": ("return_travel", "帰国旅費", "واپسی کا سفر"),
        "asked.terms.language": ("language", "条件の言語", "شرائط کی زبان"),
        "power.until": ("power_until", "委任状の期限", "مختار نامہ کی میعاد"),
        "power.signatory": ("signatory", "署名者", "دستخط کنندہ"),
    }
)
_BY_TITLE = {title.casefold(): name for name, titles in TITLES.items() for title in (name, *titles)}


def field_of(title: str) -> str:
    """The field a title of a table means; empty where it means none."""
    return _BY_TITLE.get(" ".join(title.split()).casefold(), "")


def kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What of a form a draft holds: the fields of a demand, with what stands in them; files and the rest are passed over."""
    named = ((name, str(value).replace("\0", "").strip()) for name, value in typed.items() if FIELD.fullmatch(name))
    return {name: value[:LONGEST_VALUE] for name, value in named if value}


def why_not_save(content: Mapping[str, str], *, held: int, new: bool) -> list[Refusal]:
    """Why a draft cannot be kept: nothing stands in it, it is far too long, or there are too many."""
    against = [] if content else [Refusal("draft_empty")]
    if sum(len(value) for value in content.values()) > LONGEST_DRAFT:
        against.append(Refusal("draft_too_long"))
    if new and held >= MOST_DRAFTS:
        against.append(Refusal("too_many_drafts", {"most": MOST_DRAFTS}))
    return against


def listed(head: Iterable[str], lines: Iterable[tuple[int, Iterable[str]]]) -> list[dict[str, str]]:
    """The drafts of a table, one a line, by the fields its titles mean; lines with nothing in known columns are passed over."""
    fields = [field_of(title) for title in head]
    found = (kept(dict(zip(fields, (str(cell) for cell in cells), strict=False))) for _, cells in lines)
    return [one for one in found if one]


def why_not_take(head: Iterable[str], rows: int, held: int) -> list[Refusal]:
    """Why a table of demands cannot be taken: no title is known, or there are too many lines."""
    if not any(field_of(title) for title in head):
        return [Refusal("no_known_column", member="file")]
    if not rows:
        return [Refusal("import_no_rows", member="file")]
    most = min(MOST_LISTED, MOST_DRAFTS - held)
    return [Refusal("too_many_drafts", {"most": most}, member="file")] if rows > most else []
