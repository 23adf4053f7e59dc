"""The keys of a node: five roles, each key in one; signatures with Ed25519, agreement with X25519.

Stricter than RFC 8032: a signature is refused if it has a second valid form, or if its key or its first half lies in
the small subgroup, where one signature can be made to fit many messages.
"""

from __future__ import annotations

import binascii
import datetime as dt
import os
import textwrap
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import pbkdf2_hmac
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from .faults import malformed
from .forms import LARGEST, decode, digest, encode, write_json

ROLES = ("office", "clerk", "gateway", "journal", "sealing")
# Members that are secret in a JWK of any kind (RFC 7518, section 6; RFC 8037, section 2).
_SECRET_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SECOND = dt.timedelta(seconds=1)

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_SIGN = 2**255
# The eight points of small order by their y (RFC 8032); the sign of x does not matter here.
_Y8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
_SMALL_Y = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})
# The points of small order of Curve25519 and of its twist by their u (RFC 7748): with them every agreement is zero.
_U8 = 325606250916557431795983626356110631294008115727848805560023387167927233504
_SMALL_U = frozenset({0, 1, _P - 1, _U8, 39382357235489614581723060781553021112529911719440698176882885853963445705823})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key one may know: what it is for, its name (`kid`), from when until before when it holds, and its 32 bytes."""

    role: str
    kid: str
    nbf: int
    exp: int
    raw: bytes

    def jwk(self) -> dict[str, Any]:
        """The key as it stands in a keys token."""
        return _jwk(self.raw, self.role) | {"kid": self.kid, "role": self.role, "nbf": self.nbf, "exp": self.exp}

    def valid_at(self, moment: dt.datetime) -> bool:
        """Whether the moment lies in the key's window: from `nbf` on, before `exp`."""
        return self.nbf <= (moment - _EPOCH) // _SECOND < self.exp

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's, strictly; a sealing key has no signatures."""
        if self.role == "sealing" or len(signature) != 64 or not _is_strict(signature):
            return False
        key = _ed25519(self.raw)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key with its secret half, which shows itself nowhere; it leaves only by `to_pem`."""

    public: PublicKey
    secret: Ed25519PrivateKey | X25519PrivateKey = field(repr=False, compare=False)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; a sealing key refuses (ValueError)."""
        if not isinstance(self.secret, Ed25519PrivateKey):
            raise ValueError("a sealing key does not sign")
        return self.secret.sign(message)

    def agree(self, raw_public: bytes) -> bytes:
        """The shared secret, 32 bytes; refuses `malformed` what is no public key or makes the secret zero."""
        if not isinstance(self.secret, X25519PrivateKey):
            raise ValueError("only a sealing key agrees")
        try:
            shared = self.secret.exchange(X25519PublicKey.from_public_bytes(raw_public))
        except ValueError:
            shared = b""
        if not any(shared):
            raise malformed("A public key gives no shared secret.")
        return shared


def new_key(role: str, nbf: int, exp: int) -> PrivateKey:
    """A fresh key for the role and window, in seconds since 1970."""
    return private_key(X25519PrivateKey.generate() if role == "sealing" else Ed25519PrivateKey.generate(), role, nbf, exp)


def private_key(secret: object, role: str, nbf: int, exp: int) -> PrivateKey:
    """The key around its secret half; refuses a secret of another kind than the role's, or an empty window (ValueError)."""
    _check_role(role)
    kind = X25519PrivateKey if role == "sealing" else Ed25519PrivateKey
    if not isinstance(secret, kind):
        raise ValueError(f"this is no key for the role {role}")
    if not 0 <= nbf < exp <= LARGEST:
        raise ValueError("the window of a key is empty or out of range")
    raw = secret.public_key().public_bytes_raw()
    return PrivateKey(PublicKey(role, thumbprint(raw, role), nbf, exp, raw), secret)


def thumbprint(raw: bytes, role: str) -> str:
    """The name of a public key: its RFC 7638 thumbprint."""
    return digest(write_json(dict(sorted(_jwk(raw, role).items()))))


def public_from_jwk(jwk: object) -> PublicKey:
    """The public key in a JWK of a keys token; refuses a secret member, a weak key, and a `kid` that is not its thumbprint."""
    if not isinstance(jwk, dict):
        raise malformed("A key is not an object.")
    if _SECRET_MEMBERS & jwk.keys():
        raise malformed("A key has a private member.")
    role = jwk.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise malformed("A key has none of the five roles.")
    if jwk.get("kty") != "OKP" or jwk.get("crv") != _curve(role):
        raise malformed("A key is not on the curve of its role.")
    raw = decode(jwk.get("x", ""))
    if not _is_strong(raw, role):
        raise malformed("A public key is not 32 bytes, not canonical, or of small order.")
    if jwk.get("kid") != thumbprint(raw, role):
        raise malformed("The kid of a key is not its thumbprint.")
    nbf, exp = (jwk.get(name) for name in ("nbf", "exp"))
    if type(nbf) is not int or type(exp) is not int or not (0 <= nbf <= LARGEST and 0 <= exp <= LARGEST):
        raise malformed("A key has no window in whole seconds.")
    return PublicKey(role, thumbprint(raw, role), nbf, exp, raw)


