"""What may be done with a partner."""

from __future__ import annotations

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .states import PARTNER_MOVES


def why_not_change(state: str, to: str) -> list[Refusal]:
    """A partner is paused, resumed, removed; one that was removed comes back only by a new ceremony."""
    if state == "removed":
        return [Refusal("partner_removed")]
    return why_not_move(PARTNER_MOVES, state, to)
