"""Statements: what one state tells the other, signed by a clerk or by the office key, padded so that length tells little."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..faults import Fault, malformed
from ..forms import decode, digest, read_id, read_moment, read_uuid, write_moment
from ..jws import Jws, split
from ..keys import PrivateKey
from .members import Members, content, first_spec, one_of, or_none, read_node, read_object, read_texts, signed, take

STATEMENT = "rahdari-statement+json"
PAD = 1024
LEVELS = ("office", "contact_point", "named_bodies", "authorities", "public")
LANGUAGES = ("en", "ur", "ja")
OFFICE_TYPES = ("consent.decided", "accord.signed", "exchange.key_rolled", "exchange.journal_restarted")
# Longer than any name the protocol will give, and short enough to be kept and shown.
_TYPE = re.compile(r"[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,63}/[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement with its marking; whether type, level and bodies go together is the caller's to judge (`rule`)."""

    id: UUID
    type: str
    sender: str
    receiver: str
    thread: UUID
    in_reply_to: UUID | None
    issued_at: dt.datetime
    level: str
    bodies: tuple[str, ...]
    consent: UUID | None
    language: str
    data: dict[str, Any]
    token: str
    hash: str
    jws: Jws

    @property
    def role(self) -> str:
        """The role among whose keys the signer is looked up."""
        return role_of(self.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What can be read of a statement that is refused, for the outcome that says so; None where it cannot be read."""

    id: UUID | None
    thread: UUID | None
    language: str | None
    level: str | None
    bodies: tuple[str, ...] | None


def role_of(type: str) -> str:
    """The role that signs statements of this type, whatever its version."""
    return "office" if type.partition("/")[0] in OFFICE_TYPES else "clerk"


def read_statement(token: str | bytes) -> Statement:
    """The statement in a token, also as the bytes a seal opened to.

    Refuses `malformed` also a content that is not one object followed by spaces up to a multiple of 1,024 bytes.
    """
    if isinstance(token, bytes):
        # Other letters than ASCII do not survive as base64url; `split` refuses them.
        token = token.decode("ascii", "replace")
    jws = split(token, STATEMENT)
    if len(jws.payload) % PAD or not jws.payload.startswith(b"{") or not jws.payload.rstrip(b" ").endswith(b"}"):
        raise malformed(f"A statement is one object, padded with spaces to a multiple of {PAD} bytes.")
    return Statement(**_members(first_spec(content(jws.payload))), token=token, hash=digest(token), jws=jws)


def make_statement(
    *, id: UUID, type: str, sender: str, receiver: str, thread: UUID, in_reply_to: UUID | None = None,
    issued_at: dt.datetime, level: str = "contact_point", bodies: Iterable[str] = (), consent: UUID | None = None,
    language: str, data: dict[str, Any], key: PrivateKey,
) -> str:  # fmt: skip
    """The signed statement, padded; the key is the office's or a clerk's, as the type asks."""
    told = {"spec": 1, "id": str(id), "type": type, "from": sender, "to": receiver, "thread": str(thread)}
    told |= {"in_reply_to": _or_null(in_reply_to), "issued_at": write_moment(issued_at)}
    told |= {
        "marking": {"level": level, "bodies": list(bodies)},
        "consent": _or_null(consent),
        "language": language,
        "data": data,
    }
    _members(told)
    return signed(told, key, STATEMENT, role=role_of(type), pad=PAD)


def glimpse(token: str | bytes) -> Glimpse:
    """What can be read of any token as of a statement, whatever its header, signature and padding; never refuses."""
    text = token.decode("ascii", "replace") if isinstance(token, bytes) else token
    parts = text.split(".", 3)
    try:
        told = content(decode(parts[1])) if len(parts) == 3 else {}
    except Fault:
        told = {}
    marking = told.get("marking")
    marking = marking if isinstance(marking, dict) else {}
    return Glimpse(
        id=_if_read(told, "id", read_id),
        thread=_if_read(told, "thread", read_uuid),
        language=_if_read(told, "language", one_of(*LANGUAGES)),
        level=_if_read(marking, "level", one_of(*LEVELS)),
        bodies=_if_read(marking, "bodies", read_texts),
    )


def _if_read(told: Members, name: str, reader: Any) -> Any:
    try:
        return take(told, name, reader)
    except Fault:
        return None


def _or_null(one: UUID | None) -> str | None:
    return None if one is None else str(one)


def _members(told: Members) -> dict[str, Any]:
    marking = take(told, "marking", read_object)
    return {
        "id": take(told, "id", read_id),
        "type": take(told, "type", _read_type),
        "sender": take(told, "from", read_node),
        "receiver": take(told, "to", read_node),
        "thread": take(told, "thread", read_uuid),
        "in_reply_to": take(told, "in_reply_to", or_none(read_uuid)),
        "issued_at": take(told, "issued_at", read_moment),
        "level": take(marking, "level", one_of(*LEVELS)),
        "bodies": take(marking, "bodies", read_texts),
        "consent": take(told, "consent", or_none(read_uuid)),
        "language": take(told, "language", one_of(*LANGUAGES)),
        "data": take(told, "data", read_object),
    }


def _read_type(value: Any) -> str:
    if not isinstance(value, str) or not _TYPE.fullmatch(value):
        raise malformed("A type is written family.verb/number.")
    return value
