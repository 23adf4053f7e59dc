"""Money as people type it: in whole units, with decimals where the currency has them, in the digits of any script.

A program sends the smallest unit; a shape marks the member a person types in whole units (`base.money.InWholeUnits`).
The hall knows no word of the domain: which members are money, the shapes say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import get_currency_name, get_currency_precision

from .words import locale_now

# Thousands as they are parted in Latin, Arabic and Japanese writing; the stop is left for decimals, so that nothing is guessed.
PARTED = re.compile("[,'’٬،、 \u00a0\u202f_]")
WHOLE = re.compile(r"\d+|\d{1,3}(?:-\d{2,3})*-\d{3}", re.ASCII)
DECIMALS = re.compile("[.٫]")


def read_typed(text: str, currency: str) -> int | str:
    """The typed amount in the smallest unit of its currency; the text itself where it is no amount, for the shape to refuse.

    A stop before three digits is no decimal of any currency here and is not read: 1.500 may be meant either way.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain)
    whole, *decimals = DECIMALS.split(plain)
    places = get_currency_precision(currency)
    if len(decimals) > 1 or not WHOLE.fullmatch(PARTED.sub("-", whole)):
        return text
    cents = decimals[0] if decimals else ""
    if decimals and not re.fullmatch(rf"\d{{1,{places}}}" if places else r"(?!)", cents, re.ASCII):
        return text
    digits = PARTED.sub("", whole) + cents.ljust(places, "0")
    return int(digits) if len(digits) < 25 else text


def whole_units(amount: int, currency: str) -> str:
    """An amount of the smallest unit as a person would type it."""
    places = get_currency_precision(currency)
    value = Decimal(amount) / 10**places
    return str(int(value)) if value == int(value) else f"{value:.{places}f}"


def currencies_named(codes: Iterable[str]) -> dict[str, str]:
    """Currencies to choose from, each with its name in the reader's language."""
    return {code: f"{get_currency_name(code, locale=locale_now())} ({code})" for code in codes}
