"""When a partner's key counts, and what makes a keys token one we follow (docs/protocol.md, section 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.seals.keys import PublicKey

from .limits import LATE_AFTER_EXPIRY, RETIRED_ACCEPTED, SEALING_LIFETIME


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A partner's key, with what we know of its end."""

    node: str
    public: PublicKey
    retired_at: dt.datetime | None = None
    compromised: bool = False
    confirmed: bool = True


def counts(key: KnownKey, stated: dt.datetime) -> bool:
    """Whether the key may have signed at the time stated: a planned end is followed by 30 days, a compromise by none."""
    if not key.confirmed or key.compromised:
        return False
    if key.retired_at is not None and stated >= key.retired_at + RETIRED_ACCEPTED:
        return False
    return key.public.valid_at(stated)


def why_not_lifetimes(keys: Iterable[PublicKey]) -> list[str]:
    """A sealing key lives at most 90 days, so that little can be read with one that was lost."""
    longest = SEALING_LIFETIME.total_seconds()
    return [
        f"The sealing key {key.kid} lives longer than 90 days."
        for key in keys
        if key.role == "sealing" and key.exp - key.nbf > longest
    ]


def too_late(key: KnownKey, arrived: dt.datetime) -> bool:
    """Whether an envelope arrives more than 90 days after the key that signed it expired."""
    return arrived.timestamp() > key.public.exp + LATE_AFTER_EXPIRY.total_seconds()
