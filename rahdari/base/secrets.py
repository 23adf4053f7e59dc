"""Personal fields at rest: encrypted with keys that roll, found again by blind indexes.

A value is `v1` + key id + nonce + AES-256-GCM, bound to its table and column, so that
a cell copied elsewhere does not open. A blind index is an HMAC-SHA-256 of the normalised
value under a key of its own: equal values can be found, the value cannot be read off.
Keys come from the file `RAHDARI_FIELD_KEYS_FILE`; the first key of each list is the
present one, the others still open what they closed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

FORM = b"\x01"
ID_BYTES, NONCE_BYTES, KEY_BYTES = 4, 12, 32
CLOSED_BYTES = len(FORM) + ID_BYTES + NONCE_BYTES + 16  # by which a closed value is longer than the text


class CannotOpen(Exception):
    """A stored value was changed, moved or closed with a key this node does not hold."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of 32 bytes and its id of eight hexadecimal digits."""

    id: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of a node: for closing values, and for blind indexes; present ones first."""

    closing: tuple[Key, ...]
    index: tuple[Key, ...]


def new_key() -> dict[str, str]:
    """A fresh key as it stands in the file."""
    return {"id": os.urandom(ID_BYTES).hex(), "key": base64.b64encode(os.urandom(KEY_BYTES)).decode()}


def weak_keys(held: Mapping[str, list[dict[str, str]]]) -> list[str]:
    """The ids of keys in a key file that are too short or were not drawn by chance."""
    keys = [key for kind in ("closing", "index") for key in _keys(held[kind])]
    return [key.id for key in keys if len(key.secret) != KEY_BYTES or len(set(key.secret)) < KEY_BYTES // 2]


def with_new_keys(held: Mapping[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """The content of a key file with fresh present keys before the ones it holds."""
    return {kind: [new_key(), *held.get(kind, [])] for kind in ("closing", "index")}


def with_present_keys_only(held: Mapping[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """The content of a key file without its old keys: what they closed cannot be opened any more."""
    return {kind: held[kind][:1] for kind in ("closing", "index")}


def _keys(given: list[dict[str, str]]) -> tuple[Key, ...]:
    return tuple(Key(one["id"], base64.b64decode(one["key"])) for one in given)


@lru_cache(maxsize=4)
def _keyring_of(path: str, changed: int) -> Keyring:
    held = json.loads(Path(path).read_text())
    return Keyring(_keys(held["closing"]), _keys(held["index"]))


def keyring() -> Keyring:
    """The keys of this node, read again when their file changes."""
    path = settings.RAHDARI_FIELD_KEYS_FILE
    return _keyring_of(path, os.stat(path).st_mtime_ns)


def close(text: str, place: str) -> bytes:
    """Encrypts a text for one place (`table.column`) with the present key."""
    key = keyring().closing[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key.secret).encrypt(nonce, text.encode(), place.encode())
    return FORM + bytes.fromhex(key.id) + nonce + sealed


def open_closed(stored: bytes, place: str) -> str:
    """The text of a stored value; raises `CannotOpen` when it is not what was closed for this place."""
    key_id, rest = stored[1 : 1 + ID_BYTES].hex(), stored[1 + ID_BYTES :]
    key = next((one for one in keyring().closing if one.id == key_id), None)
    if stored[:1] != FORM or key is None:
        raise CannotOpen(place)
    try:
        return AESGCM(key.secret).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode()).decode()
    except InvalidTag:
        raise CannotOpen(place) from None


def closed_with_present_key(stored: bytes) -> bool:
    """Whether a stored value needs no new closing."""
    return stored[1 : 1 + ID_BYTES].hex() == keyring().closing[0].id


def blind(value: str, purpose: str) -> str:
    """The blind index of a normalised value under the present index key; `purpose` keeps kinds apart."""
    return _blind(keyring().index[0], value, purpose)


def blinds(value: str, purpose: str) -> list[str]:
    """The blind indexes under every index key still held, for looking up."""
    return [_blind(key, value, purpose) for key in keyring().index]


def _blind(key: Key, value: str, purpose: str) -> str:
    mac = hmac.new(key.secret, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
    return key.id + base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class ClosedText(_Binary):
    """A column whose text is encrypted at rest; cannot be searched (use a blind index beside it)."""

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else open_closed(bytes(value), self.place)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else close(value, self.place)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("a closed text does not leave the database by serialising")
