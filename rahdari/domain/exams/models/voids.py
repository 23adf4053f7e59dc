"""Results made void: the proposal, what each person said to it, the decision, the appeal. The same tables on both nodes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked

from .results import Result
from .sittings import Sitting


class Voiding(Marked):
    """A proposal to make results void, and what became of it; the partner is told of a decision alone.

    `evidence` is closed at rest. `barred_until` is the first day on which the people may sit tests again.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="voidings")
    code = models.CharField(max_length=16)
    evidence = ClosedText(null=True)
    barred_until = models.DateField(null=True)
    invited_on = models.DateField(null=True)
    state = models.CharField(max_length=16, default="void_asked")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    void_from = models.DateField(null=True)
    appeal_until = models.DateField(null=True)

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["state", "-asked_at"], name="voidings_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by=None) | Q(decided_by=None) | ~Q(asked_by=models.F("decided_by")),
                name="voidings_have_four_eyes",
            )
        ]


class VoidedResult(Row):
    """One result of a voiding: whether the person was heard and what they said, whether they appealed, how it ended and why."""

    voiding = models.ForeignKey(Voiding, on_delete=models.PROTECT, related_name="results")
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="voidings")
    heard = models.CharField(max_length=16, blank=True)
    said = ClosedText(null=True)
    heard_on = models.DateField(null=True)
    appeal = models.CharField(max_length=16, blank=True)
    appeal_text = ClosedText(null=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_decided_by = models.UUIDField(null=True)
    appeal_reason = ClosedText(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voiding", "result"], name="one_result_a_voiding")]
