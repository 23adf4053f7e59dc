"""Statements (section 2): written, padded, sealed; opened and read with every check of section 3."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.exchange.peer.forms import NODE, UUID, UUID7, Malformed, demand, h, matches, read_stamp, stamp, uuid7, write_json
from tests.exchange.peer.keys import Known, Public, Ring
from tests.exchange.peer.tokens import STATEMENT, Jws, jws, read_jws, seal

BLOCK = 1_024
TYPE = re.compile(r"[a-z_]+\.[a-z_]+/[1-9][0-9]*")
OFFICE_TYPES = ("consent.decided/1", "accord.signed/1", "exchange.key_rolled/1", "exchange.journal_restarted/1")
LEVELS = ("office", "contact_point", "named_bodies", "authorities", "public")
DEFAULT_MARKING = {"level": "contact_point", "bodies": []}


class Fault(Exception):
    """What is wrong inside: the code of the outcome that refuses it."""

    def __init__(self, code: str, detail: str = "", path: str = "") -> None:
        super().__init__(code)
        self.reason = {"code": code, "path": path, "detail": detail}


def role_of(type: str) -> str:
    return "office" if type in OFFICE_TYPES else "clerk"


def pad(raw: bytes) -> bytes:
    return raw + b" " * (-len(raw) % BLOCK)


def statement_members(type: str, frm: str, to: str, data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "spec": 1,
        "id": uuid7(),
        "type": type,
        "from": frm,
        "to": to,
        "thread": uuid7(),
        "in_reply_to": None,
        "issued_at": stamp(),
        "marking": DEFAULT_MARKING,
        "consent": None,
        "language": "en",
        "data": data,
        **changes,
    }


def sign_statement(ring: Ring, members: dict[str, Any], role: str | None = None) -> str:
    return jws(pad(write_json(members)), STATEMENT, ring[role or role_of(members["type"])].secret)


def seal_statement(token: str, frm: str, to: str, key: Public, **options: Any) -> str:
    return seal(token.encode("ascii"), STATEMENT, frm, to, key.kid, key.x, **options)


@dataclass(frozen=True)
class Statement:
    token: str
    members: dict[str, Any]

    @property
    def type(self) -> str:
        return self.members["type"]

    @property
    def hash(self) -> str:
        return h(self.token)


def _form(members: dict[str, Any], raw: bytes) -> None:
    demand(len(raw) % BLOCK == 0, "not padded to a multiple of 1,024 bytes")
    demand(members.get("spec") == 1 and type(members["spec"]) is int, "spec")
    demand(matches(UUID7, members.get("id")), "id")
    demand(matches(TYPE, members.get("type")), "type")
    demand(matches(NODE, members.get("from")) and matches(NODE, members.get("to")), "from, to")
    demand(matches(UUID, members.get("thread")), "thread")
    for name in ("in_reply_to", "consent"):
        demand(name in members and (members[name] is None or matches(UUID, members[name])), name)
    read_stamp(members.get("issued_at"))
    marking = members.get("marking")
    demand(isinstance(marking, dict) and marking.get("level") in LEVELS, "marking")
    bodies = marking.get("bodies")
    demand(isinstance(bodies, list) and all(isinstance(body, str) for body in bodies), "marking")
    demand(members.get("language") in ("en", "ur", "ja"), "language")
    demand(isinstance(members.get("data"), dict), "data")


def read_statement(opened: bytes, known: Known, envelope: dict[str, Any]) -> Statement:
    """The statement in an envelope, as far as its form, signature, times and addresses go; raises the first Fault."""
    try:
        signed: Jws = read_jws(opened.decode("ascii"), STATEMENT)
        _form(signed.payload, signed.raw)
    except (Malformed, UnicodeDecodeError) as fault:
        raise Fault("malformed", str(fault)) from None
    members = signed.payload
    key = known.find(role_of(members["type"]), signed.kid)
    if key is None:
        raise Fault("key_unknown")
    if not signed.signed_by(key.x):
        raise Fault("signature")
    issued_at: datetime = read_stamp(members["issued_at"])
    if not known.fits(key, issued_at):
        raise Fault("key_out_of_validity", path="/issued_at")
    if issued_at > read_stamp(envelope["sent_at"]):
        raise Fault("time", path="/issued_at")
    return Statement(signed.token, members)


def mismatch(statement: Statement, envelope: dict[str, Any]) -> None:
    for name in ("id", "from", "to"):
        if statement.members[name] != envelope[name]:
            raise Fault("mismatch", path=f"/{name}")


def marking_rule(statement: Statement) -> None:
    marking = statement.members["marking"]
    if marking["level"] == "office":
        raise Fault("rule", "what is marked office never leaves", "/marking/level")
    if marking["bodies"] and marking["level"] != "named_bodies":
        raise Fault("rule", "bodies at a level that names none", "/marking/bodies")


def answer_rule(statement: Statement, held: Callable[[str, str], str | None]) -> None:
    """`of` is looked up first among the ids of the statement's `to`, then of its `from`."""
    data = statement.members["data"]
    if statement.type.startswith("exchange.") or "of" not in data:
        return
    found = held(statement.members["to"], data["of"]) or held(statement.members["from"], data["of"])
    if found is not None and found != data.get("statement"):
        raise Fault("rule", "another statement stands under this id", "/data/statement")
