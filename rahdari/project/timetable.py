"""Hour → scheduled action: what the node does by itself, as a table.

The worker of a node (`rahdari node work`) walks it; every row may be done by several
workers at once and does nothing twice.
"""

from __future__ import annotations

import datetime as dt
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


def due_rows(last: dict[str, dt.datetime], at: dt.datetime) -> list[Due]:
    """The rows whose time has come, given when each was last done."""
    return [row for row in TIMETABLE if row.name not in last or (at - last[row.name]).total_seconds() >= row.every]
