"""What travels in a stream: envelopes, and what answers or replaces them (receipts, refusals, stubs)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..faults import FINAL, Fault
from ..forms import decode, digest, read_digest, read_id, read_moment, write_moment
from ..jws import Jws, split
from ..keys import PrivateKey
from .members import Members, content, first_spec, one_of, read_count, read_node, read_text, signed, take

ENVELOPE, RECEIPT = "rahdari-envelope+json", "rahdari-receipt+json"
REFUSAL, STUB = "rahdari-refusal+json", "rahdari-stub+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A place in a stream with what it carries: `body` is a seal, unread; `prev` the hash of the envelope before it."""

    id: UUID
    sender: str
    receiver: str
    seq: int
    prev: str
    sent_at: dt.datetime
    body: str
    token: str
    hash: str
    jws: Jws


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The receiver's word that it stored an envelope; sender and receiver are the envelope's, the signer is the receiver."""

    id: UUID
    sender: str
    receiver: str
    seq: int
    envelope: str
    stored_at: dt.datetime
    journal_size: int
    token: str
    hash: str
    jws: Jws


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The receiver's word that it will never accept a token; sender and receiver are the token's."""

    sender: str
    receiver: str
    seq: int
    envelope: str
    name: str
    refused_at: dt.datetime
    token: str
    hash: str
    jws: Jws


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """What the sender leaves in the place of an envelope whose statement it recalled; `envelope` is the hash of that one."""

    id: UUID
    sender: str
    receiver: str
    seq: int
    prev: str
    envelope: str
    recalled_by: UUID
    at: dt.datetime
    token: str
    hash: str
    jws: Jws


def seed(sender: str, receiver: str) -> str:
    """What stands as `prev` in the first envelope of the stream."""
    return digest(f"rahdari-stream/1\n{sender}\n{receiver}\n")


def addressed(token: object) -> tuple[str, str, int] | None:
    """Sender, receiver and place a token claims, if its content can be read, whatever its header and signature; else None."""
    parts = token.split(".", 3) if isinstance(token, str) else []
    if len(parts) != 3:
        return None
    try:
        told = content(decode(parts[1]))
        return take(told, "from", read_node), take(told, "to", read_node), take(told, "seq", read_count)
    except Fault:
        return None


def read_envelope(token: str) -> Envelope:
    """The envelope in a token; refuses `malformed`. That a first envelope has the right seed is the caller's to judge."""
    return _envelope(token, split(token, ENVELOPE))


def read_stub(token: str) -> Stub:
    """The stub in a token; refuses `malformed`."""
    return _stub(token, split(token, STUB))


def read_place(token: str) -> Envelope | Stub:
    """The envelope or the stub in a token, as lists of envelopes may hold either; refuses `malformed`."""
    jws = split(token, ENVELOPE, STUB)
    return _envelope(token, jws) if jws.typ == ENVELOPE else _stub(token, jws)


def read_receipt(token: str) -> Receipt:
    """The receipt in a token; refuses `malformed`."""
    jws = split(token, RECEIPT)
    return Receipt(**_receipt_members(first_spec(content(jws.payload))), token=token, hash=digest(token), jws=jws)


def read_refusal(token: str) -> Refusal:
    """The refusal in a token; refuses `malformed`, also a name that is not final."""
    jws = split(token, REFUSAL)
    return Refusal(**_refusal_members(first_spec(content(jws.payload))), token=token, hash=digest(token), jws=jws)


def make_envelope(
    *, id: UUID, sender: str, receiver: str, seq: int, prev: str, sent_at: dt.datetime, body: str, key: PrivateKey
) -> str:
    """The signed envelope."""
    told = {"spec": 1, "id": str(id), "from": sender, "to": receiver, "seq": seq, "prev": prev}
    told |= {"sent_at": write_moment(sent_at), "body": body}
    _envelope_members(told)
    return signed(told, key, ENVELOPE)


def make_receipt(
    *, id: UUID, sender: str, receiver: str, seq: int, envelope: str, stored_at: dt.datetime, journal_size: int, key: PrivateKey
) -> str:
    """The signed receipt for an envelope of this hash; sender and receiver are the envelope's."""
    told = {"spec": 1, "id": str(id), "from": sender, "to": receiver, "seq": seq, "envelope": envelope}
    told |= {"stored_at": write_moment(stored_at), "journal_size": journal_size}
    _receipt_members(told)
    return signed(told, key, RECEIPT)


def make_refusal(
    *, sender: str, receiver: str, seq: int, envelope: str, name: str, refused_at: dt.datetime, key: PrivateKey
) -> str:
    """The signed, final refusal of the token of this hash; the first three are what `addressed` found in it."""
    told = {"spec": 1, "from": sender, "to": receiver, "seq": seq, "envelope": envelope, "name": name}
    told |= {"refused_at": write_moment(refused_at)}
    _refusal_members(told)
    return signed(told, key, REFUSAL)


def make_stub(
    *, id: UUID, sender: str, receiver: str, seq: int, prev: str, envelope: str, recalled_by: UUID, at: dt.datetime,
    key: PrivateKey,
) -> str:  # fmt: skip
    """The signed stub for the envelope of this hash and place, recalled by the statement of this id."""
    told = {"spec": 1, "id": str(id), "from": sender, "to": receiver, "seq": seq, "prev": prev, "envelope": envelope}
    told |= {"recalled_by": str(recalled_by), "at": write_moment(at)}
    _stub_members(told)
    return signed(told, key, STUB)


def _envelope(token: str, jws: Jws) -> Envelope:
    return Envelope(**_envelope_members(first_spec(content(jws.payload))), token=token, hash=digest(token), jws=jws)


def _stub(token: str, jws: Jws) -> Stub:
    return Stub(**_stub_members(first_spec(content(jws.payload))), token=token, hash=digest(token), jws=jws)


def _place(told: Members) -> dict[str, Any]:
    return {
        "sender": take(told, "from", read_node),
        "receiver": take(told, "to", read_node),
        "seq": take(told, "seq", read_count),
    }


def _envelope_members(told: Members) -> dict[str, Any]:
    return _place(told) | {
        "id": take(told, "id", read_id),
        "prev": take(told, "prev", read_digest),
        "sent_at": take(told, "sent_at", read_moment),
        "body": take(told, "body", read_text),
    }


def _receipt_members(told: Members) -> dict[str, Any]:
    return _place(told) | {
        "id": take(told, "id", read_id),
        "envelope": take(told, "envelope", read_digest),
        "stored_at": take(told, "stored_at", read_moment),
        "journal_size": take(told, "journal_size", read_count),
    }


def _refusal_members(told: Members) -> dict[str, Any]:
    return _place(told) | {
        "envelope": take(told, "envelope", read_digest),
        "name": take(told, "name", one_of(*FINAL)),
        "refused_at": take(told, "refused_at", read_moment),
    }


def _stub_members(told: Members) -> dict[str, Any]:
    return _place(told) | {
        "id": take(told, "id", read_id),
        "prev": take(told, "prev", read_digest),
        "envelope": take(told, "envelope", read_digest),
        "recalled_by": take(told, "recalled_by", read_id),
        "at": take(told, "at", read_moment),
    }
