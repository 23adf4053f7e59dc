"""What the examiner's own system knows of who sat, in blind marks, and the signs of fraud found in it. On its own node alone."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from .sittings import Booking, Sitting


class Trace(Row):
    """Marks of one booking: phone, identity number, address, device, account as blind indexes, never as they were.

    They are compared within one sitting; where the key of indexes rolled in between, the file is handed in anew.
    `photo` is a perceptual hash of 64 bits in hexadecimal, `seconds` the time for all answers.
    """

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="trace")
    marks = models.JSONField(default=dict)
    photo = models.CharField(max_length=16, blank=True)
    seconds = models.PositiveIntegerField(null=True)
    handed_in_at = models.DateTimeField()


class Anomaly(Row):
    """A sign of fraud: which rule, whose bookings, the measure behind it with the limits it was held to. A person decides."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="anomalies")
    rule = models.CharField(max_length=24)
    numbers = models.JSONField(default=list)
    about = models.CharField(max_length=64)
    measure = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default="anomaly_open")
    flagged_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = ClosedText(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "rule", "about"], name="one_sign_of_fraud_once")]
        indexes = [models.Index(fields=["state", "-flagged_at"], name="signs_of_fraud_open")]
