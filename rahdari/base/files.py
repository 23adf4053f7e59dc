"""Files that people hand in: their kind is told from their bytes, their size is limited, nothing is ever run.

The bytes lie under `RAHDARI_HOME/files/` by their hash; the row `StoredFile` says what they are.
They leave only as attachments.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .models import StoredFile
from .refusal import Refusal, Refused
from .work import Unit

LIMIT = 10 * 1024 * 1024  # bytes
CHUNK = 64 * 1024
# What the first bytes say; a kind that is not here is not accepted.
SIGNS = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
PAPERS = frozenset(SIGNS)


def kind_of(first: bytes) -> str:
    """The kind of a file by its first bytes, empty when it is none we accept."""
    return next((kind for kind, sign in SIGNS.items() if first.startswith(sign)), "")


def take_in(unit: Unit, stream: BinaryIO, *, name: str, kinds: Iterable[str] = PAPERS, limit: int = LIMIT) -> StoredFile:
    """Keeps a file inside a unit of work; bytes already held are not kept twice.

    Refuses `file_empty`, `file_too_large` (limit in bytes) and `file_kind_unknown`. The name is
    shortened and its path dropped; it is shown, never used as a path.
    """
    allowed = tuple(kinds)
    first = stream.read(CHUNK)
    kind = kind_of(first)
    if not first:
        raise Refused([Refusal("file_empty", member="file")])
    if kind not in allowed:
        raise Refused([Refusal("file_kind_unknown", {"kinds": tuple(ENDINGS[one] for one in allowed)}, member="file")])
    digest, size, unfinished = hashlib.sha256(), 0, _unfinished()
    try:
        with unfinished.open("wb") as file:
            chunk = first
            while chunk:
                size += len(chunk)
                if size > limit:
                    raise Refused([Refusal("file_too_large", {"limit": limit // 1024 // 1024}, member="file")])
                digest.update(chunk)
                file.write(chunk)
                chunk = stream.read(CHUNK)
            file.flush()
            os.fsync(file.fileno())
        there = place_of(digest.hexdigest())
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.replace(there)
    finally:
        unfinished.unlink(missing_ok=True)
    row = StoredFile(
        hash=digest.hexdigest(), size=size, kind=kind, name=_bare(name), taken_at=unit.at, taken_by=unit.actor.person
    )
    return unit.add(row)


def hold(content: bytes) -> str:
    """Keeps bytes that came beside a statement under their hash, without a row: the statement names them. Gives the hash."""
    digest = hashlib.sha256(content).hexdigest()
    there = place_of(digest)
    if there.is_file():
        return digest
    unfinished = _unfinished()
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.replace(there)
    finally:
        unfinished.unlink(missing_ok=True)
    return digest


def place_of(digest: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(settings.RAHDARI_HOME) / "files" / digest[:2] / digest


def _unfinished() -> Path:
    folder = Path(settings.RAHDARI_HOME) / "files"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"unfinished-{os.urandom(8).hex()}"


def _bare(name: str) -> str:
    shown = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in shown if letter.isprintable())[:200] or "file"
