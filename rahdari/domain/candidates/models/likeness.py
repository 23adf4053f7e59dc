"""Tables of candidates: two files that may be of one person, and two files made one, with the way back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rahdari.base.rows import Row

from .files import File


class Likeness(Row):
    """Two files that may be of one person, once for each two; a person decides.

    `codes` are the reasons, the strongest first, `score` the likeness of the names in thousandths. `judged` are the reasons
    there were when a person decided: the two are asked about again only when a reason is new.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="likenesses")
    other = models.ForeignKey(File, on_delete=models.PROTECT, related_name="liked_by")
    pair = models.CharField(max_length=73, unique=True)
    state = models.CharField(max_length=16, default="to_judge")
    score = models.PositiveSmallIntegerField(default=0)
    codes = models.JSONField(default=list)
    judged = models.JSONField(default=list)
    found_at = models.DateTimeField()
    ground = models.CharField(max_length=40, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(file=F("other")), name="a_likeness_is_of_two"),
            models.CheckConstraint(
                condition=~Q(state__in=["same_person", "other_person"]) | Q(judged_by__isnull=False), name="a_person_judges"
            ),
        ]
        indexes = [models.Index(fields=["state", "-found_at"], name="likenesses_by_state")]


class Merge(Row):
    """Two files made one: which goes on, which ends in it, who asked and who decided; parted again by a later day.

    `moved` are the rows that went over, by their table, so that the way back is known.
    """

    likeness = models.ForeignKey(Likeness, on_delete=models.PROTECT, related_name="merges")
    kept = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default="merge_asked")
    moved = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    parted_at = models.DateTimeField(null=True)
    parted_by = models.UUIDField(null=True)
    parted_why = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(asked_by=F("decided_by")), name="merging_has_four_eyes"),
            models.UniqueConstraint(fields=["likeness"], name="one_open_merge", condition=Q(state__in=["merge_asked", "merged"])),
        ]
