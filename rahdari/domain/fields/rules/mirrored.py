"""What the partner tells of its orders: what is kept here, and what cannot be taken up.

The state that made an order alone changes it, so the moves of an own order are not asked of a mirrored one: what was
issued last counts. A field that the tables do not know yet, and one of another state than the sender, are kept too;
what has effect is decided where orders are read (`queries.orders.all_orders`). Facts in, every refusal out. No Django,
no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rahdari.base.refusal import Refusal

from .orders import EffectLine

WAS_IN_FORCE = frozenset({"decided", "changed", "lifted"})


def why_not_mirror(
    *, sender: str, field: str, state: str, lifted_on: dt.date | None, effects: Sequence[EffectLine], held: tuple[str, str] | None
) -> list[Refusal]:
    """Why a statement of a field's standing cannot be taken up; `held` is home and field of the order kept under its id."""
    against = []
    if held is not None and held != (sender, field):
        against.append(Refusal("order_of_another", {"field": field}, member="order"))
    if state == "resumed" and lifted_on is None:
        against.append(Refusal("date_missing", {"what": "lifted_on"}, member="lifted_on"))
    lines = Counter((line.application_kind, line.condition) for line in effects)
    twice = dict.fromkeys(kind for (kind, _), number in lines.items() if number > 1)
    return against + [Refusal("effect_twice", {"kind": kind}, member="effects") for kind in twice]


def mirrored_state(told: str, before: str | None) -> str:
    """The state of a mirrored order (one of `orders.ORDER_MOVES`) after a statement, given the one before it."""
    was_in_force = before in WAS_IN_FORCE
    states = {
        "nearing": "announced",
        "suspended": "changed" if was_in_force else "decided",
        "resumed": "lifted",
        "open": "lifted" if was_in_force else "withdrawn",
    }
    return states[told]
