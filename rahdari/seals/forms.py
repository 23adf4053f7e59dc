"""The common forms of the exchange: bytes as text, hashes, strict JSON, moments, identifiers (protocol, section 0).

Everything here refuses by `Fault("malformed")`. What is lenient in Python's own readers is closed here: nothing that
two programs could read in two ways may pass, because it is signed.
"""

from __future__ import annotations

import binascii
import datetime as dt
import json
import re
from hashlib import sha256
from typing import Any, NoReturn
from uuid import UUID

from .faults import malformed

LARGEST = 2**53 - 1
DEEPEST = 64
_WRITTEN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
_MOMENT = re.compile(_WRITTEN)
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time", "pattern": f"^{_WRITTEN}$"}  # as a JSON Schema
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# 43 letters carry 258 bits: the last letter's two spare bits must be zero.
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_URL_SAFE, _STANDARD = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")
# Which letters may end a text, by its length modulo 4: any, none, those with four spare bits, those with two.
_LAST = (_ALPHABET, (), _ALPHABET[::16], _ALPHABET[::4])


def encode(raw: bytes) -> str:
    """The bytes as base64url without padding."""
    return binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of a base64url text; refuses padding, white space, any other letter, and spare bits that are not zero."""
    if not isinstance(text, str) or not text.isascii():
        raise malformed("A text in base64url is expected.")
    letters = text.encode("ascii")
    # Python's own decoder skips what it does not know, and forgets what the last letter says too much.
    if letters.translate(None, _ALPHABET) or letters[-1:] not in _LAST[len(letters) % 4]:
        raise malformed("A text is not strict base64url.")
    return binascii.a2b_base64(letters.translate(_STANDARD) + b"=" * (-len(letters) % 4))


def digest(x: bytes | str) -> str:
    """The protocol's H: SHA-256 as base64url; a text is hashed as UTF-8."""
    return encode(sha256(x.encode("utf-8") if isinstance(x, str) else x).digest())


def read_digest(text: object) -> str:
    """The text itself if it is 32 bytes in strict base64url; else refuses."""
    if not isinstance(text, str) or not _DIGEST.fullmatch(text):
        raise malformed("A hash is not 32 bytes in base64url.")
    return text


def read_json(raw: bytes, depth: int = DEEPEST) -> Any:
    """The value of a JSON text.

    Refuses what is not UTF-8, a byte order mark, a name twice in one object, a lone surrogate, a number that is not an
    integer from 0 to 2^53 - 1 written plainly, and more than `depth` objects and lists inside each other (the
    outermost counts).
    """
    try:
        value = _READER.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        # A message of Python's reader would quote the text.
        raise malformed("A text is not JSON as the protocol allows it.") from None
    if raw.count(b"[") + raw.count(b"{") > depth and _is_deeper(value, depth):
        raise malformed(f"A JSON text has more than {depth} levels.")
    if b"\\" in raw and (b"\\ud" in raw or b"\\uD" in raw) and not _is_unicode(value):
        raise malformed("A JSON text has half of a surrogate pair.")
    return value


def write_json(value: Any) -> bytes:
    """The value as compact UTF-8 JSON; refuses what `read_json` would not give back as it is."""
    _check_writable(value, DEEPEST)
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        raise malformed("A text has half of a surrogate pair.") from None


def read_moment(text: object) -> dt.datetime:
    """The moment in UTC; refuses anything but `YYYY-MM-DDTHH:MM:SS.sssZ` and days no calendar has."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise malformed("A moment is not written YYYY-MM-DDTHH:MM:SS.sssZ.")
    try:
        return dt.datetime.fromisoformat(text[:-1]).replace(tzinfo=dt.UTC)
    except ValueError:
        raise malformed("A moment names a day that no calendar has.") from None


def write_moment(moment: dt.datetime) -> str:
    """The moment as text, cut down to milliseconds; a moment without a zone is the caller's mistake (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def read_uuid(text: object) -> UUID:
    """The UUID of any version; refuses every way to write it but lower case with four hyphens."""
    if not isinstance(text, str) or not _UUID.fullmatch(text):
        raise malformed("A UUID is not written in lower case with four hyphens.")
    return UUID(text)


def read_id(text: object) -> UUID:
    """The identifier; refuses a UUID that is not of version 7 and of the variant of RFC 9562."""
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise malformed("An identifier is not a UUID of version 7 in lower case.")
    return UUID(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice")
    return members


def _integer(text: str) -> int:
    # The length first: a million digits are refused without reading them.
    if len(text) > 16 or text[0] == "-" or (number := int(text)) > LARGEST:
        raise ValueError("a number out of range")
    return number


def _refuse(text: str) -> NoReturn:
    raise ValueError("not an integer")


_READER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_refuse, parse_constant=_refuse)


def _is_deeper(value: Any, depth: int) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(depth):
        if not level:
            return False
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
    return bool(level)


def _is_unicode(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_writable(value: Any, depth: int) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if not 0 <= value <= LARGEST:
            raise malformed("A number is not an integer from 0 to 2^53 - 1.")
    elif isinstance(value, (dict, list, tuple)):
        _check_writable_inside(value, depth)
    else:
        raise malformed("A value has no form in the protocol's JSON.")


def _check_writable_inside(value: dict[Any, Any] | list[Any] | tuple[Any, ...], depth: int) -> None:
    if depth < 1:
        raise malformed(f"A value has more than {DEEPEST} levels.")
    if isinstance(value, dict):
        if not all(isinstance(name, str) for name in value):
            raise malformed("A name of a member is not a text.")
        value = list(value.values())
    for inner in value:
        _check_writable(inner, depth - 1)
