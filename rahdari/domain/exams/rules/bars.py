"""Barring a person from tests without making a result void: on an upheld sign of fraud, by a second officer, until a day.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .voids import OF_THE_PERSON

BAR_ASKED, BAR_DECIDED, BAR_DROPPED, BAR_LIFTED = "bar_asked", "bar_decided", "bar_dropped", "bar_lifted"
BAR_MOVES = {
    BAR_ASKED: {BAR_DECIDED, BAR_DROPPED},
    BAR_DECIDED: {BAR_LIFTED},
    BAR_DROPPED: set(),
    BAR_LIFTED: set(),
}


def why_not_ask_bar(
    *, sign: str, numbers: Collection[str], number: str, code: str, why: str, barred_until: dt.date, today: dt.date,
    longest_bar: int, barred: bool,
) -> list[Refusal]:  # fmt: skip
    """Why nobody is proposed to be barred: the sign was not upheld or is not about this booking, the ground, the days.

    `barred` tells that the person of the booking is barred, or proposed to be, for the same sign already.
    """
    against = [] if sign == "anomaly_upheld" else [Refusal("sign_not_upheld")]
    if number not in numbers:
        against.append(Refusal("not_in_sign", {"number": number}, member="number"))
    elif barred:
        against.append(Refusal("barred_already", member="number"))
    if code not in OF_THE_PERSON:
        against.append(Refusal("bar_not_for_this", member="code"))
    if not why.strip():
        against.append(Refusal("reason_missing", member="why"))
    if not today < barred_until <= today + dt.timedelta(days=longest_bar):
        against.append(Refusal("bar_too_long", {"days": longest_bar}, member="barred_until"))
    return against


def why_not_bar(*, state: str, same_person: bool, barred_until: dt.date, today: dt.date) -> list[Refusal]:
    """Why a person is not barred: by whoever proposed it, decided already, or the day has come meanwhile."""
    against = why_not_move(BAR_MOVES, state, BAR_DECIDED)
    if same_person:
        against.append(Refusal("four_eyes"))
    return against if today < barred_until else [*against, Refusal("bar_over", {"day": barred_until})]


def why_not_lift_bar(*, state: str, same_person: bool, reason: str) -> list[Refusal]:
    """Why a bar is not lifted: by whoever decided it, without a reason, or it does not hold."""
    against = why_not_move(BAR_MOVES, state, BAR_LIFTED)
    if same_person:
        against.append(Refusal("four_eyes"))
    return against if reason.strip() else [*against, Refusal("reason_missing", member="reason")]
