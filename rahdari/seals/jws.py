"""Signed tokens: JWS compact with a closed header of exactly `alg`, `typ` and `kid` (protocol, section 0).

Splitting and checking are two steps: which key is asked for depends on the kind of token, and who may sign what is
not known here. Nothing in a token is true before `check`.
"""

from __future__ import annotations

from dataclasses import dataclass

from .faults import bad_signature, malformed
from .forms import decode, encode, read_json, write_json
from .keys import PrivateKey, PublicKey

ALG = "EdDSA"


@dataclass(frozen=True, slots=True)
class Jws:
    """A token taken apart: the name of its key as claimed (any text), its content, the bytes signed, the signature, its `typ`."""

    kid: str
    payload: bytes
    signed: bytes
    signature: bytes
    typ: str


def split(token: str, *typs: str) -> Jws:
    """The parts of a signed token of one of these types.

    Refuses `malformed` anything but three parts in strict base64url, and any other header. A signature of a wrong
    length is left to `check`.
    """
    parts = token.split(".", 3) if isinstance(token, str) else []
    if len(parts) != 3:
        raise malformed("A signed token has three parts.")
    kid, typ = _header(decode(parts[0]), typs)
    payload, signature = decode(parts[1]), decode(parts[2])
    return Jws(kid, payload, f"{parts[0]}.{parts[1]}".encode("ascii"), signature, typ)


def check(jws: Jws, key: PublicKey) -> None:
    """Passes if the signature is this key's; refuses `signature`. Window and role of the key are the caller's to judge."""
    if not key.verify(jws.signed, jws.signature):
        raise bad_signature()


def sign(payload: bytes, key: PrivateKey, typ: str) -> str:
    """The signed token of this type over these bytes."""
    header = write_json({"alg": ALG, "typ": typ, "kid": key.public.kid})
    signed = f"{encode(header)}.{encode(payload)}"
    return f"{signed}.{encode(key.sign(signed.encode('ascii')))}"


def _header(raw: bytes, typs: tuple[str, ...]) -> tuple[str, str]:
    header = read_json(raw)
    if not isinstance(header, dict) or header.keys() != {"alg", "typ", "kid"}:
        raise malformed("The header of a signed token has exactly alg, typ and kid.")
    if header["alg"] != ALG:
        raise malformed("The alg of a signed token is EdDSA.")
    typ, kid = header["typ"], header["kid"]
    if not isinstance(typ, str) or typ not in typs:
        raise malformed("The typ of a token is not the one that belongs here.")
    if not isinstance(kid, str):
        raise malformed("The kid of a token is not a text.")
    return kid, typ
