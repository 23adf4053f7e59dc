"""States of a thing as a table of moves, and what can be read off such a table.

A table is `{"drafted": {"approved"}, "approved": {"sent"}, "sent": set()}`; its first
key is where a thing begins. Nothing of Django may be brought in here.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from .refusal import Refusal

Moves = Mapping[str, Set[str]]


def why_not_move(moves: Moves, now: str, to: str) -> list[Refusal]:
    """Empty when the table allows the move, else the refusal `wrong_state`."""
    if to in moves[now]:
        return []
    return [Refusal("wrong_state", {"now": now, "to": to})]


def reachable(moves: Moves) -> frozenset[str]:
    """Every state that can be come to from the first one."""
    start = next(iter(moves))
    seen, waiting = {start}, [start]
    while waiting:
        for to in moves[waiting.pop()] - seen:
            seen.add(to)
            waiting.append(to)
    return frozenset(seen)


def diagram(moves: Moves) -> str:
    """The table as a Mermaid state diagram, always in the same order."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(moves))}"]
    for state, targets in moves.items():
        lines += [f"    {state} --> {to}" for to in sorted(targets)] or [f"    {state} --> [*]"]
    return "\n".join(lines) + "\n"
