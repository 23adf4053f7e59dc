"""Seals: JWE compact, opened by one node alone (protocol, section 2; RFC 7516, 7518 section 4.6, 8037).

A fresh key agrees with the receiver's sealing key; what comes out wraps the key of the content. Sender and receiver
are mixed into the derivation, so a seal copied to another stream does not open. The header is a closed set.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from .faults import Fault, cannot_open, malformed
from .forms import decode, encode, read_json, write_json
from .keys import PrivateKey, PublicKey, private_key

ALG, ENC = "ECDH-ES+A256KW", "A256GCM"
_MEMBERS = frozenset({"alg", "enc", "cty", "kid", "apu", "apv", "epk"})


@dataclass(frozen=True, slots=True)
class _Seal:
    kid: str
    apu: bytes
    apv: bytes
    ephemeral: bytes
    header: bytes
    wrapped: bytes
    iv: bytes
    content: bytes
    tag: bytes


def seal(content: bytes, *, to: PublicKey, sender: str, receiver: str, cty: str) -> str:
    """The content, sealed to this key; refuses a key of another role (ValueError) or one that gives no secret."""
    if to.role != "sealing":
        raise ValueError("one seals to a sealing key")
    ephemeral = private_key(X25519PrivateKey.generate(), "sealing", 0, 1)
    content_key, iv = os.urandom(32), os.urandom(12)
    header = encode(write_json(_header(to.kid, sender, receiver, cty, ephemeral.public.raw)))
    wrapped = aes_key_wrap(_wrapping_key(ephemeral.agree(to.raw), sender.encode(), receiver.encode()), content_key)
    closed = AESGCM(content_key).encrypt(iv, content, header.encode("ascii"))
    return ".".join([header, *map(encode, (wrapped, iv, closed[:-16], closed[-16:]))])


def peek(token: str, cty: str) -> str:
    """The name of the key a seal is for, as claimed; refuses `malformed` any form or header but the protocol's."""
    return _take_apart(token, cty).kid


def open_seal(token: str, key: PrivateKey, *, sender: str, receiver: str, cty: str) -> bytes:
    """The content of a seal from this sender to this receiver.

    Refuses `malformed` a wrong form, `cannot_open` everything else: another key, another sender or receiver, a changed
    bit, an agreement on nothing; it does not say which.
    """
    parts = _take_apart(token, cty)
    if parts.kid != key.public.kid or parts.apu != sender.encode() or parts.apv != receiver.encode():
        raise cannot_open()
    try:
        shared = key.agree(parts.ephemeral)
        content_key = aes_key_unwrap(_wrapping_key(shared, parts.apu, parts.apv), parts.wrapped)
        return AESGCM(content_key).decrypt(parts.iv, parts.content + parts.tag, parts.header)
    except (Fault, InvalidUnwrap, InvalidTag):
        raise cannot_open() from None


def concat_kdf(shared: bytes, algorithm: bytes, apu: bytes, apv: bytes, bits: int) -> bytes:
    """The key both sides derive from the shared secret (RFC 7518, section 4.6.2), for at most 256 bits."""
    named = b"".join(len(part).to_bytes(4, "big") + part for part in (algorithm, apu, apv))
    return sha256((1).to_bytes(4, "big") + shared + named + bits.to_bytes(4, "big")).digest()[: bits // 8]


def _wrapping_key(shared: bytes, apu: bytes, apv: bytes) -> bytes:
    return concat_kdf(shared, ALG.encode("ascii"), apu, apv, 256)


def _header(kid: str, sender: str, receiver: str, cty: str, ephemeral: bytes) -> dict[str, object]:
    return {
        "alg": ALG,
        "enc": ENC,
        "cty": cty,
        "kid": kid,
        "apu": encode(sender.encode()),
        "apv": encode(receiver.encode()),
        "epk": {"kty": "OKP", "crv": "X25519", "x": encode(ephemeral)},
    }


def _take_apart(token: str, cty: str) -> _Seal:
    parts = token.split(".", 5) if isinstance(token, str) else []
    if len(parts) != 5:
        raise malformed("A seal has five parts.")
    kid, apu, apv, ephemeral = _read_header(decode(parts[0]), cty)
    wrapped, iv, content, tag = map(decode, parts[1:])
    if (len(wrapped), len(iv), len(tag)) != (40, 12, 16):
        raise malformed("The key, the iv or the tag of a seal has a wrong length.")
    return _Seal(kid, apu, apv, ephemeral, parts[0].encode("ascii"), wrapped, iv, content, tag)


def _read_header(raw: bytes, cty: str) -> tuple[str, bytes, bytes, bytes]:
    header = read_json(raw)
    if not isinstance(header, dict) or header.keys() != _MEMBERS:
        raise malformed("The header of a seal has exactly alg, enc, cty, kid, apu, apv and epk.")
    if header["alg"] != ALG or header["enc"] != ENC or header["cty"] != cty:
        raise malformed("The alg, enc or cty of a seal is not the one that belongs here.")
    if not isinstance(header["kid"], str):
        raise malformed("The kid of a seal is not a text.")
    epk = header["epk"]
    if not isinstance(epk, dict) or epk.keys() != {"kty", "crv", "x"} or epk["kty"] != "OKP" or epk["crv"] != "X25519":
        raise malformed("The epk of a seal has exactly kty OKP, crv X25519 and x.")
    ephemeral = decode(epk["x"])
    if len(ephemeral) != 32:
        raise malformed("The epk of a seal is not 32 bytes.")
    return header["kid"], decode(header["apu"]), decode(header["apv"]), ephemeral
