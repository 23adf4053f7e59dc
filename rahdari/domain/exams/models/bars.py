"""A person barred from tests without a void result. The same table on both nodes; reasons on the examiner's alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked

from .anomalies import Anomaly
from .sittings import Booking


class Bar(Marked):
    """A bar on the person of a booking, from the proposal on; `barred_until` is the first day on which they may sit again.

    `anomaly` is the upheld sign behind it, which the other node is not told.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="bars")
    anomaly = models.ForeignKey(Anomaly, null=True, on_delete=models.PROTECT, related_name="bars")
    code = models.CharField(max_length=16)
    why = ClosedText(null=True)
    barred_until = models.DateField()
    state = models.CharField(max_length=16, default="bar_asked")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_why = ClosedText(null=True)

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["state", "-asked_at"], name="bars_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by=None) | Q(decided_by=None) | ~Q(asked_by=models.F("decided_by")), name="bars_have_four_eyes"
            ),
            models.UniqueConstraint(
                fields=["booking", "anomaly"], name="one_bar_a_sign", condition=Q(state__in=["bar_asked", "bar_decided"])
            ),
        ]
