"""Who acts: a person, for one body, in one role, on one node.

Every action and every query takes an actor. Nothing of Django may be brought in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting for one body in one role.

    `body` is a code of `authorities.csv` or a registry id (`pk:org:…`); `protectorate`
    or a like part of a body is `office`. `channel` says by which door they came:
    `web`, `api`, `command`, `timetable`, `mailroom`. A program's token narrows its actor
    to the permissions named in `scopes`; None narrows nothing.
    """

    node: str
    role: str
    body: str = ""
    person: UUID | None = None
    name: str = ""
    office: str = ""
    channel: str = "web"
    scopes: frozenset[str] | None = None

    @property
    def known(self) -> bool:
        """Whether somebody signed in."""
        return self.person is not None


def stranger(node: str, channel: str = "web") -> Actor:
    """Anyone from the public, without an account."""
    return Actor(node=node, role="public", channel=channel)


def machine(node: str, channel: str) -> Actor:
    """The node itself, at work by its timetable or for its mailroom."""
    return Actor(node=node, role="node", body=node, name=f"node {node}", channel=channel)
