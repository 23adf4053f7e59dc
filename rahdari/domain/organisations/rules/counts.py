"""The registers in numbers: how many entries of each kind stand in which state, and one digest that two nodes compare. Pure.

These count firms, not persons, so that no number is too small to be told.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .standing import LICENSED, TOLD_STATES, UNKNOWN

# How a page groups the states; the downloads give each by itself.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "valid": LICENSED,
    "suspended": ("suspended",),
    "expired": ("expired",),
    "surrendered": ("surrendered",),
    "taken_away": ("cancelled", "disqualified"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register as it stands on a day."""

    registry_id: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of one kind stand in one state."""

    kind: str
    state: str
    entries: int


def that_count(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that stand in a state on the day; one that begins later is left out."""
    return [one for one in entries if one.state != UNKNOWN]


def tallies(entries: Iterable[Entry], kinds: Iterable[str]) -> list[Tally]:
    """The numbers by kind and state, in the order of kinds and states; a kind or state without entries is not listed."""
    counts = Counter((one.kind, one.state) for one in that_count(entries))
    return [Tally(kind, state, counts[kind, state]) for kind in kinds for state in TOLD_STATES if counts[kind, state]]


def grouped(rows: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """The numbers of each kind as a page shows them: in all, and by group of states."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        line = found.setdefault(row.kind, dict.fromkeys(("in_all", *GROUPS), 0))
        line["in_all"] += row.entries
        line[next(name for name, states in GROUPS.items() if row.state in states)] += row.entries
    return found


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256, in hex, over a line for each entry that counts: registry id, space, state, line feed; sorted by code point.

    Equal on both nodes exactly if both hold the same entries in the same states on the day.
    """
    lines = sorted(f"{one.registry_id} {one.state}\n" for one in that_count(entries))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
