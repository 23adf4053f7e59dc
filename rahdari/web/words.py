"""Codes in, sentences out, in the language of the reader.

Each package says its refusals and reasons in `wording.py` (REFUSALS, REASONS, FAULTS);
`settings.WORDINGS` lists them. A value inside a sentence is written as the language writes
it: days, money, lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol
from django.conf import settings
from django.utils.translation import get_language

from rahdari.base.clock import ZONES
from rahdari.base.facts import Fault
from rahdari.base.money import Money
from rahdari.base.reference import Row, shipped_book
from rahdari.base.refusal import Reason, Refusal

SHELVES = ("REFUSALS", "REASONS", "FAULTS", "STATES", "CODES", "LABELS", "PERMISSIONS", "STATEMENTS")


@cache
def shelf(name: str) -> Mapping[str, Any]:
    """All words of one kind, of every package: code → lazy sentence."""
    words: dict[str, Any] = {}
    for module in settings.WORDINGS:
        for code, sentence in getattr(import_module(module), name, {}).items():
            words.setdefault(code, sentence)
    return words


def sentence(code: str, about: Mapping[str, object], kinds: tuple[str, ...] = ("REFUSALS", "REASONS", "FAULTS")) -> str:
    """The sentence for a code with its values filled in; raises LookupError for a code without words."""
    for kind in kinds:
        words = shelf(kind).get(code)
        if words is not None:
            return str(words) % Spoken(about)
    raise LookupError(f"no words for {code!r}")


def say(reason: Reason) -> str:
    """A refusal or reason in the language of the reader; the same code may refuse an act and explain an answer."""
    kinds = ("REFUSALS", "REASONS", "FAULTS") if isinstance(reason, Refusal) else ("REASONS", "REFUSALS", "FAULTS")
    return sentence(reason.code, reason.about, kinds)


def say_fault(fault: Fault) -> str:
    """What is wrong with one fact, in the language of the reader."""
    return sentence(fault.code, {"path": fault.path, **fault.about}, ("FAULTS", "REFUSALS"))


class Spoken(dict[str, str]):
    """The values of a sentence, each written as the language writes it; one that is not there stays empty."""

    def __init__(self, about: Mapping[str, object]) -> None:
        super().__init__({name: spoken(value) for name, value in about.items()})

    def __missing__(self, name: str) -> str:
        return ""


def locale_now() -> str:
    """The reader's language as babel names it; Urdu keeps Western digits, as Pakistan's offices print them."""
    return {"ur": "ur_PK", "ja": "ja_JP"}.get(get_language() or "en", "en_GB")


def spoken(value: object) -> str:
    """One value as the reader's language writes it; codes are replaced by their words where there are any."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, dt.datetime):
        return say_moment(value)
    if isinstance(value, dt.date):
        return say_day(value)
    if isinstance(value, int):
        return format_decimal(value, locale=locale_now())
    if isinstance(value, Money):
        return say_money(value)
    if isinstance(value, (list, tuple, frozenset, set)):
        return format_list([spoken(one) for one in value], locale=locale_now())
    text = str(value)
    return str(shelf("CODES").get(text) or name_in_tables(text) or text)


class Fact:
    """One line of facts on a page: its label, and its value in the words of the reader."""

    def __init__(self, label: str, value: object) -> None:
        self.label, self.value = label, spoken(value)


# Tables whose codes have names, in the order in which a code is looked up.
NAMED = {
    "fields": "code",
    "authorities": "code",
    "extra_conditions": "code",
    "exam_kinds": "code",
    "windows": "code",
    "support_items": "code",
    "fees_pk": "item",
    "fees_jp": "item",
    "fee_categories": "code",
    "moc_categories": "code",
    "clause_kinds": "code",
}


def name_in_tables(code: str) -> str:
    """The name a code bears in the shipped tables, in the language of the reader; empty when it has none."""
    row = _rows_with_names().get(code)
    return "" if row is None else row.get(f"name_{get_language() or 'en'}") or row["name_en"]


@cache
def _rows_with_names() -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for table, column in NAMED.items():
        for row in shipped_book().rows(table):
            found.setdefault(row[column], row)
    return found


def say_day(day: dt.date) -> str:
    """A day as the reader's language writes it in a sentence."""
    return format_date(day, "y年M月d日" if get_language() == "ja" else "d MMMM y", locale=locale_now())


def say_short_day(day: dt.date) -> str:
    """A day without its year, where the year is plain from what stands beside it."""
    return format_date(day, "M月d日" if get_language() == "ja" else "d MMM", locale=locale_now())


def say_month(month: dt.date) -> str:
    """The month of a day as the reader's language writes it."""
    return str(format_skeleton("yMMMM", month, locale=locale_now()))


def say_moment(moment: dt.datetime) -> str:
    """A day and the time of day at this node's offices, with the name of their clock."""
    here = moment.astimezone(ZONES[settings.RAHDARI_NODE])
    return f"{say_day(here.date())} {here:%H:%M %Z}"


def say_money(money: Money) -> str:
    """An amount with its currency; what is less than one unit is said where there is any."""
    locale, unit = locale_now(), 10 ** get_currency_precision(money.currency)
    space = "\u00a0" if get_currency_symbol(money.currency, locale=locale)[-1:].isalpha() else ""
    form = f"¤{space}#,##0" + ("" if money.amount % unit == 0 else ".00")
    return format_currency(Decimal(money.amount) / unit, money.currency, form, locale=locale, currency_digits=False)
