"""The forms of the exchange protocol, written once more from its text: JOSE tokens, seals, leaves, notes, from given secrets.

For the worked examples (`protocol_examples.py`). The standard library and `cryptography` alone; nothing of `rahdari`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

STATEMENT = "rahdari-statement+json"
Values = dict[str, Any]


def b64u(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64u(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha(raw: bytes | str) -> bytes:
    return hashlib.sha256(raw.encode("utf-8") if isinstance(raw, str) else raw).digest()


def h(raw: bytes | str) -> str:
    """H(x) of the protocol."""
    return b64u(sha(raw))


def compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def uuid(moment_ms: int, number: int) -> str:
    """An id of version 7: the moment, then digits that only have to differ."""
    text = f"{moment_ms:012x}7{number:03x}8{number:015x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@dataclass(frozen=True)
class Key:
    """A key of an example: Ed25519, or X25519 for `sealing`."""

    role: str
    secret: bytes = field(repr=False)
    nbf: int
    exp: int

    @property
    def crv(self) -> str:
        return "X25519" if self.role == "sealing" else "Ed25519"

    @property
    def public(self) -> bytes:
        kind = X25519PrivateKey if self.role == "sealing" else Ed25519PrivateKey
        return kind.from_private_bytes(self.secret).public_key().public_bytes_raw()

    @property
    def thumbprint_input(self) -> str:
        return f'{{"crv":"{self.crv}","kty":"OKP","x":"{b64u(self.public)}"}}'

    @property
    def kid(self) -> str:
        return h(self.thumbprint_input)

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)

    def jwk(self, exp: int = 0) -> Values:
        shape = {"kty": "OKP", "crv": self.crv, "x": b64u(self.public), "kid": self.kid}
        return {**shape, "role": self.role, "nbf": self.nbf, "exp": exp or self.exp}


def jws(payload: bytes, typ: str, key: Key) -> str:
    """A compact JWS; the members of its header in this order, which no reader may depend on."""
    text = f"{b64u(compact({'alg': 'EdDSA', 'typ': typ, 'kid': key.kid}))}.{b64u(payload)}"
    return f"{text}.{b64u(key.sign(text.encode('ascii')))}"


def padded(payload: bytes) -> bytes:
    """Filled up with spaces to a multiple of 1,024 bytes."""
    return payload + b" " * (-len(payload) % 1024)


def seal(plain: str, frm: str, to: str, receiver: Key, once: bytes, content_key: bytes, iv: bytes) -> Values:
    """A JWE with every step between: RFC 7518 section 4.6 (ECDH-ES, key wrapping), AES-256-GCM."""
    ephemeral = X25519PrivateKey.from_private_bytes(once)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(receiver.public))
    epk = {"kty": "OKP", "crv": "X25519", "x": b64u(ephemeral.public_key().public_bytes_raw())}
    header = compact(
        {
            "alg": "ECDH-ES+A256KW",
            "enc": "A256GCM",
            "cty": STATEMENT,
            "kid": receiver.kid,
            "apu": b64u(frm.encode()),
            "apv": b64u(to.encode()),
            "epk": epk,
        }
    )
    named = b"".join(struct.pack(">I", len(one)) + one for one in (b"ECDH-ES+A256KW", frm.encode(), to.encode()))
    derived_from = struct.pack(">I", 1) + shared + named + struct.pack(">I", 256)
    wrapping = sha(derived_from)
    wrapped = aes_key_wrap(wrapping, content_key)
    protected = b64u(header)
    closed = AESGCM(content_key).encrypt(iv, plain.encode("ascii"), protected.encode("ascii"))
    parts = [protected, *map(b64u, (wrapped, iv, closed[:-16], closed[-16:]))]
    return {
        "header": header.decode("ascii"),
        "shared_secret": shared.hex(),
        "hashed_for_the_wrapping_key": derived_from.hex(),
        "wrapping_key": wrapping.hex(),
        "wrapped_key": wrapped.hex(),
        "tag": closed[-16:].hex(),
        "token": ".".join(parts),
    }


def leaf(way: str, frm: str, to: str, seq: int, envelope: str, opened: str | None, receipt: str, stored_at: str) -> str:
    """Seven lines, each ended by LF."""
    hashes = sha(envelope).hex(), "-" if opened is None else sha(opened).hex(), sha(receipt).hex()
    return "".join(f"{line}\n" for line in ("rahdari-journal/1", way, f"{frm} {to} {seq}", *hashes, stored_at))


def leaf_hash(data: str) -> bytes:
    return sha(b"\x00" + data.encode("ascii"))


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha(b"\x01" + left + right)


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def signature_line(name: str, kind: int, key: Key, message: bytes, stamp: bytes = b"") -> str:
    """A line under a note: C2SP signed-note; kind 1 is the log's own signature, kind 4 a cosignature."""
    key_id = sha(name.encode() + b"\n" + bytes([kind]) + key.public)[:4]
    return f"\N{EM DASH} {name} {b64(key_id + stamp + key.sign(message))}\n"
