"""Which column of a register holds what: guessed by its title in three languages, corrected by a person. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from rahdari.base.refusal import Refusal

from ..licences import KINDS

LEFT_OUT = "left_out"
# What a column may hold, in the order of the form.
TARGETS = (
    "number", "old_number", "name", "kind", "state", "state_on", "from_on", "last_on", "until", "address", "city", "phone",
    "owner", "director", "manager", "officer_identity", "jp_corporate_number", "jp_dispatch_licence", "ntn", LEFT_OUT,
)  # fmt: skip
IN_SEVERAL = frozenset({"old_number", "name", "address", "phone", "owner", "director", "manager", LEFT_OUT})
OFFICERS = ("owner", "director", "manager")
IDENTIFIERS = ("jp_corporate_number", "jp_dispatch_licence", "ntn")
LETTER_FORMS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ۃ": "ہ", "ة": "ہ", "ه": "ہ"})
WORDS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "licence no", "license no", "licence number", "license number", "oep licence no", "oep license no", "lic no", "oep no",
        "licence", "license", "permit no", "permit number", "registration no", "registration number", "reg no", "لائسنس نمبر",
        "لائسنس", "رجسٹریشن نمبر", "登録番号", "許可番号", "登録支援機関登録番号", "許可届出受理番号", "許可証番号",
    ),
    "old_number": (
        "old licence no", "old license no", "previous licence no", "previous license no", "former licence no", "old no",
        "old number", "old licence number", "old license number", "پرانا لائسنس نمبر", "سابقہ لائسنس نمبر", "旧登録番号",
        "旧許可番号", "旧番号",
    ),
    "name": (
        "name", "name of oep", "name of promoter", "name of agency", "name of firm", "name of company", "firm", "firm name",
        "agency", "agency name", "company", "company name", "company title", "name of organisation", "name of organization",
        "trade name", "name urdu", "name english", "name japanese", "title", "نام", "فرم کا نام", "ادارے کا نام",
        "کمپنی کا نام",
        "ایجنسی کا نام", "نام اردو", "名称", "氏名又は名称", "機関名", "事業者名", "事業所名", "会社名", "法人名", "商号",
        "英語名称",
        "英語名", "カナ名称", "フリガナ", "名称カナ",
    ),
    "kind": ("kind", "type", "type of organisation", "category", "قسم", "نوعیت", "種別", "区分"),
    "state": (
        "status", "state", "licence status", "license status", "present status", "current status", "حیثیت", "لائسنس کی حیثیت",
        "کیفیت", "状態", "登録状況", "許可状況", "状況",
    ),
    "state_on": (
        "status date", "date of status", "date of suspension", "suspension date", "date of cancellation", "cancellation date",
        "معطلی کی تاریخ", "منسوخی کی تاریخ", "状態変更日", "取消年月日", "取消日", "停止年月日", "廃止年月日", "廃止届出日",
    ),
    "from_on": (
        "issue date", "date of issue", "issued on", "valid from", "date of licence", "date of license", "licence date", "from",
        "registration date", "date of registration", "date of grant", "start date", "تاریخ اجراء", "تاریخ اجرا",
        "اجراء کی تاریخ",
        "登録年月日", "登録日", "許可年月日", "許可日", "有効期間開始日", "開始日",
    ),
    "last_on": (
        "expiry date", "expiry", "date of expiry", "expires", "expires on", "valid upto", "valid up to", "valid until",
        "valid till",
        "validity", "end date", "valid to", "تاریخ تنسیخ", "میعاد", "تاریخ میعاد", "معیاد", "آخری تاریخ", "有効期限",
        "有効期間満了日",
        "有効期間の満了日", "満了日", "有効期間", "有効期間の末日",
    ),
    "until": ("first day without validity", "not valid from", "失効日"),
    "address": (
        "address", "office address", "postal address", "addresses", "registered address", "head office", "business address",
        "پتہ",
        "دفتر کا پتہ", "پتا", "住所", "所在地", "本店所在地", "事務所の所在地", "事業所所在地", "事務所所在地",
    ),
    "city": ("city", "town", "district", "station", "شہر", "ضلع", "市区町村", "都市"),
    "phone": (
        "phone", "phones", "phone no", "telephone", "telephone no", "tel", "tel no", "contact", "contact no", "contact number",
        "phone number", "mobile", "mobile no", "cell", "cell no", "landline", "ptcl", "فون", "فون نمبر", "ٹیلی فون",
        "رابطہ نمبر",
        "موبائل", "電話", "電話番号", "連絡先",
    ),
    "owner": (
        "owner", "proprietor", "name of proprietor", "proprietor name", "name of owner", "managing partner", "partner",
        "partners",
        "licensee", "name of licensee", "مالک", "مالک کا نام", "پروپرائٹر", "事業主", "経営者",
    ),
    "director": (
        "director", "directors", "chief executive", "ceo", "managing director", "ڈائریکٹر", "چیف ایگزیکٹو", "代表者",
        "代表者名",
        "代表者氏名", "代表取締役", "役員", "役員氏名",
    ),
    "manager": ("manager", "general manager", "branch manager", "منیجر", "مینیجر", "責任者", "支援責任者", "職業紹介責任者"),
    "officer_identity": (
        "cnic", "cnic no", "cnic of proprietor", "nic", "nic no", "owner cnic", "identity card no", "شناختی کارڈ نمبر",
        "شناختی کارڈ",
    ),
    "jp_corporate_number": ("corporate number", "corporate no", "houjin bangou", "法人番号"),
    "jp_dispatch_licence": ("dispatch licence", "dispatch license", "派遣許可番号", "労働者派遣許可番号"),
    "ntn": ("ntn", "ntn no", "national tax number", "این ٹی این", "ٹیکس نمبر"),
    LEFT_OUT: (
        "s no", "sr no", "sno", "serial", "serial no", "remarks", "no", "email", "e mail", "website", "fax", "fax no",
        "نمبر شمار",
        "سیریل نمبر", "ای میل", "ریمارکس", "番号", "項番", "no.", "備考", "ファックス", "fax番号", "メール", "郵便番号",
        "postal code",
        "zip",
    ),
}  # fmt: skip


def folded(title: str) -> str:
    """A title without case, width, marks and signs."""
    text = unicodedata.normalize("NFKC", title).casefold().translate(LETTER_FORMS)
    plain = "".join(one if unicodedata.category(one)[0] in "LN" else " " for one in text if unicodedata.category(one) != "Mn")
    return " ".join(plain.split())


_BY_WORD = {folded(word): target for target, words in WORDS.items() for word in words}
_LONGEST_FIRST = sorted((word for word in _BY_WORD if len(word) > 2), key=len, reverse=True)


def target_of(title: str) -> str:
    """What a column of this title holds, most likely; empty when nothing is known of it."""
    text = folded(title)
    if text in _BY_WORD:
        return _BY_WORD[text]
    return next((_BY_WORD[word] for word in _LONGEST_FIRST if _stands_in(word, text)), "")


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a title: between spaces, or anywhere where the script knows none."""
    if word.isascii() or "\u0600" <= word[0] <= "\u06ff":
        return re.search(rf"(?<!\S){re.escape(word)}(?!\S)", text) is not None
    return word in text


