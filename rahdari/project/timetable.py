"""Hour → scheduled action: what the node does by itself, as a table.

The worker of a node (`rahdari node work`) does every row in its turn (`project/jobs.py`); a row may be asked
for by several workers and does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rahdari.base.audit import link_entries


@dataclass(frozen=True, slots=True)
class Due:
    """Something done every so many seconds; `act` is told the moment and says how much it did."""

    name: str
    every: float
    act: Callable[..., int]


TIMETABLE: tuple[Due, ...] = (Due("audit.link_entries", 1.0, link_entries),)
