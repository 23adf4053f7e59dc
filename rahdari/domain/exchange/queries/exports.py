"""A journal as a file: keys tokens, leaves, checkpoints, one JSON object a line (docs/protocol.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from rahdari.seals.forms import encode, write_json

from ..models import Checkpoint, IssuedKeys, Journal, Leaf, Witnessed


def export_journal(journal: Journal) -> Iterator[bytes]:
    """The lines of an export of one origin."""
    yield _line(
        kind="keys",
        node=settings.RAHDARI_NODE,
        journal_origin=journal.origin,
        keys_tokens=_tokens(settings.RAHDARI_NODE),
        witnesses=[{"node": node, "name": origin, "keys_tokens": _tokens(node)} for node, origin in _witnesses()],
    )
    size = journal.size
    rows = Leaf.objects.filter(journal=journal, index__lt=size).order_by("index").values_list("index", "data")
    for index, data in rows.iterator(chunk_size=2000):
        yield _line(kind="leaf", index=index, data=encode(bytes(data)))
    for note in Checkpoint.objects.filter(journal=journal, size__lte=size).order_by("size").values_list("note", flat=True):
        yield _line(kind="checkpoint", note=note)


def _tokens(node: str) -> list[str]:
    return list(IssuedKeys.objects.filter(node=node, waits=False).order_by("at", "id").values_list("token", flat=True))


def _witnesses() -> list[tuple[str, str]]:
    return list(Witnessed.objects.order_by("node", "id").values_list("node", "origin"))


def _line(**members: Any) -> bytes:
    return write_json(members) + b"\n"


def journals() -> list[Journal]:
    """Every origin of this node, oldest first."""
    return list(Journal.objects.order_by("number"))
