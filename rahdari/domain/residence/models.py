"""Tables of residence so far: guidance, a change of status in Japan, the first day of work; the same on both nodes."""

from __future__ import annotations

from django.db import models

from rahdari.base.secrets import ClosedText
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


class StatusChange(Marked):
    """An application to change the status of residence of somebody who lives in Japan, and what became of it.

    What the card says of the present stay (`from_status`, `stay_ends_on`, its last day) and `months_used`, the whole months
    spent as SSW(i) before, are not told to the other node. `until` is the first day after the stay permitted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default="change_filed")
    from_status = models.CharField(max_length=12, blank=True)
    stay_ends_on = models.DateField(null=True)
    months_used = models.PositiveSmallIntegerField(null=True)
    bureau = models.CharField(max_length=40, blank=True)
    receipt_no = ClosedText(null=True)
    filed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    until = models.DateField(null=True)
    codes = models.JSONField(default=list)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_change_under_way", condition=~models.Q(state="change_refused"))
        ]
        indexes = [*Marked.Meta.indexes, models.Index(fields=["case", "-id"], name="changes_of_a_case")]


class Employment(Marked):
    """The work a case led to, from its first day on."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    employer = models.CharField(max_length=80)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
