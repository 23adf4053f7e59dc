"""The floor of `bench/exchange.py`: signatures and seals of one statement and its outcome, with `cryptography` alone.

No token form, no JSON, no base64, no network and no database: the same operations over bytes of the same sizes, on one
core. Nothing that does what the protocol asks can be faster than this; the rest of the way to ours is what may be saved.
"""

from __future__ import annotations

import hashlib
import os
import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

RECEIPT = 350  # bytes of a receipt's payload


class End:
    """One node's keys."""

    def __init__(self) -> None:
        self.clerk, self.gateway = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        self.sealing = X25519PrivateKey.generate()
        self.clerk_public, self.gateway_public = self.clerk.public_key(), self.gateway.public_key()
        self.sealing_public = self.sealing.public_key()


def derived(mine: X25519PrivateKey, theirs: X25519PublicKey) -> bytes:
    """The key that wraps, from the shared secret."""
    return ConcatKDFHash(algorithm=SHA256(), length=32, otherinfo=b"ECDH-ES+A256KW pk jp 256").derive(mine.exchange(theirs))


def told(sender: End, receiver: End, data: bytes) -> None:
    """One statement: signed, sealed, enveloped, checked, opened, receipted, the receipt checked."""
    statement = data + sender.clerk.sign(data)
    once, content, nonce = X25519PrivateKey.generate(), os.urandom(32), os.urandom(12)
    wrapped = aes_key_wrap(derived(once, receiver.sealing_public), content)
    sealed = AESGCM(content).encrypt(nonce, statement, b"header")
    envelope = sealed + wrapped
    signature = sender.gateway.sign(envelope)
    name = hashlib.sha256(envelope).digest()
    checked(sender.gateway_public, signature, envelope)
    key = aes_key_unwrap(derived(receiver.sealing, once.public_key()), wrapped)
    opened = AESGCM(key).decrypt(nonce, sealed, b"header")
    checked(sender.clerk_public, opened[-64:], opened[:-64])
    receipt = name + bytes(RECEIPT - len(name))
    checked(receiver.gateway_public, receiver.gateway.sign(receipt), receipt)


def checked(key: Ed25519PublicKey, signature: bytes, data: bytes) -> None:
    """Raises when the signature is not of this key over these bytes."""
    key.verify(signature, data)


def floor(statement: int, outcome: int, seconds: float = 2.0) -> float:
    """CPU seconds of one statement of so many bytes together with its outcome."""
    one, other = End(), End()
    texts, done, began = (os.urandom(statement), os.urandom(outcome)), 0, time.process_time()
    while time.process_time() - began < seconds:
        told(one, other, texts[0])
        told(other, one, texts[1])
        done += 1
    return (time.process_time() - began) / done
