"""The node's own keys: a file for each, in `secrets/exchange/` of its home. They survive a restore of the database.

    office-KID.json   locked by the passphrase of the contact point, opened for one signature
    clerk-, gateway-, journal-, sealing-KID.json
    keys_tokens.ndjson   every keys token of this node, oldest first

Nothing here is ever overwritten but by a whole new file beside it; a destroyed key leaves its public half.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from rahdari.seals.keys import PrivateKey, PublicKey, from_pem, public_from_jwk, to_pem


class NotFounded(RuntimeError):
    """This node has no exchange keys yet (`rahdari node init`)."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """One of our keys as its file says; `pem` is empty once the private half was destroyed."""

    public: PublicKey
    pem: str
    retired_at: int | None = None

    def signs_at(self, moment: dt.datetime) -> bool:
        """Whether it is for new signatures (or seals) at this moment."""
        return self.public.valid_at(moment) and (self.retired_at is None or moment.timestamp() < self.retired_at)


def folder() -> Path:
    """Where the key files lie."""
    return Path(settings.RAHDARI_HOME) / "secrets" / "exchange"


def own_keys() -> tuple[OwnKey, ...]:
    """Every key this node ever had, oldest first."""
    return _read(*_stamp())


def own_key(kid: str) -> OwnKey | None:
    """The key with this id, if it is ours."""
    return next((key for key in own_keys() if key.public.kid == kid), None)


def private_key(kid: str) -> PrivateKey | None:
    """An online key ready for use; None when it is not ours, was destroyed, or is the office key."""
    return _private(kid, *_stamp())


def office_key(kid: str, passphrase: str) -> PrivateKey:
    """The office key, opened for one signature; raises ValueError for a wrong passphrase."""
    held = own_key(kid)
    if held is None or not held.pem or held.public.role != "office":
        raise NotFounded(kid)
    return from_pem(held.pem.encode(), "office", held.public.nbf, held.public.exp, passphrase.encode())


def keep(key: PrivateKey, passphrase: str | None = None) -> None:
    """Writes a new key into its file; the office key locked by the passphrase."""
    if (key.public.role == "office") != (passphrase is not None):
        raise ValueError("the office key, and only it, is locked by a passphrase")
    pem = to_pem(key, None if passphrase is None else passphrase.encode())
    _write(OwnKey(key.public, pem.decode()))


def retire(kid: str, at: dt.datetime) -> None:
    """The key signs nothing new from this moment on."""
    held = own_key(kid)
    if held is not None and held.retired_at is None:
        _write(replace(held, retired_at=int(at.timestamp())))


def destroy(kid: str) -> None:
    """Destroys the private half; the public one stays for checking."""
    held = own_key(kid)
    if held is not None:
        _write(replace(held, pem=""))


def keys_tokens() -> list[str]:
    """Every keys token of this node, oldest first; raises `NotFounded` when there is none."""
    path = folder() / "keys_tokens.ndjson"
    if not path.is_file():
        raise NotFounded(str(path))
    return [json.loads(line)["token"] for line in path.read_text(encoding="utf-8").splitlines()]


def keep_keys_token(token: str) -> None:
    """Adds a keys token; the last one is in force."""
    path = folder() / "keys_tokens.ndjson"
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    _write_whole(path, held + json.dumps({"token": token}) + "\n")


def _stamp() -> tuple[str, int]:
    place = folder()
    try:
        return str(place), place.stat().st_mtime_ns
    except OSError:
        return str(place), 0


@lru_cache(maxsize=8)
def _read(place: str, stamp: int) -> tuple[OwnKey, ...]:
    found = [_own(json.loads(path.read_text(encoding="utf-8"))) for path in Path(place).glob("*-*.json")]
    return tuple(sorted(found, key=lambda key: (key.public.nbf, key.public.kid)))


@lru_cache(maxsize=64)
def _private(kid: str, place: str, stamp: int) -> PrivateKey | None:
    held = own_key(kid)
    if held is None or not held.pem or held.public.role == "office":
        return None
    return from_pem(held.pem.encode(), held.public.role, held.public.nbf, held.public.exp, None)


def _own(held: dict[str, Any]) -> OwnKey:
    return OwnKey(public_from_jwk(held["jwk"]), held["pem"], held["retired_at"])


def _write(key: OwnKey) -> None:
    told = {"jwk": key.public.jwk(), "pem": key.pem, "retired_at": key.retired_at}
    _write_whole(folder() / f"{key.public.role}-{key.public.kid}.json", json.dumps(told, indent=2) + "\n")


def _write_whole(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk before it returns; the folder's time tells readers to look again."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder_handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder_handle)
    finally:
        os.close(folder_handle)
