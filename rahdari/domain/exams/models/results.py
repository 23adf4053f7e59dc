"""Results, the signed files they came in, and the keys examiners sign with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row
from rahdari.domain.candidates.models import File
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import StepPaper

from .sittings import Booking, Sitting

COUNTS = ("result_to_check", "result_stands")  # states in which no other result may stand beside it


class Result(Marked):
    """What the examiner found; one entered from a certificate has no booking and waits for its check.

    A result is never changed: a correction is a new row that names the one it `replaces`, and so is the result by which
    somebody is reinstated. `certificate_key` is the number as it is looked up.
    """

    booking = models.ForeignKey(Booking, null=True, on_delete=models.PROTECT, related_name="results")
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    exam = models.CharField(max_length=60)
    field = models.CharField(max_length=40, blank=True)
    test_level = models.CharField(max_length=40, blank=True)
    sat_on = models.DateField()
    outcome = models.CharField(max_length=8)
    sections = models.JSONField(default=list)
    certificate_no = models.CharField(max_length=60, blank=True)
    certificate_key = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="result_stands")
    recorded_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    checked_by = models.UUIDField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    correction = models.CharField(max_length=40, blank=True)
    void_from = models.DateField(null=True)

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["certificate_key"], name="results_by_certificate")]
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "certificate_no", "source"],
                name="one_result_a_certificate",
                condition=~Q(certificate_no="") & Q(state__in=COUNTS),
            ),
            models.UniqueConstraint(fields=["booking"], name="one_result_a_booking", condition=Q(state="result_stands")),
        ]


class ExaminerKey(Row):
    """A public key by which an exam body signs files of results: entered by one of its officers, confirmed by another."""

    body = models.CharField(max_length=80)
    kid = models.CharField(max_length=60, unique=True)
    raw = models.BinaryField(max_length=32)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=16, default="key_entered")
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    confirmed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body"], name="keys_of_an_examiner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(entered_by=models.F("confirmed_by")), name="examiner_keys_have_four_eyes"
            )
        ]


class ResultFile(Row):
    """A signed file of results that was taken: its bytes lie under their hash, with the key that signed it."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    signature = models.TextField(blank=True)
    key = models.ForeignKey(ExaminerKey, on_delete=models.PROTECT, related_name="files")
    lines = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "sha256"], name="one_file_of_results_once")]
