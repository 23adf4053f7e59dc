"""What a statement is to the packages: who may see it, and what the partner told in it.

A package says one with `unit.say(...)` (`rahdari.base.work`) and hears one in its `inbox.py`.
How it is sealed and carried is not known here. Nothing of Django may be brought in here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

LEVELS = ("office", "contact_point", "named_bodies", "authorities", "public")  # from the narrowest to the widest


@dataclass(frozen=True, slots=True)
class Marking:
    """Who may see a statement on the receiving side; `bodies` are bodies there, and only at `named_bodies`."""

    level: str = "contact_point"
    bodies: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """As it stands in a statement."""
        return {"level": self.level, "bodies": list(self.bodies)}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a partner, opened, verified and in the shape its schema asks, as an inbox gets it.

    `hash` is that of its token: an answer names it beside `id` as `{"of": id, "statement": hash}`.
    """

    id: UUID
    type: str
    sender: str
    receiver: str
    thread: UUID
    in_reply_to: UUID | None
    issued_at: dt.datetime
    marking: Marking
    language: str
    data: Mapping[str, Any]
    hash: str
