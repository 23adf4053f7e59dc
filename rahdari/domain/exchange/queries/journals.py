"""The journal as others may see it."""

from __future__ import annotations

from rahdari.seals import merkle

from ..models import Journal, Leaf
from .trees import fetch


def current_journal() -> Journal | None:
    """The journal in force."""
    return Journal.objects.filter(closed_at=None).order_by("-number").first()


def proof_of(index: int, size: int) -> tuple[tuple[str, str], list[bytes]] | None:
    """The two ends of a leaf and its inclusion proof in the tree of that size; None beyond the tree."""
    journal = current_journal()
    if journal is None or not index < size <= journal.size:
        return None
    leaf = Leaf.objects.filter(journal=journal, index=index).values_list("sender", "receiver").first()
    if leaf is None:
        return None
    return leaf, merkle.inclusion_proof(index, size, lambda asked: fetch(journal, asked))
