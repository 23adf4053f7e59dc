"""What the portal shows of a search: each vacancy as a line, how the words were read, and the addresses that lead on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.money import Money
from rahdari.web.words import spoken

from ..models import Listing
from ..rules.listing import PREFECTURE, TOWN
from ..rules.words import NAME, OUTSIDE, Meaning
from .search import Asked, Found
from .words import key_in_words, prefecture_name, town_name

MOST_MEANT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One vacancy in a list, in the reader's language."""

    vacancy: UUID
    field: str
    duty: str
    place: str
    employer: str
    pay: str
    per: str
    places: int | None
    closes: str
    closes_on: dt.date


@dataclass(frozen=True, slots=True)
class Read:
    """How a typed word was read: its meanings in words, whether it was guessed, and the search without it."""

    typed: str
    meant: tuple[str, ...]
    how: str
    without: str

    @property
    def guessed(self) -> bool:
        """Whether the word stands nowhere as it was typed."""
        return self.how not in ("exact", "beginning")


def lines_of(rows: Sequence[Listing]) -> list[Line]:
    """Rows of a list in the reader's language; costs no query."""
    language = get_language() or "en"
    return [
        Line(
            one.vacancy_id, _said(one.field, language), key_in_words(f"d:{one.duty}") if one.duty else "",
            place_of(one.prefecture, one.municipality), one.employer_name, _money(one.pay, one.currency, language),
            one.per, one.places, _day(one.closes_on, language), one.closes_on,
        )
        for one in rows
    ]  # fmt: skip


def place_of(prefecture: str, municipality: str) -> str:
    """Prefecture and municipality in the reader's language."""
    return " · ".join(filter(None, [prefecture_name(prefecture), town_name(municipality) if municipality else ""]))


@lru_cache(maxsize=1 << 10)
def _said(code: str, language: str) -> str:
    return spoken(code)


@lru_cache(maxsize=1 << 12)
def _money(amount: int, currency: str, language: str) -> str:
    return spoken(Money(currency, amount))


@lru_cache(maxsize=1 << 10)
def _day(day: dt.date, language: str) -> str:
    return spoken(day)


def read_of(found: Found) -> list[Read]:
    """How each word of a line was read."""
    words = [one.typed for one in found.meanings]
    return [
        Read(one.typed, _meant(one), one.how, address_of(found.asked, q=" ".join([*words[:place], *words[place + 1 :]])))
        for place, one in enumerate(found.meanings)
    ]


def _meant(one: Meaning) -> tuple[str, ...]:
    """A few of the meanings of a word; a prefecture stands for the towns in it."""
    keys = one.meant
    if any(key.startswith(PREFECTURE) for key in keys):
        keys = [key for key in keys if not key.startswith(TOWN)]
    return tuple(dict.fromkeys(key_in_words(key) for key in keys))[:MOST_MEANT] if one.how not in (NAME, OUTSIDE) else ()


def address_of(asked: Asked, **changed: Any) -> str:
    """The query of an address that asks for this, with members changed; begins with a question mark."""
    told = {name: value for name, value in (asked.told | changed).items() if value not in ("", 0, None)}
    return "?" + urlencode(told)


def summary_of(asked: Asked) -> str:
    """A search in a few words: what was typed, then each filter."""
    named = [asked.q, *(spoken(code) for code in (asked.field, asked.route) if code)]
    named += [prefecture_name(asked.prefecture)] if asked.prefecture else []
    named += [key_in_words(f"l:{asked.level}")] if asked.level else []
    named += ["≥ " + _money(asked.pay_from, "JPY", get_language() or "en")] if asked.pay_from else []
    if asked.open_on:
        named += [_("open on %(day)s") % {"day": spoken(dt.date.fromisoformat(asked.open_on))}]
    return " · ".join(filter(None, named))
