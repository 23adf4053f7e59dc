"""What every row has that may come from the partner. No table of its own yet."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from rahdari.base.rows import Row


class Marked(Row):
    """A row that is authored here (`home` is this node) or mirrors a statement of the partner, with its marking.

    `rules.told_by` gives these columns of a statement. A `Meta` of a table that has its own extends `Marked.Meta`;
    one that lists indexes names these too: `indexes = [*Marked.Meta.indexes, …]`.
    """

    home = models.CharField(max_length=2)
    statement = models.UUIDField(null=True)
    statement_hash = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=16, default="contact_point")
    bodies = models.JSONField(default=list)

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["bodies"], name="marks_%(app_label).10s_%(class).12s")]
