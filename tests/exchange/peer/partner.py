"""All a node knows of one partner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.exchange.peer.incoming import Incoming
from tests.exchange.peer.keys import KeysToken, Known
from tests.exchange.peer.outgoing import Outgoing
from tests.exchange.peer.statements import Statement


@dataclass
class Partner:
    node: str
    url: str
    office: str
    origin: str
    known: Known
    incoming: Incoming
    outgoing: Outgoing
    keys_tokens: list[str] = field(default_factory=list)
    asked: bool = False
    """Whether its heads were asked for since the last start."""
    verified: dict[str, str] = field(default_factory=dict)
    """Statement id to the hash of the first token under it whose signature verified."""
    first_outcome: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Statement hash to its first outcome."""
    heard: list[Statement] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    """What the partner said became of my statements."""
    said: dict[str, str] = field(default_factory=dict)
    """Ids of my statements to their hashes."""
    blobs_wanted: dict[str, dict[str, Any]] = field(default_factory=dict)
    cosigned: int = 0
    """How much of my journal the partner cosigned."""
    cosign_after: float = 0
    alarms: list[str] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    """Places of my own stream that came back from the partner and that I can no longer read."""

    def learn(self, keys: KeysToken) -> None:
        self.known.keys |= keys.keys
        self.keys_tokens.append(keys.token)

    def held(self, node: str, id: str) -> str | None:
        """The hash of the statement token that stands under this node's id."""
        return (self.verified if node == self.node else self.said).get(id)

    @property
    def types_heard(self) -> list[str]:
        return [statement.type for statement in self.heard]
