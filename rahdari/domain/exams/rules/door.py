"""The door of a sitting: who comes in, who is turned away and why.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal

CHECKED, TURNED_AWAY = "door_checked", "door_turned_away"
DOOR = (CHECKED, TURNED_AWAY)
DOOR_REASONS = ("another_face", "another_passport", "no_passport", "passport_looks_false", "came_too_late")


def why_not_check_identity(
    *, state: str, starts_at: dt.datetime, at: dt.datetime, hours_before: int, door: str, reason: str
) -> list[Refusal]:
    """Why the door cannot be noted so: a result is known, too early, or turned away without a reason."""
    against = []
    if state != "seat_booked":
        against.append(Refusal("door_closed", member="number"))
    opens_at = starts_at - dt.timedelta(hours=hours_before)
    if at < opens_at:
        against.append(Refusal("door_not_open", {"opens_at": opens_at}))
    if door not in DOOR:
        against.append(Refusal("door_missing", member="door"))
    if door == TURNED_AWAY and reason not in DOOR_REASONS:
        against.append(Refusal("reason_missing", member="reason"))
    return against
