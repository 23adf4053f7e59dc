"""What reaches a worker's account in a month, as far as the terms tell it. Facts in, an amount out; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rahdari.base.money import Money

A_MONTH = "month"


def net_a_month(terms: Mapping[str, Any]) -> Money | None:
    """Basic pay and allowances less deductions and rent; None where pay is by the hour or not all in one currency.

    An estimate: tax and insurance depend on the person, overtime is not in it.
    """
    pay = terms["pay_basic"]
    rent = terms["housing"]["money"]
    plus = [one["money"] for one in terms["allowances"]]
    minus = [one["money"] for one in terms["deductions"]] + ([rent] if rent["amount"] else [])
    if pay["per"] != A_MONTH or any(one["currency"] != pay["currency"] for one in (*plus, *minus)):
        return None
    amount = pay["amount"] + sum(one["amount"] for one in plus) - sum(one["amount"] for one in minus)
    return Money(pay["currency"], amount)
