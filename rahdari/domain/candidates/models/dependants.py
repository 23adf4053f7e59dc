"""Table of candidates: spouse and children who come along, kept apart from the file and shown to nobody it is opened to."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from .files import File


class Dependant(Row):
    """A member of the family of somebody whose status in Japan lets them come along. Name, birth and passport closed at rest.

    It is another person's data, kept for the holder's application alone: one taken out is deleted, and no history of it stays.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="dependants")
    relation = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    name = ClosedText()
    birth_date = ClosedText()
    passport_no = ClosedText(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorded_role = models.CharField(max_length=40)

    class Meta:
        ordering = ["recorded_at", "id"]
