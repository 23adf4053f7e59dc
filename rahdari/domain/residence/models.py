"""Tables of residence so far: the guidance before the journey and the first day of work; the same on both nodes."""

from __future__ import annotations

from django.db import models

from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import StepPaper
from rahdari.domain.placements.models import Case


class Guidance(Marked):
    """The guidance a worker was given before the application for the certificate (item 1 of the ten of support)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    given_by = models.CharField(max_length=80)
    confirmed = models.BooleanField(null=True)


class Employment(Marked):
    """The work a case led to, from its first day on."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    employer = models.CharField(max_length=80)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
