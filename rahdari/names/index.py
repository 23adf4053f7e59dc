"""Finds names among many: by the sound of their words first, then by comparing the few that are left.

The index lives in memory, and is built again from the register when the program starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.names.comparing import guess_kind
from rahdari.names.parsing import ORGANISATION, PERSON
from rahdari.names.shelf import Hit, Shelf

__all__ = ["Entry", "Hit", "Index"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register: its identifier, its kind, and all the names it goes by."""

    id: str
    kind: str
    names: tuple[str, ...]


class Index:
    """A register of persons and organisations to be searched by name."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._shelves = {PERSON: Shelf(PERSON), ORGANISATION: Shelf(ORGANISATION)}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Takes one entry more up; an entry taken up twice stands twice."""
        self._shelves[entry.kind].add(entry.id, entry.names)

    def __len__(self) -> int:
        return sum(len(shelf) for shelf in self._shelves.values())

    def search(self, query: str, limit: int = 10, kind: str = "") -> list[Hit]:
        """The entries whose names are most like the query, the best first; of one kind if a kind is named or plain."""
        return self._shelves[kind or guess_kind(query)].search(query, limit)
