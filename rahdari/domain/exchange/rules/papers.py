"""Whether a paper is what it says: signed by the state it names, with a key that counted then. Pure, for pages and commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, encode
from rahdari.seals.keys import PublicKey
from rahdari.seals.tokens import Paper, read_paper

from .keys import KnownKey
from .limits import RETIRED_ACCEPTED

GENUINE, MALFORMED, KEY_UNKNOWN = "genuine", "malformed", "key_unknown"
SIGNATURE, OUT_OF_VALIDITY = "signature", "key_out_of_validity"
OUTCOMES = (GENUINE, MALFORMED, KEY_UNKNOWN, SIGNATURE, OUT_OF_VALIDITY)


@dataclass(frozen=True, slots=True)
class PaperKey:
    """A key that signs a state's papers: from when, and before when, papers by it count (seconds since 1970)."""

    node: str
    kid: str
    raw: bytes
    nbf: int
    exp: int

    def told(self) -> dict[str, Any]:
        """The key as the list of keys holds it."""
        return {"node": self.node, "kid": self.kid, "x": encode(self.raw), "nbf": self.nbf, "exp": self.exp}


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A paper with what was found of it; nothing in `paper` is true unless it is `genuine`."""

    outcome: str
    paper: Paper | None = None

    @property
    def genuine(self) -> bool:
        """Whether the state it names signed it."""
        return self.outcome == GENUINE


def paper_key(key: KnownKey) -> PaperKey | None:
    """The key as one for papers; None for another role, one not confirmed and one compromised."""
    if key.public.role != "clerk" or key.compromised or not key.confirmed:
        return None
    ends = key.public.exp
    if key.retired_at is not None:
        ends = min(ends, int((key.retired_at + RETIRED_ACCEPTED).timestamp()))
    return PaperKey(key.node, key.public.kid, key.public.raw, key.public.nbf, ends)


def key_told(told: Any) -> PaperKey:
    """A key out of a list of keys; ValueError for anything else."""
    try:
        return PaperKey(str(told["node"]), str(told["kid"]), decode(told["x"]), int(told["nbf"]), int(told["exp"]))
    except (Fault, KeyError, TypeError) as wrong:
        raise ValueError("no key for papers") from wrong


def read_against(token: str, keys: Iterable[PaperKey]) -> PaperRead:
    """Reads a paper and checks it against the keys one has: its form, its key, the time it states, its signature."""
    try:
        paper = read_paper(token)
    except Fault:
        return PaperRead(MALFORMED)
    key = next((one for one in keys if one.kid == paper.jws.kid and one.node == paper.node), None)
    if key is None:
        return PaperRead(KEY_UNKNOWN, paper)
    if not PublicKey("clerk", key.kid, key.nbf, key.exp, key.raw).verify(paper.jws.signed, paper.jws.signature):
        return PaperRead(SIGNATURE, paper)
    if not key.nbf <= _seconds(paper.issued_at) < key.exp:
        return PaperRead(OUT_OF_VALIDITY, paper)
    return PaperRead(GENUINE, paper)


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
