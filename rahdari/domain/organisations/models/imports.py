"""Tables of organisations: registers that were handed in as a file, row by row, until a second officer takes them in.

What a file says of persons is closed at rest: its cells while it waits, afterwards only the rows that were left out.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from .register import Organisation


class RegisterImport(Row):
    """One file of a register, what its columns hold, how many rows stand how, and who entered, decided and undid it.

    `touched_by` are all who handed in, named columns or handed on: none of them may be the second officer.
    """

    home = models.CharField(max_length=2)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=16, default="drafted")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    form = models.CharField(max_length=8)
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    sheet_name = models.CharField(max_length=100, blank=True)
    head = models.JSONField(default=list)
    head_key = models.CharField(max_length=64)
    targets = models.JSONField(default=list)
    day_order = models.CharField(max_length=12, blank=True)
    counts = models.JSONField(default=dict)
    leave_out = models.BooleanField(default=False)
    law = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    touched_by = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    undo_text = models.TextField(max_length=2000, blank=True)
    undo_asked_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["home", "-entered_at"], name="imports_newest_first"),
            models.Index(fields=["home", "kind", "head_key", "-entered_at"], name="imports_by_their_titles"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(entered_by=F("decided_by")), name="imports_have_four_eyes"),
            models.CheckConstraint(condition=Q(undone_by=None) | ~Q(undo_asked_by=F("undone_by")), name="undoing_has_four_eyes"),
        ]


class ImportedSheet(Row):
    """The cells of a file that waits, closed at rest; gone once it is decided or taken back."""

    of = models.OneToOneField(RegisterImport, on_delete=models.PROTECT, related_name="sheet")
    cells = ClosedText()


class ImportedRow(Row):
    """One row of a file: what becomes of it, what is wrong, and the organisation it became.

    `told` is the row as it would stand with its faults, closed at rest; of a row that was taken in the organisation says it all.
    """

    of = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    fate = models.CharField(max_length=8)
    faults = models.JSONField(default=list)
    told = ClosedText(null=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="imported")

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="one_row_a_line")]
        indexes = [models.Index(fields=["of", "fate", "line"], name="imported_rows_by_fate")]
