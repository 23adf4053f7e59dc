"""Adding to the journal. Whoever adds holds the journal's row until the end, because a receipt names the size it makes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from rahdari.base.work import Unit
from rahdari.seals import merkle
from rahdari.seals.forms import decode

from ..models import Journal, Leaf, Node
from ..queries.trees import fetch


@dataclass(slots=True)
class Pen:
    """Adds leaves to the journal in force; `finish` writes them with the hashes of the subtrees they complete."""

    unit: Unit
    journal: Journal
    leaves: list[tuple[bytes, str, str]] = field(default_factory=list)

    @property
    def size_with_next(self) -> int:
        """The size of the journal once one more leaf is in it."""
        return self.journal.size + len(self.leaves) + 1

    def add(self, data: bytes, sender: str, receiver: str) -> None:
        """Adds the leaf of one envelope."""
        self.leaves.append((data, sender, receiver))

    def finish(self) -> None:
        """Writes what was added."""
        if not self.leaves:
            return
        first = self.journal.size
        hashes = [merkle.leaf_hash(data) for data, _, _ in self.leaves]
        fresh = merkle.completed_by(first, hashes, lambda asked: fetch(self.journal, asked))
        Leaf.objects.bulk_create(
            Leaf(journal=self.journal, index=first + n, data=data, sender=sender, receiver=receiver)
            for n, (data, sender, receiver) in enumerate(self.leaves)
        )
        Node.objects.bulk_create(
            Node(journal=self.journal, level=level, index=index, hash=hash_) for level, index, hash_ in fresh if level
        )
        self.journal.size = first + len(self.leaves)
        self.unit.save(self.journal)
        self.leaves = []


def hex_of(digest: str) -> str:
    """A hash of the protocol (base64url) as hexadecimal, as leaves hold it."""
    return decode(digest).hex()


def sha256_hex(token: str) -> str:
    """The hash of a token as leaves hold it."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_journal(unit: Unit) -> Pen:
    """The journal in force, locked until the end of the unit."""
    current = Journal.objects.select_for_update().filter(closed_at=None).order_by("-number").first()
    if current is None:
        raise RuntimeError("this node has no journal: it was not founded")
    return Pen(unit, current)
