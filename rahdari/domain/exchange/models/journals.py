"""The journal: an append-only Merkle tree of what was sent and stored, its checkpoints, and the partners' that we witnessed."""

from __future__ import annotations

from django.db import models

from rahdari.base.models import NEVER_CHANGED
from rahdari.base.rows import Guarded, Row


class Journal(Row):
    """One origin of this node's journal; after a restore that lost leaves a new one begins."""

    number = models.PositiveIntegerField(unique=True)
    origin = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    announced = models.BooleanField(default=True)  # a new origin waits until the office key signed it


class Leaf(Guarded):
    """One leaf: the seven lines of exchange.md section 6, and whose stream they speak of."""

    id = models.BigAutoField(primary_key=True)
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="+")
    index = models.BigIntegerField()
    data = models.BinaryField()
    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)

    class Meta:
        triggers = NEVER_CHANGED
        constraints = [models.UniqueConstraint(fields=["journal", "index"], name="one_leaf_a_place")]


class Node(Guarded):
    """The hash of a complete subtree; level 0 are the leaves."""

    id = models.BigAutoField(primary_key=True)
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers = NEVER_CHANGED
        constraints = [models.UniqueConstraint(fields=["journal", "level", "index"], name="one_hash_a_subtree")]


class Checkpoint(Row):
    """A signed head of the journal with the cosignatures it was given."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journal", "size"], name="one_checkpoint_a_size")]


class Witnessed(Row):
    """The last head of a partner's journal that this node cosigned."""

    node = models.CharField(max_length=2)
    origin = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32, null=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
