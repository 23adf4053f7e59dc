"""How the list of a centre goes on, and why it cannot. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

LIST_MOVES = {
    "list_drafted": {"list_drafted", "list_taken", "list_withdrawn"},
    "list_taken": {"list_undone"},
    "list_withdrawn": set(),
    "list_undone": set(),
}


def why_not_take(
    state: str, shown: Mapping[str, int], found: Mapping[str, int], *, agreed: bool, leave_out: bool
) -> list[Refusal]:
    """Why a list cannot be taken in: people who did not agree, wrong rows, nothing new, or files that changed meanwhile."""
    against = why_not_move(LIST_MOVES, state, "list_taken")
    if not agreed:
        against.append(Refusal("agreement_missing", member="agreed"))
    if found.get("wrong") and not leave_out:
        against.append(Refusal("import_rows_wrong", {"count": found["wrong"]}, member="leave_out"))
    if not found.get("new"):
        against.append(Refusal("list_nothing_new"))
    if dict(shown) != dict(found):
        against.append(Refusal("list_moved_on"))
    return against


def why_not_undo(state: str, used: int) -> list[Refusal]:
    """Why a list cannot be taken back: `used` counts its files that their owners looked over, or on which something rests."""
    return why_not_move(LIST_MOVES, state, "list_undone") + ([Refusal("list_in_use", {"count": used})] if used else [])
