"""What stands in a stream: its head, its envelopes, its receipts."""

from __future__ import annotations

from typing import Any

from rahdari.seals.tokens import seed

from ..models import Envelope, Stream
from ..rules.limits import BYTES, TOKENS

ROOM = 4096  # bytes of a body left for its frame


def head_of(sender: str, receiver: str) -> dict[str, Any]:
    """The head of a stream; of an empty one 0 and the seed."""
    found = Stream.objects.filter(sender=sender, receiver=receiver).first()
    return {"seq": found.seq, "hash": found.head} if found else {"seq": 0, "hash": seed(sender, receiver)}


def _within(tokens: list[str]) -> list[str]:
    """As many as one body may hold, at least one."""
    kept: list[str] = []
    room = BYTES - ROOM
    for token in tokens:
        room -= len(token) + 3
        if room < 0 and kept:
            break
        kept.append(token)
    return kept


def envelopes_after(sender: str, receiver: str, after: int) -> list[str]:
    """Envelope tokens after a place, the stub where one stands."""
    rows = Envelope.objects.filter(sender=sender, receiver=receiver, void=False, seq__gt=after).order_by("seq")
    return _within([token or stub for token, stub in rows.values_list("token", "stub")[:TOKENS]])


def receipts_after(sender: str, receiver: str, after: int) -> list[str]:
    """Receipts after a place, without holes: up to the first envelope that has none."""
    rows = Envelope.objects.filter(sender=sender, receiver=receiver, void=False, seq__gt=after).order_by("seq")
    kept = []
    for receipt in rows.values_list("receipt", flat=True)[:TOKENS]:
        if not receipt:
            break
        kept.append(receipt)
    return _within(kept)
