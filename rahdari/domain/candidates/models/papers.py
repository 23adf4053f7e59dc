"""Tables of candidates: the papers in a file, and what a person learnt and worked at, for kinds of work that ask for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rahdari.base.models import StoredFile
from rahdari.base.rows import Row

from .files import File


class FilePaper(Row):
    """A document in a file: of which kind, its bytes by their hash, who put it in; one taken out is kept but not shown."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    put_in_at = models.DateTimeField()
    put_in_by = models.UUIDField()
    put_in_role = models.CharField(max_length=40)
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-put_in_at", "-id"]


class Degree(Row):
    """A degree or diploma: where, in what, in which year, and whether the sending state's office recognised it."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="degrees")
    kind = models.CharField(max_length=20)
    institution = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    recognition = models.CharField(max_length=20)
    recognition_no = models.CharField(max_length=60, blank=True)
    paper = models.ForeignKey(FilePaper, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ["-year", "-id"]


class Internship(Row):
    """Technical intern training in Japan: which stage, in which field, how many months, and whether it was well completed."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="internships")
    stage = models.CharField(max_length=4)
    field = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField()
    ended_on = models.DateField()
    completed_well = models.BooleanField()
    paper = models.ForeignKey(FilePaper, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ["-ended_on", "-id"]


class Practice(Row):
    """Practice in a line of work with one employer, from a day until another (exclusive), with the paper that proves it."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="practices")
    employer = models.CharField(max_length=200)
    isco = models.CharField(max_length=4)
    from_on = models.DateField()
    until = models.DateField(null=True)
    paper = models.ForeignKey(FilePaper, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("from_on")), name="practice_begins_before_it_ends")
        ]
