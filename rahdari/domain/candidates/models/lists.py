"""Tables of candidates: a centre's list handed in as a file, row by row, until it is taken in or taken back.

What a list says of persons is closed at rest: its cells while it waits, afterwards only the rows that were left out.
"""

from __future__ import annotations

import json

from django.db import models

from rahdari.base.indexes import BlindIndex
from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from .files import File
from .purposes import CNIC


class PeopleList(Row):
    """One file of people a body trains, what its columns hold, how many rows stand how, who handed it in and took it in."""

    body = models.CharField(max_length=80)
    state = models.CharField(max_length=16, default="list_drafted")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    form = models.CharField(max_length=8)
    encoding = models.CharField(max_length=20, blank=True)
    head = models.JSONField(default=list)
    head_key = models.CharField(max_length=64)
    targets = models.JSONField(default=list)
    day_order = models.CharField(max_length=12, blank=True)
    counts = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.UUIDField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_why = models.TextField(max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "-handed_in_at"], name="lists_of_a_body")]


class ListSheet(Row):
    """The cells of a list that waits, closed at rest; gone once it is taken in or taken back."""

    of = models.OneToOneField(PeopleList, on_delete=models.PROTECT, related_name="sheet")
    cells = ClosedText()


class ListRow(Row):
    """One row of a list: what becomes of it, what is wrong, what is worth knowing, and the file it became.

    `told` is the row as it would stand, closed at rest; of a row that was taken in the file says it all, and past its term it is
    emptied. By the index of the card the row is found when the person it names erases their file.
    """

    of = models.ForeignKey(PeopleList, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    fate = models.CharField(max_length=8)
    faults = models.JSONField(default=list)
    told = ClosedText(null=True)
    cnic_index = BlindIndex(CNIC, lambda row: json.loads(row.told).get("cnic") if row.told else None, null=True, db_index=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="listed")

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="one_list_row_a_line")]
        indexes = [models.Index(fields=["of", "fate", "line"], name="list_rows_by_fate")]
