"""Recovery at a counter: two officers and a waiting day between them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

RECOVERY_MOVES = {
    "recovery_begun": {"recovery_confirmed", "recovery_cancelled"},
    "recovery_confirmed": set(),
    "recovery_cancelled": set(),
}
WAITING_TIME = dt.timedelta(hours=24)


def why_not_confirm(state: str, begun_by: UUID, by: UUID | None, ready_at: dt.datetime, at: dt.datetime) -> list[Refusal]:
    """Every reason against giving the account its new phone."""
    refused = why_not_move(RECOVERY_MOVES, state, "recovery_confirmed")
    if by is None or by == begun_by:
        refused.append(Refusal("four_eyes"))
    if at < ready_at:
        refused.append(Refusal("waiting_day_not_over", {"ready_at": ready_at}))
    return refused
