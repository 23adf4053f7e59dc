"""Ed25519 and X25519 keys, with the refusals section 0 asks for, and RFC 7638 thumbprints."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tests.exchange.peer.forms import Malformed, b64u, h

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int]


def thumbprint(crv: str, x: bytes) -> str:
    """RFC 7638 over the three members an OKP key must have, in the order of their letters."""
    return h(f'{{"crv":"{crv}","kty":"OKP","x":"{b64u(x)}"}}')


def _point(data: bytes) -> Point | None:
    """The point a key encodes; none when it is no canonical encoding of a point."""
    sign, y = data[31] >> 7, int.from_bytes(data, "little") & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


def _double(point: Point) -> Point:
    x, y = point
    product = D * x * x * y * y % P
    return 2 * x * y * pow(1 + product, -1, P) % P, (y * y + x * x) * pow(1 - product, -1, P) % P


@lru_cache(maxsize=512)
def sound_ed25519(data: bytes) -> bool:
    """Whether these 32 bytes are a key one may trust: canonical, on the curve, not of small order."""
    point = _point(data) if len(data) == 32 else None
    if point is None:
        return False
    for _ in range(3):
        point = _double(point)
    return point != (0, 1)


def verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != 64 or not sound_ed25519(key) or int.from_bytes(signature[32:], "little") >= L:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


class Signing:
    """An Ed25519 key pair."""

    crv = "Ed25519"

    def __init__(self, seed: bytes | None = None) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(seed) if seed else Ed25519PrivateKey.generate()
        self.x = self.private.public_key().public_bytes_raw()
        self.kid = thumbprint(self.crv, self.x)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


class Sealing:
    """An X25519 key pair."""

    crv = "X25519"

    def __init__(self, seed: bytes | None = None) -> None:
        self.private = X25519PrivateKey.from_private_bytes(seed) if seed else X25519PrivateKey.generate()
        self.x = self.private.public_key().public_bytes_raw()
        self.kid = thumbprint(self.crv, self.x)

    def agree(self, x: bytes) -> bytes:
        """The shared secret; refuses the one that is all zero."""
        try:
            secret = self.private.exchange(X25519PublicKey.from_public_bytes(x))
        except ValueError:
            raise Malformed("no shared secret") from None
        if secret == bytes(32):
            raise Malformed("an all-zero shared secret")
        return secret
