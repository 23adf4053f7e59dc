"""The table of matches: two organisations that may be one, or behind which the same people may stand; a person decides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rahdari.base.rows import Row

from .register import Organisation


class Match(Row):
    """Two organisations of the registers and what ties them, once for each two; `organisation` is the one that was compared.

    `codes` are the reasons, the strongest first, `marks` what each rests on (public texts, and blind indexes of what is
    personal), `likeness` that of the names in thousandths. `judged` are the marks there were when a person decided: the
    two are asked about again only when a mark is new.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="matches")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="matched")
    pair = models.CharField(max_length=73, unique=True)
    state = models.CharField(max_length=12, default="to_decide")
    likeness = models.PositiveSmallIntegerField(default=0)
    codes = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    judged = models.JSONField(default=list)
    found_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=40, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="a_match_is_of_two"),
            models.CheckConstraint(
                condition=~Q(state__in=["same_one", "another", "unsure"]) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_person_decides_a_match",
            ),
        ]
        indexes = [models.Index(fields=["state", "-found_at"], name="matches_by_state")]