def to_pem(key: PrivateKey, passphrase: bytes | None) -> bytes:
    """The key as PKCS 8 in PEM, locked by the passphrase if there is one; an empty passphrase locks nothing and is refused."""
    plain = key.secret.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    if passphrase is None:
        return _pem("PRIVATE KEY", plain)
    if not passphrase:
        raise ValueError("an empty passphrase locks nothing")
    return _pem("ENCRYPTED PRIVATE KEY", _locked(plain, passphrase))


def from_pem(pem: bytes, role: str, nbf: int, exp: int, passphrase: bytes | None) -> PrivateKey:
    """The key in the PEM, for the role and window; refuses a wrong passphrase and another kind of key (ValueError)."""
    try:
        secret = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("the key cannot be read: another passphrase, or not a private key") from None
    return private_key(secret, role, nbf, exp)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise ValueError(f"there is no role {role}")


def _curve(role: str) -> str:
    return "X25519" if role == "sealing" else "Ed25519"


def _jwk(raw: bytes, role: str) -> dict[str, Any]:
    return {"kty": "OKP", "crv": _curve(role), "x": encode(raw)}


def _is_strong(raw: bytes, role: str) -> bool:
    if len(raw) != 32:
        return False
    if role == "sealing":
        # RFC 7748: the highest bit is ignored, the rest is taken modulo p.
        return (int.from_bytes(raw, "little") % _SIGN) % _P not in _SMALL_U
    return _ed25519(raw) is not None and _is_on_curve(raw)


def _is_strict(signature: bytes) -> bool:
    return int.from_bytes(signature[32:], "little") < _L and _is_large(signature[:32])


def _is_large(point: bytes) -> bool:
    """Whether 32 bytes are a canonical encoding of no point of small order."""
    y = int.from_bytes(point, "little") % _SIGN
    return y < _P and y not in _SMALL_Y


def _is_on_curve(point: bytes) -> bool:
    """Whether there is an x for this y: x^2 = (y^2 - 1) / (d y^2 + 1) has a root."""
    square = pow(int.from_bytes(point, "little") % _SIGN, 2, _P)
    d = -121665 * pow(121666, -1, _P)
    return pow((square - 1) * (d * square + 1), (_P - 1) // 2, _P) == 1


@lru_cache(maxsize=256)
def _ed25519(raw: bytes) -> Ed25519PublicKey | None:
    return Ed25519PublicKey.from_public_bytes(raw) if len(raw) == 32 and _is_large(raw) else None


# The library locks PKCS 8 with 2,048 rounds. An office key binds a state and may lie on a stick in a drawer.
_ROUNDS = 600_000
_PBES2, _PBKDF2 = bytes.fromhex("2a864886f70d01050d"), bytes.fromhex("2a864886f70d01050c")
_HMAC_SHA256, _AES256_CBC = bytes.fromhex("2a864886f70d0209"), bytes.fromhex("60864801650304012a")


def _locked(plain: bytes, passphrase: bytes) -> bytes:
    """An EncryptedPrivateKeyInfo (RFC 5958, RFC 8018): PBKDF2 with HMAC-SHA256, then AES-256-CBC."""
    salt, iv = os.urandom(16), os.urandom(16)
    padder = PKCS7(128).padder()
    cipher = Cipher(AES(pbkdf2_hmac("sha256", passphrase, salt, _ROUNDS, 32)), CBC(iv)).encryptor()
    content = cipher.update(padder.update(plain) + padder.finalize()) + cipher.finalize()
    rounds = _der(0x02, _ROUNDS.to_bytes(_ROUNDS.bit_length() // 8 + 1, "big"))
    pseudorandom = _der(0x30, _der(0x06, _HMAC_SHA256), _der(0x05))
    derivation = _der(0x30, _der(0x06, _PBKDF2), _der(0x30, _der(0x04, salt), rounds, pseudorandom))
    scheme = _der(0x30, _der(0x06, _AES256_CBC), _der(0x04, iv))
    return _der(0x30, _der(0x30, _der(0x06, _PBES2), _der(0x30, derivation, scheme)), _der(0x04, content))


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
    return bytes([tag]) + length + content


def _pem(label: str, der: bytes) -> bytes:
    lines = textwrap.wrap(binascii.b2a_base64(der, newline=False).decode("ascii"), 64)
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode("ascii")
