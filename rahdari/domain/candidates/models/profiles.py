"""Tables of candidates: what a person publishes of their skills without a name."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row

from .files import File


class TalentProfile(Row):
    """Skills without a name, until a day (exclusive) or until hidden; only a number tells one from another."""

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="profile")
    number = models.CharField(max_length=12, unique=True)
    text = models.TextField(max_length=1000)
    skills = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    isco = models.CharField(max_length=4)
    years = models.PositiveSmallIntegerField()
    district = models.CharField(max_length=20, blank=True)
    published_at = models.DateTimeField()
    until = models.DateField()
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["until", "-published_at"], name="profiles_that_hold")]
