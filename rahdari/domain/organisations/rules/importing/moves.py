"""How the import of a register goes on, and why it cannot: two officers take it in, two take it back. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

IMPORT_MOVES = {
    "drafted": {"drafted", "waiting", "withdrawn"},
    "waiting": {"drafted", "taken", "withdrawn"},
    "taken": {"undo_waiting"},
    "undo_waiting": {"taken", "undone"},
    "withdrawn": set(),
    "undone": set(),
}


def why_not_submit(state: str, fates: Mapping[str, int], *, leave_out: bool) -> list[Refusal]:
    """Why a register cannot be handed to a second officer: nothing new in it, or rows that are wrong and not left out."""
    against = why_not_move(IMPORT_MOVES, state, "waiting")
    if fates.get("wrong") and not leave_out:
        against.append(Refusal("import_rows_wrong", {"count": fates["wrong"]}, member="leave_out"))
    if not fates.get("new"):
        against.append(Refusal("import_nothing_new"))
    return against


def why_not_take(state: str, shown: Mapping[str, int], found: Mapping[str, int]) -> list[Refusal]:
    """Why a register cannot be taken in: what the officers saw is no longer what would happen."""
    moved_on = dict(shown) != dict(found)
    return why_not_move(IMPORT_MOVES, state, "taken") + ([Refusal("import_moved_on")] if moved_on else [])


def why_not_undo(state: str, resting: Mapping[str, int], to: str = "undone") -> list[Refusal]:
    """Why an import cannot be taken back: on how many of its entries something rests by now, by what it is."""
    against = why_not_move(IMPORT_MOVES, state, to)
    against += [Refusal("import_in_use", {"count": count, "what": f"rests_{what}"}) for what, count in resting.items() if count]
    return against
