"""Hashes of the journal's tree as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from rahdari.seals import merkle

from ..models import Journal, Leaf

NODES = """
    select level, index, hash from exchange_node
    where journal_id = %s and (level, index) in (select * from unnest(%s::int[], %s::bigint[]))
"""


def fetch(journal: Journal, asked: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], bytes]:
    """Hashes of complete subtrees by (level, index); those of leaves are computed from the leaves."""
    found = dict[tuple[int, int], bytes]()
    leaves = [index for level, index in asked if level == 0]
    if leaves:
        rows = Leaf.objects.filter(journal=journal, index__in=leaves).values_list("index", "data")
        found.update({(0, index): merkle.leaf_hash(bytes(data)) for index, data in rows})
    above = [(level, index) for level, index in asked if level]
    if above:
        columns: Any = [journal.pk, [level for level, _ in above], [index for _, index in above]]
        with connection.cursor() as cursor:
            cursor.execute(NODES, columns)
            found.update({(level, index): bytes(hash_) for level, index, hash_ in cursor})
    return found


def root_at(journal: Journal, size: int) -> bytes:
    """The root of the journal when it had `size` leaves."""
    return merkle.root(size, lambda asked: fetch(journal, asked))
