"""The leaves of the journal: seven lines for each envelope sent or stored (protocol, section 6).

A leaf names hashes only, so it stays true after the tokens behind it are destroyed. Whoever writes one from tokens and
whoever writes it from kept hashes must come to the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from .faults import malformed
from .forms import LARGEST, read_moment

FIRST_LINE = "rahdari-journal/1"
UNOPENED = "-"
_HASH = "[0-9a-f]{64}"
_LEAF = re.compile(
    rf"{FIRST_LINE}\n(sent|received)\n([a-z]{{2}}) ([a-z]{{2}}) ([1-9][0-9]{{0,15}})\n"
    rf"({_HASH})\n({_HASH}|{UNOPENED})\n({_HASH})\n([0-9A-Z:.-]{{24}})\n"
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf as read: hashes in hexadecimal, `opened` None where the seal did not open, `stored_at` as the receipt says it."""

    direction: str
    sender: str
    receiver: str
    seq: int
    envelope: str
    opened: str | None
    receipt: str
    stored_at: str


def leaf_bytes(
    direction: str,
    sender: str,
    receiver: str,
    seq: int,
    envelope_token: str,
    opened: bytes | None,
    receipt_token: str,
    stored_at: str,
) -> bytes:
    """The leaf of an envelope that is at hand; `opened` are the bytes the seal opened to, None if it did not open.

    Refuses with `Fault("malformed")` what `read_leaf` would refuse.
    """
    hashes = _hex(envelope_token.encode()), None if opened is None else _hex(opened), _hex(receipt_token.encode())
    return leaf_bytes_of_hashes(direction, sender, receiver, seq, *hashes, stored_at)


def leaf_bytes_of_hashes(
    direction: str, sender: str, receiver: str, seq: int, envelope: str, opened: str | None, receipt: str, stored_at: str
) -> bytes:
    """The same leaf from hexadecimal hashes, for an envelope whose token was destroyed."""
    place = f"{sender} {receiver} {seq}"
    lines = FIRST_LINE, direction, place, envelope, UNOPENED if opened is None else opened, receipt, stored_at
    raw = "".join(f"{line}\n" for line in lines).encode()
    read_leaf(raw)
    return raw


def read_leaf(raw: bytes) -> Leaf:
    """The leaf of these bytes; refuses every other form, one node at both ends, and a moment no calendar has."""
    try:
        found = _LEAF.fullmatch(raw.decode("ascii"))
    except UnicodeDecodeError:
        found = None
    if found is None:
        raise malformed("A leaf of the journal is not seven lines of the form the protocol gives.")
    direction, sender, receiver, seq, envelope, opened, receipt, stored_at = found.groups()
    if sender == receiver or int(seq) > LARGEST:
        raise malformed("A leaf of the journal has one node at both ends, or a place beyond 2^53 - 1.")
    read_moment(stored_at)
    return Leaf(direction, sender, receiver, int(seq), envelope, None if opened == UNOPENED else opened, receipt, stored_at)


def _hex(raw: bytes) -> str:
    return sha256(raw).hexdigest()
