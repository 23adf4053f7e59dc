"""What goes wrong on the way: a flight missed, nobody who arrives.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .steps import DEPARTURE_MOVES

MISSED_BECAUSE = ("offloaded", "late", "ill", "cancelled", "no_show")
LAST_KNOWN = ("boarded", "transit", "landed", "nowhere")
REBOOKED = "rebooked"  # put on another flight without having missed the first


def why_not_miss_flight(*, state: str, listed: bool, code: str, on: dt.date, next_on: dt.date | None) -> list[Refusal]:
    """Why no missed flight can be recorded; `next_on` is the day of the next one where it is known."""
    against = why_not_move(DEPARTURE_MOVES, state, "flight_missed") if listed else [Refusal("not_on_manifest")]
    if code not in MISSED_BECAUSE:
        against.append(Refusal("reason_missing", member="code"))
    if next_on is not None and next_on < on:
        against.append(Refusal("next_flight_before", {"day": next_on}, member="next_on"))
    return against


def why_not_report_no_arrival(*, state: str, last_known: str, eta: dt.datetime | None, at: dt.datetime) -> list[Refusal]:
    """Why it cannot be said that a person did not arrive; `eta` is the moment at which the flight was to land."""
    if state not in ("departed", "not_arrived", "arrived"):
        return [Refusal("not_departed", {"now": state})]
    against = why_not_move(DEPARTURE_MOVES, state, "not_arrived")
    if eta is None or at < eta:
        against.append(Refusal("eta_not_passed", {"eta": eta}))
    return against if last_known in LAST_KNOWN else [*against, Refusal("reason_missing", member="last_known")]
