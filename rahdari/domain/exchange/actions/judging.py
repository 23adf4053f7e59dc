"""What a token that came is worth, before any row is locked: checks 1 to 5 of docs/protocol.md section 3, and the inside.

Reads keys only; writes nothing. The checks that need the stream (fork, chain, stopped, gap) are in `storing.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from rahdari.seals import jwe, jws, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.forms import digest

from ..outside import keyring
from ..queries.partners import key_with
from ..rules.keys import KnownKey, counts, too_late
from ..rules.limits import AHEAD, TOKEN_BYTES

STATEMENT_CTY = "rahdari-statement+json"
FINAL = frozenset(
    {"malformed", "too_large", "key_unknown", "signature", "wrong_recipient", "wrong_sender", "key_out_of_validity"}
)


@dataclass(slots=True)
class Judged:
    """A token and what is known of it. `name` is the first check that failed, empty when none did."""

    token: str
    hash: str
    name: str = ""
    detail: str = ""
    final: bool = False
    passing: bool = False
    stored: str = ""  # the token held, when this one forks
    addressed: tuple[str, str, int] | None = None
    envelope: tokens.Envelope | None = None
    stub: tokens.Stub | None = None
    inside: Inside | None = None

    @property
    def place(self) -> tokens.Envelope | tokens.Stub:
        """The envelope, or the stub that stands for one."""
        found = self.envelope or self.stub
        assert found is not None
        return found

    @property
    def envelope_hash(self) -> str:
        """The hash the chain goes over: that of the envelope, also where a stub stands for it."""
        return self.stub.envelope if self.stub else self.hash


@dataclass(slots=True)
class Inside:
    """What the seal held: its bytes' hash for the journal, the statement, or why it is none."""

    opened: str = ""  # hex SHA-256
    token: str = ""
    hash: str = ""
    statement: tokens.Statement | None = None
    seen: tokens.Glimpse | None = None  # what can be read of one that is refused
    fault: str = ""
    detail: str = ""


class OutOfReach(Exception):
    """A sealing key of ours cannot be read just now; the partner is asked to come again."""


def judge(token: str, *, me: str, caller: str, keys: list[KnownKey], at: dt.datetime) -> Judged:
    """The token with its first fault; raises `OutOfReach` when the sealing key is."""
    found = Judged(token, digest(token))
    try:
        _read(found)
        _check(found, me, caller, keys, at)
    except Fault as fault:
        found.name, found.detail = fault.name, fault.detail
        found.addressed = tokens.addressed(token)
        found.final = fault.name in FINAL and found.addressed is not None and not found.passing
    return found


def _read(found: Judged) -> None:
    if len(found.token.encode("utf-8", "surrogatepass")) > TOKEN_BYTES:
        raise Fault("too_large", f"One token may have {TOKEN_BYTES} bytes.")
    place = tokens.read_place(found.token)
    if isinstance(place, tokens.Stub):
        found.stub = place
    else:
        found.envelope = place


def _check(found: Judged, me: str, caller: str, keys: list[KnownKey], at: dt.datetime) -> None:
    place = found.place
    key = key_with(keys, place.jws.kid, "gateway")
    if key is None:
        raise Fault("key_unknown", "The token is signed with no gateway key of a paired node.")
    jws.check(place.jws, key.public)
    if place.receiver != me:
        raise Fault("wrong_recipient", f"The token is for {place.receiver}; this is {me}.")
    if place.sender != key.node:
        raise Fault("wrong_sender", "The token's sender is not the node whose key signed it.")
    if place.sender != caller:
        found.passing = True  # only the caller is wrong: the token itself may still come from its sender
        raise Fault("wrong_sender", "The token's sender is not the node that brought it.")
    stated = found.envelope.sent_at if found.envelope else found.stub.at  # type: ignore[union-attr]
    if stated > at + AHEAD:
        raise Fault("time", "The token says it was made more than five minutes from now.")
    if not counts(key, stated) or too_late(key, at):
        raise Fault("key_out_of_validity", "The key that signed the token does not count at the time it states.")


def open_inside(found: Judged, *, me: str, keys: list[KnownKey], at: dt.datetime) -> Inside:
    """Opens the seal and reads the statement; every fault is kept in what is returned."""
    assert found.envelope is not None
    inside, envelope, content = Inside(), found.envelope, b""
    try:
        content = _open(envelope, me)
        inside.opened = hashlib.sha256(content).hexdigest()
        inside.hash = digest(content)
        inside.statement = tokens.read_statement(content)
        inside.token = inside.statement.token
        _check_statement(inside.statement, envelope, keys)
    except Fault as fault:
        inside.fault, inside.detail = fault.name, fault.detail
        inside.seen = tokens.glimpse(content) if inside.opened else None
    return inside


def _open(envelope: tokens.Envelope, me: str) -> bytes:
    try:
        kid = jwe.peek(envelope.body, STATEMENT_CTY)
        held = keyring.own_key(kid)
        if held is None or held.public.role != "sealing":
            raise Fault("cannot_open", "The seal is for no sealing key of this node.")
        key = keyring.private_key(kid)
        if key is None:
            raise Fault("cannot_open", "The sealing key was destroyed when its time was over.")
        return jwe.open_seal(envelope.body, key, sender=envelope.sender, receiver=me, cty=STATEMENT_CTY)
    except Fault as fault:
        raise Fault("cannot_open", fault.detail) from None
    except OSError as error:
        raise OutOfReach from error


def _check_statement(statement: tokens.Statement, envelope: tokens.Envelope, keys: list[KnownKey]) -> None:
    key = key_with(keys, statement.jws.kid, statement.role, envelope.sender)
    if key is None:
        raise Fault("key_unknown", f"The statement is signed with no {statement.role} key of its sender.")
    jws.check(statement.jws, key.public)
    if not counts(key, statement.issued_at):
        raise Fault("key_out_of_validity", "The key that signed the statement does not count at the time it states.")
    if statement.issued_at > envelope.sent_at:
        raise Fault("time", "The statement is younger than its envelope.")
    told = (statement.id, statement.sender, statement.receiver)
    if told != (envelope.id, envelope.sender, envelope.receiver):
        raise Fault("mismatch", "Id, sender or receiver differ from the envelope.")
