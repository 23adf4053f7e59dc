"""The token that stands in the header of each request between two nodes: who asks whom, for what, with which body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..faults import malformed
from ..forms import digest, read_digest
from ..jws import Jws, split
from ..keys import PrivateKey
from .members import Members, content, read_node, read_number, signed, take

REQUEST = "rahdari-request+jwt"
LONGEST_JTI = 255
_METHOD = re.compile(r"[A-Z]{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: caller and called node, method and target as sent, hash of the body, second, and a name used once."""

    iss: str
    aud: str
    method: str
    target: str
    body_hash: str
    iat: int
    jti: str
    token: str
    hash: str
    jws: Jws


def read_request(token: str) -> Request:
    """The request in a token; refuses `malformed` (what a caller hears of it is one text for every cause)."""
    jws = split(token, REQUEST)
    return Request(**_members(content(jws.payload)), token=token, hash=digest(token), jws=jws)


def make_request(*, iss: str, aud: str, method: str, target: str, body: bytes, iat: int, jti: str, key: PrivateKey) -> str:
    """The signed request for this method, target and body."""
    told = {"iss": iss, "aud": aud, "m": method, "u": target, "b": digest(body), "iat": iat, "jti": jti}
    _members(told)
    return signed(told, key, REQUEST)


def _members(told: Members) -> dict[str, Any]:
    return {
        "iss": take(told, "iss", read_node),
        "aud": take(told, "aud", read_node),
        "method": take(told, "m", _read_method),
        "target": take(told, "u", _read_target),
        "body_hash": take(told, "b", read_digest),
        "iat": take(told, "iat", read_number),
        "jti": take(told, "jti", _read_jti),
    }


def _read_method(value: Any) -> str:
    if not isinstance(value, str) or not _METHOD.fullmatch(value):
        raise malformed("A method is written in capital letters.")
    return value


def _read_target(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise malformed("A request target is a text.")
    return value


def _read_jti(value: Any) -> str:
    # It is kept in a table: a length it fits in, and no character a table cannot hold.
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_JTI or not value.isprintable():
        raise malformed(f"A jti is a text of 1 to {LONGEST_JTI} printable characters.")
    return value
