"""The receiving side of one stream: the checks of section 3 in their order, and what is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.exchange.peer.answers import Refused
from tests.exchange.peer.forms import Malformed, h, now, read_stamp
from tests.exchange.peer.keys import LIMITS, Known, Public
from tests.exchange.peer.letters import hash_of, is_stub, read_envelope, seed
from tests.exchange.peer.tokens import Jws

AHEAD = timedelta(minutes=5)


@dataclass
class Held:
    """One place of a stream I receive."""

    signed: Jws
    hash: str
    receipt: str
    stored_at: str
    opened: bytes | None
    outcome: dict[str, Any] | None = None
    done: bool = False
    also: list[str] = field(default_factory=list)

    @property
    def members(self) -> dict[str, Any]:
        return self.signed.payload

    @property
    def token(self) -> str:
        return self.signed.token


class Incoming:
    """The stream from a partner to me."""

    def __init__(self, frm: str, me: str) -> None:
        self.frm, self.me = frm, me
        self.held: list[Held] = []
        self.stopped = False
        self.rivals: list[Jws] = []
        self.done_before = 0
        """How many places from the first are taken up for good: nothing there needs a look again."""

    def undone(self) -> list[Held]:
        while self.done_before < len(self.held) and self.held[self.done_before].done:
            self.done_before += 1
        return [held for held in self.held[self.done_before :] if not held.done]

    @property
    def head(self) -> dict[str, Any]:
        return {"seq": len(self.held), "hash": self.before(len(self.held) + 1)}

    def before(self, seq: int) -> str:
        """The hash that stands before this place."""
        return self.held[seq - 2].hash if seq > 1 else seed(self.frm, self.me)

    def at(self, seq: int) -> Held | None:
        return self.held[seq - 1] if 1 <= seq <= len(self.held) else None

    def stored(self, signed: Jws) -> Held | None:
        """The place that holds these bytes, or to which this stub belongs."""
        held = self.at(signed.payload["seq"])
        return held if held and held.hash == hash_of(signed) else None

    def place(self, signed: Jws) -> Held | None:
        """Checks 6 to 10: what is held already; none where the token may be stored now; raises the first refusal."""
        members = signed.payload
        seq, prev = members["seq"], members["prev"]
        held = self.stored(signed)
        if held is not None:
            return held
        if seq <= len(self.held):
            if is_stub(signed):
                raise Refused("malformed", "a stub for another envelope", final=True)
            if prev == self.before(seq):
                self.stopped = True
                self.rivals.append(signed)
                raise Refused("fork", stored=self.held[seq - 1].token)
        if seq == 1 and prev != self.before(1):
            raise Refused("malformed", "another seed", final=True)
        if seq <= len(self.held) + 1 and prev != self.before(seq):
            raise Refused("chain", head=self.head)
        if self.stopped:
            raise Refused("stopped")
        if seq > len(self.held) + 1:
            raise Refused("gap", expected_seq=len(self.held) + 1)
        return None


def check_form(token: str) -> Jws:
    """Check 1."""
    if len(token) > LIMITS["token_bytes"]:
        raise Refused("too_large", final=True)
    try:
        return read_envelope(token)
    except Malformed as fault:
        raise Refused("malformed", str(fault), final=True) from None


def check_sender(signed: Jws, caller: str, me: str, known: dict[str, Known]) -> tuple[str, Public]:
    """Checks 2 to 4: whose key it is, its signature, the addresses."""
    owners = [(node, key) for node, keys in known.items() if (key := keys.find("gateway", signed.kid))]
    if not owners:
        raise Refused("key_unknown", final=True)
    owner, key = owners[0]
    if not signed.signed_by(key.x):
        raise Refused("signature", final=True)
    if signed.payload["to"] != me:
        raise Refused("wrong_recipient", final=True)
    if signed.payload["from"] != owner:
        raise Refused("wrong_sender", final=True)
    if owner != caller:
        raise Refused("wrong_sender")
    return owner, key


def check_time(signed: Jws, key: Public, known: Known, stored: bool) -> None:
    """Check 5: what is ahead of time may come again; a key out of force is final, but for what is stored already."""
    said_at = read_stamp(signed.payload["at" if is_stub(signed) else "sent_at"])
    if said_at > now() + AHEAD:
        raise Refused("time")
    if not stored and (not known.fits(key, said_at) or known.too_late(key)):
        raise Refused("key_out_of_validity", final=True)


def same_bytes(held: Held, signed: Jws) -> bool:
    return h(held.token) == h(signed.token)
