"""The streams: one for each ordered pair of nodes, made when first needed."""

from __future__ import annotations

from rahdari.base.work import Unit
from rahdari.seals.tokens import seed

from ..models import Stream


def lock_stream(unit: Unit, sender: str, receiver: str) -> Stream:
    """The stream from one node to the other, locked until the end of the unit."""
    rows = Stream.objects.select_for_update().filter(sender=sender, receiver=receiver)
    found = rows.first()
    if found is None:
        unit.alone(f"exchange.stream {sender} {receiver}")
        found = rows.first()
    return found or unit.add(Stream(sender=sender, receiver=receiver, head=seed(sender, receiver)))
