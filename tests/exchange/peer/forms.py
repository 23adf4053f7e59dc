"""The common forms of section 0: base64url, JSON, times, ids; read strictly, written plainly."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Any

MOST = 2**53 - 1
DEEPEST = 64
ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
NODE = re.compile(r"[a-z]{2}")
HASH = re.compile(r"[A-Za-z0-9_-]{43}")


class Malformed(ValueError):
    """Not of the form the text gives."""


def b64u(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64u(text: object) -> bytes:
    """The bytes; refuses padding, white space, other letters, unused bits that are not zero."""
    if not isinstance(text, str) or not ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise Malformed("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64u(data) != text:
        raise Malformed("unused bits are not zero")
    return data


def sha(data: bytes | str) -> bytes:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).digest()


def h(data: bytes | str) -> str:
    """H(x) of the text: b64u(SHA-256(x))."""
    return b64u(sha(data))


def sha_hex(data: bytes | str) -> str:
    return sha(data).hex()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a member twice")
    return found


def _whole(text: str) -> int:
    if text.startswith("-") or len(text) > 16 or int(text) > MOST:
        raise Malformed("an integer outside 0 to 2^53-1")
    return int(text)


def _no_number(text: str) -> Any:
    raise Malformed(f"a number that is no integer: {text[:20]}")


DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole, parse_float=_no_number, parse_constant=_no_number)


def _deepest(text: str) -> int:
    depth = most = 0
    for letter in STRINGS.sub("", text):
        if letter in "[{":
            depth += 1
            most = max(most, depth)
        elif letter in "]}":
            depth -= 1
    return most


def _every_string(value: Any) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate cannot be encoded
    elif isinstance(value, list):
        for one in value:
            _every_string(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            name.encode("utf-8")
            _every_string(one)


def read_json(data: bytes) -> Any:
    """The value; refuses every liberty section 0 forbids."""
    try:
        if data.startswith(b"\xef\xbb\xbf"):
            raise Malformed("a byte order mark")
        text = data.decode("utf-8")
        if _deepest(text) > DEEPEST:
            raise Malformed("too deep")
        value = DECODER.decode(text)
        _every_string(value)
    except Malformed:
        raise
    except (ValueError, RecursionError) as fault:
        raise Malformed(f"not JSON: {fault}") from None
    return value


def read_object(data: bytes) -> dict[str, Any]:
    value = read_json(data)
    if not isinstance(value, dict):
        raise Malformed("not an object")
    return value


def write_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def now() -> datetime:
    return datetime.now(UTC)


def stamp(at: datetime | None = None) -> str:
    """A time as the protocol writes it, with exactly three digits."""
    at = at or now()
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def read_stamp(text: object) -> datetime:
    if not isinstance(text, str) or not STAMP.fullmatch(text):
        raise Malformed("not a time")
    try:
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    except ValueError:
        raise Malformed("no such time") from None


def ago(**parts: float) -> str:
    """The stamp of a moment before now: ago(days=3), ago(minutes=-4) lies ahead."""
    return stamp(now() - timedelta(**parts))


def uuid7() -> str:
    value = int(time.time() * 1000) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def demand(holds: bool, what: str) -> None:
    if not holds:
        raise Malformed(what)


def matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def hash_form(value: object) -> bool:
    """Whether this is a SHA-256 in b64u, its two unused bits zero."""
    return matches(HASH, value) and str(value)[-1] in "AEIMQUYcgkosw048"


def whole(value: object, least: int = 0) -> bool:
    return type(value) is int and value >= least
