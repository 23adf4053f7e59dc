"""Amounts of money: whole numbers of the smallest unit, and a currency. Never a float.

Nothing of Django may be brought in here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """`amount` in the smallest unit of `currency` (ISO 4217): yen, paisa, cent.

    Refuses (ValueError) an amount that is no whole number and a currency of another form;
    adding two currencies raises as well.
    """

    currency: str
    amount: int

    def __post_init__(self) -> None:
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise ValueError("an amount is a whole number of the smallest unit")
        if not CURRENCY.fullmatch(self.currency):
            raise ValueError("a currency is three capital letters (ISO 4217)")

    def __add__(self, other: Money) -> Money:
        return Money(self._same(other), self.amount + other.amount)

    def __sub__(self, other: Money) -> Money:
        return Money(self._same(other), self.amount - other.amount)

    def _same(self, other: Money) -> str:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return self.currency


@dataclass(frozen=True, slots=True)
class InWholeUnits:
    """Marks an amount that people type in whole units of the currency in the member beside it, or of the usual one.

    amount: Annotated[Amount, InWholeUnits("currency")]
    """

    currency: str
    usual: str = "PKR"
