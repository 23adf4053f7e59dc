"""Sealed blobs on disk: under the home's `files/exchange/`, named by the hash of their bytes."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings


def place(sealed: str) -> Path:
    """Where a blob lies; spread over folders by the beginning of its hash."""
    return Path(settings.RAHDARI_HOME) / "files" / "exchange" / sealed[:2] / sealed


def keep(sealed: str, content: bytes) -> None:
    """Writes the bytes whole, on the disk before it returns."""
    path = place(sealed)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{sealed}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(sealed: str) -> bytes | None:
    """The bytes, None when they are not here."""
    try:
        return place(sealed).read_bytes()
    except FileNotFoundError:
        return None


def remove(sealed: str) -> None:
    """Destroys the bytes."""
    place(sealed).unlink(missing_ok=True)
