"""What a node says of itself: the keys token, the only source of its keys, and the document everybody may fetch."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ..faults import malformed
from ..forms import digest, read_digest, read_moment, write_moment
from ..jws import Jws, split
from ..keys import ROLES, PrivateKey, PublicKey, public_from_jwk
from .members import (
    Members,
    content,
    first_spec,
    or_none,
    read_count,
    read_node,
    read_object,
    read_text,
    read_texts,
    signed,
    take,
)

KEYS, DOCUMENT = "rahdari-keys+jwt", "rahdari-node+jwt"
LIMITS = ("tokens", "bytes", "token_bytes", "blob_bytes")
NAMES = ("en", "ur", "ja")
# <host>/rahdari/<node>[/<n>]; no plus sign and no space, because it is the name in signed notes too.
_ORIGIN = re.compile(r"[!-*,\-.0-~]{1,255}/rahdari/([a-z]{2})(?:/[1-9][0-9]{0,15})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysToken:
    """Every key of a node that is still needed, signed by the office key among them (not yet checked)."""

    node: str
    journal_origin: str
    tls: str | None
    keys: tuple[PublicKey, ...]
    issued_at: dt.datetime
    token: str
    hash: str
    jws: Jws

    @property
    def office(self) -> PublicKey:
        """The office key the token says it is signed by."""
        return next(one for one in self.keys if one.kid == self.jws.kid)

    def named(self, kid: str, role: str) -> PublicKey | None:
        """The key of this name and role, or None; a key of another role is no answer."""
        return next((one for one in self.keys if one.kid == kid and one.role == role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDocument:
    """What a node tells anybody; `keys_token` is still to be read."""

    node: str
    name: dict[str, str]
    contact_point: dict[str, Any]
    journal_origin: str
    keys_token: str
    types: tuple[str, ...]
    limits: dict[str, int]
    issued_at: dt.datetime
    token: str
    hash: str
    jws: Jws


def read_keys_token(token: str) -> KeysToken:
    """The keys in a token; refuses `malformed`, also a key twice and a signer that is no office key of the token."""
    jws = split(token, KEYS)
    members = _keys_members(first_spec(content(jws.payload)))
    _check_names(members["keys"], jws.kid)
    return KeysToken(**members, token=token, hash=digest(token), jws=jws)


def make_keys_token(
    *, node: str, journal_origin: str, tls: str | None, keys: Iterable[PublicKey], issued_at: dt.datetime, key: PrivateKey
) -> str:
    """The signed keys token; refuses (`malformed`) keys that do not name the office key that signs."""
    keys = tuple(keys)
    told = {"spec": 1, "node": node, "journal_origin": journal_origin, "tls": tls}
    told |= {"keys": {"keys": [one.jwk() for one in keys]}, "issued_at": write_moment(issued_at)}
    _keys_members(told)
    _check_names(keys, key.public.kid)
    return signed(told, key, KEYS, role="office")


def why_not_keys(keys_token: KeysToken, now: dt.datetime, retired: Collection[str] = ()) -> list[str]:
    """Why these keys cannot be worked with now, every reason; `retired` are the kids that count no more for signing.

    Each role has exactly one key valid now; `sealing` may have two, while one follows the other.
    """
    reasons = []
    origin = _ORIGIN.fullmatch(keys_token.journal_origin)
    if origin is None or origin[1] != keys_token.node:
        reasons.append("The journal_origin is that of another node.")
    for role in ROLES:
        valid = [one for one in keys_token.keys if one.role == role and one.kid not in retired and one.valid_at(now)]
        most = 2 if role == "sealing" else 1
        if not 1 <= len(valid) <= most:
            reasons.append(f"The role {role} has {len(valid)} keys valid now.")
    return reasons


def read_node_document(token: str) -> NodeDocument:
    """The document in a token; refuses `malformed`. Its keys token is not read here."""
    jws = split(token, DOCUMENT)
    return NodeDocument(**_document_members(first_spec(content(jws.payload))), token=token, hash=digest(token), jws=jws)


def make_node_document(
    *, node: str, name: dict[str, str], contact_point: dict[str, Any], journal_origin: str, keys_token: str,
    types: Iterable[str], limits: dict[str, int], issued_at: dt.datetime, key: PrivateKey,
) -> str:  # fmt: skip
    """The signed document."""
    told = {"spec": 1, "node": node, "name": name, "contact_point": contact_point, "journal_origin": journal_origin}
    told |= {"keys_token": keys_token, "types": list(types), "limits": limits, "issued_at": write_moment(issued_at)}
    _document_members(told)
    return signed(told, key, DOCUMENT)


def _check_names(keys: tuple[PublicKey, ...], signer: str) -> None:
    if len({one.kid for one in keys}) != len(keys):
        raise malformed("A key stands twice in a keys token.")
    if not any(one.kid == signer and one.role == "office" for one in keys):
        raise malformed("A keys token does not name the office key that signs it.")


def _keys_members(told: Members) -> dict[str, Any]:
    return {
        "node": take(told, "node", read_node),
        "journal_origin": take(told, "journal_origin", _read_origin),
        "tls": take(told, "tls", or_none(read_digest)),
        "keys": take(told, "keys", _read_keys),
        "issued_at": take(told, "issued_at", read_moment),
    }


def _document_members(told: Members) -> dict[str, Any]:
    name, limits = take(told, "name", read_object), take(told, "limits", read_object)
    return {
        "node": take(told, "node", read_node),
        "name": {language: take(name, language, read_text) for language in NAMES},
        "contact_point": take(told, "contact_point", read_object),
        "journal_origin": take(told, "journal_origin", _read_origin),
        "keys_token": take(told, "keys_token", read_text),
        "types": take(told, "types", read_texts),
        "limits": {limit: take(limits, limit, read_count) for limit in LIMITS},
        "issued_at": take(told, "issued_at", read_moment),
    }


def _read_keys(value: Any) -> tuple[PublicKey, ...]:
    keys = read_object(value).get("keys")
    if not isinstance(keys, list):
        raise malformed("A list of keys is expected.")
    return tuple(public_from_jwk(one) for one in keys)


def _read_origin(value: Any) -> str:
    if not isinstance(value, str) or not _ORIGIN.fullmatch(value):
        raise malformed("A journal_origin is written host/rahdari/node, and a number from its second on.")
    return value