def is_known(title: str) -> bool:
    """Whether a title is one of a register."""
    return folded(title) in _BY_WORD or target_of(title) not in ("", LEFT_OUT)


def guessed(head: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """What each column holds: as it was said before for these titles, else by its words; of two the first."""
    told: list[str] = []
    for title in head:
        target = remembered.get(folded(title)) or target_of(title) or LEFT_OUT
        told.append(LEFT_OUT if target in told and target not in IN_SEVERAL else target)
    return told


def key_of(head: Sequence[str]) -> str:
    """By which a set of titles is known again, in whatever order they stand."""
    return hashlib.sha256("\n".join(sorted(folded(title) for title in head)).encode()).hexdigest()


def why_not_columns(kind: str, targets: Sequence[str], width: int) -> list[Refusal]:
    """Why a register cannot be read by these columns."""
    against = [] if len(targets) == width else [Refusal("import_columns_differ", {"count": width}, member="rows")]
    for target in dict.fromkeys(targets):
        if target not in IN_SEVERAL and targets.count(target) > 1:
            against.append(Refusal("import_column_twice", {"column": f"column_{target}"}, member="rows"))
    needed = ["name", *(["number"] if KINDS[kind].numbers else [])]
    against += [
        Refusal("import_column_missing", {"column": f"column_{one}"}, member="rows") for one in needed if one not in targets
    ]
    if "last_on" in targets and "until" in targets:
        against.append(Refusal("import_two_ends", member="rows"))
    return against
