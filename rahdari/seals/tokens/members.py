"""Reading the members of a token's content one by one; what is unknown is passed over, what is missing refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from ..faults import Fault, malformed
from ..forms import LARGEST, read_json, write_json
from ..jws import sign
from ..keys import PrivateKey

T = TypeVar("T")
Members = dict[str, Any]
_NODE = re.compile(r"[a-z]{2}")


def content(payload: bytes) -> Members:
    """The members of a token's content; refuses what is no object in the protocol's JSON."""
    told = read_json(payload)
    if not isinstance(told, dict):
        raise malformed("The content of a token is not an object.")
    return told


def first_spec(told: Members) -> Members:
    """The members again, if they say `"spec":1`."""
    if type(told.get("spec")) is not int or told["spec"] != 1:
        raise malformed("The spec of a token is not 1.")
    return told


def take(told: Members, name: str, reader: Callable[[Any], T]) -> T:
    """The member, read; a fault names it."""
    if name not in told:
        raise malformed(f"The member {name} is missing.")
    try:
        return reader(told[name])
    except Fault as fault:
        raise malformed(f"In the member {name}: {fault.detail}") from None


def or_none(reader: Callable[[Any], T]) -> Callable[[Any], T | None]:
    """A reader that lets null pass."""
    return lambda value: None if value is None else reader(value)


def read_text(value: Any) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise malformed("A text is expected.")
    return value


def read_node(value: Any) -> str:
    """The id of a node: two lower-case letters."""
    if not isinstance(value, str) or not _NODE.fullmatch(value):
        raise malformed("A node is named by two lower-case letters.")
    return value


def read_number(value: Any) -> int:
    """A whole number from 0 on."""
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise malformed("A whole number is expected.")
    return value


def read_count(value: Any) -> int:
    """A whole number from 1 on."""
    if read_number(value) < 1:
        raise malformed("A whole number from 1 on is expected.")
    return int(value)


def read_object(value: Any) -> Members:
    """An object with any members."""
    if not isinstance(value, dict):
        raise malformed("An object is expected.")
    return value


def read_texts(value: Any) -> tuple[str, ...]:
    """A list of texts, which may be empty."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise malformed("A list of texts is expected.")
    return tuple(value)


def one_of(*codes: str) -> Callable[[Any], str]:
    """A reader of a closed list."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in codes:
            raise malformed("A code is not in the list of the protocol.")
        return value

    return read


def signed(told: Members, key: PrivateKey, typ: str, *, role: str = "gateway", pad: int = 1) -> str:
    """The token over these members, filled up with spaces to a multiple of `pad`; refuses a key of another role (ValueError)."""
    if key.public.role != role:
        raise ValueError(f"{typ} is signed by a key of the role {role}")
    payload = write_json(told)
    return sign(payload + b" " * (-len(payload) % pad), key, typ)
