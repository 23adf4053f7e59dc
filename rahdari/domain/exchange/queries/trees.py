"""Hashes of the journal's tree as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rahdari.seals import merkle

from ..models import Journal, Leaf, Node


def fetch(journal: Journal, asked: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], bytes]:
    """Hashes of complete subtrees by (level, index); those of leaves are computed from the leaves."""
    leaves = [index for level, index in asked if level == 0]
    found = {
        (0, index): merkle.leaf_hash(bytes(data))
        for index, data in Leaf.objects.filter(journal=journal, index__in=leaves).values_list("index", "data")
    }
    levels = {level for level, _ in asked if level}
    for level in levels:
        indexes = [index for one, index in asked if one == level]
        rows = Node.objects.filter(journal=journal, level=level, index__in=indexes).values_list("index", "hash")
        found.update({(level, index): bytes(hash_) for index, hash_ in rows})
    return found


def root_at(journal: Journal, size: int) -> bytes:
    """The root of the journal when it had `size` leaves."""
    return merkle.root(size, lambda asked: fetch(journal, asked))
