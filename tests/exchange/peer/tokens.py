"""JWS and JWE compact tokens, put together and taken apart by hand."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from tests.exchange.peer.curve import Sealing, Signing, verifies
from tests.exchange.peer.forms import HASH, Malformed, b64u, demand, matches, read_object, sha, unb64u, write_json

ENVELOPE = "rahdari-envelope+json"
STATEMENT = "rahdari-statement+json"
RECEIPT = "rahdari-receipt+json"
REFUSAL = "rahdari-refusal+json"
STUB = "rahdari-stub+json"
REQUEST = "rahdari-request+jwt"
NODE_DOCUMENT = "rahdari-node+jwt"
KEYS = "rahdari-keys+jwt"
SEAL_HEADER = ("alg", "enc", "cty", "kid", "apu", "apv", "epk")


@dataclass(frozen=True)
class Jws:
    token: str
    header: dict[str, Any]
    raw: bytes
    payload: dict[str, Any]
    signature: bytes

    @property
    def kid(self) -> str:
        return self.header["kid"]

    def signed_by(self, x: bytes) -> bool:
        return verifies(x, self.token.rpartition(".")[0].encode("ascii"), self.signature)


def compact(header: bytes, payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    """A JWS over exactly these bytes of header and payload."""
    text = f"{b64u(header)}.{b64u(payload)}"
    return f"{text}.{b64u(sign(text.encode('ascii')))}"


def jws(payload: bytes, typ: str, key: Signing) -> str:
    return compact(write_json({"alg": "EdDSA", "typ": typ, "kid": key.kid}), payload, key.sign)


def read_jws(token: object, *typs: str) -> Jws:
    """Takes a token apart; refuses any form and any header but the one the text gives."""
    demand(isinstance(token, str) and token.count(".") == 2, "not three parts")
    parts = [unb64u(part) for part in str(token).split(".")]
    header = read_object(parts[0])
    demand(set(header) == {"alg", "typ", "kid"}, "the header is a closed set")
    demand(header["alg"] == "EdDSA" and header["typ"] in typs and matches(HASH, header["kid"]), "a wrong value in the header")
    demand(len(unb64u(header["kid"])) == 32, "kid is no thumbprint")
    return Jws(str(token), header, parts[1], read_object(parts[1]), parts[2])


def peek(token: object) -> dict[str, Any] | None:
    """The payload if it is JSON, whatever the header; for refusals."""
    try:
        return read_object(unb64u(str(token).split(".")[1]))
    except (IndexError, Malformed):
        return None


def concat_kdf(secret: bytes, algorithm: bytes, apu: bytes, apv: bytes, bits: int) -> bytes:
    """RFC 7518, section 4.6.2, for keys of at most 256 bits: one round."""
    other = b"".join(struct.pack(">I", len(part)) + part for part in (algorithm, apu, apv)) + struct.pack(">I", bits)
    return sha(struct.pack(">I", 1) + secret + other)[: bits // 8]


def _wrapping_key(secret: bytes, apu: bytes, apv: bytes) -> bytes:
    return concat_kdf(secret, b"ECDH-ES+A256KW", apu, apv, 256)


def seal_header(cty: str, frm: str, to: str, kid: str, epk: bytes) -> dict[str, Any]:
    return {
        "alg": "ECDH-ES+A256KW",
        "enc": "A256GCM",
        "cty": cty,
        "kid": kid,
        "apu": b64u(frm.encode()),
        "apv": b64u(to.encode()),
        "epk": {"kty": "OKP", "crv": "X25519", "x": b64u(epk)},
    }


def seal(
    plain: bytes, cty: str, frm: str, to: str, kid: str, x: bytes, change: Callable[[dict[str, Any]], Any] = lambda header: None
) -> str:
    """A JWE for the holder of `x`; `change` may spoil the header before it is sealed in."""
    once = Sealing()
    header = seal_header(cty, frm, to, kid, once.x)
    wrapping = _wrapping_key(once.agree(x), frm.encode(), to.encode())
    change(header)
    return jwe(write_json(header), wrapping, plain)


def jwe(header: bytes, wrapping: bytes, plain: bytes) -> str:
    key, iv = os.urandom(32), os.urandom(12)
    protected = b64u(header)
    sealed = AESGCM(key).encrypt(iv, plain, protected.encode("ascii"))
    return ".".join((protected, b64u(aes_key_wrap(wrapping, key)), b64u(iv), b64u(sealed[:-16]), b64u(sealed[-16:])))


def unseal(token: object, cty: str, frm: str, to: str, key_of: Callable[[str], Sealing | None]) -> bytes:
    """The bytes inside; refuses every header but the one of these two nodes, and what does not open."""
    demand(isinstance(token, str) and token.count(".") == 4, "not five parts")
    protected, wrapped, iv, text, tag = str(token).split(".")
    header = read_object(unb64u(protected))
    demand(set(header) == set(SEAL_HEADER), "the header is a closed set")
    epk = header["epk"]
    demand(isinstance(epk, dict) and set(epk) == {"kty", "crv", "x"}, "epk is a closed set")
    ours = seal_header(cty, frm, to, header["kid"], unb64u(epk["x"]))
    demand(header == ours and isinstance(header["kid"], str), "a wrong value in the header")
    key = key_of(header["kid"])
    if key is None:
        raise Malformed("sealed to no key of mine")
    demand(len(unb64u(epk["x"])) == 32, "epk is no key")
    wrapping = _wrapping_key(key.agree(unb64u(epk["x"])), frm.encode(), to.encode())
    demand(len(unb64u(iv)) == 12 and len(unb64u(tag)) == 16 and len(unb64u(wrapped)) == 40, "a part of a wrong length")
    try:
        content_key = aes_key_unwrap(wrapping, unb64u(wrapped))
        return AESGCM(content_key).decrypt(unb64u(iv), unb64u(text) + unb64u(tag), protected.encode("ascii"))
    except (InvalidTag, InvalidUnwrap):
        raise Malformed("does not open") from None
