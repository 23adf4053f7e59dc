"""Tables of candidates: a profile without a name as one firm was shown it, on the side that shows and on the side that reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row

from .profiles import TalentProfile


class ShownProfile(Row):
    """What a firm was shown of a profile, in answer to its enquiry; the row has the same id on both nodes.

    The id is drawn for this one showing: nobody who reads two answers can tell that they speak of one person. On the sending
    side `profile` leads to what it was taken from, as long as that is there; on the accepting side there is only `told`.
    `enquiry` is the id of the statement that asked, `firm` and `through` are the bodies that may read it, `until` is the
    first day on which it no longer stands.
    """

    home = models.CharField(max_length=2)
    profile = models.ForeignKey(TalentProfile, null=True, on_delete=models.SET_NULL, related_name="showings")
    enquiry = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    firm = models.CharField(max_length=80, blank=True)
    firm_name = models.CharField(max_length=200)
    through = models.CharField(max_length=80, blank=True)
    told = models.JSONField(default=dict)
    until = models.DateField()
    shown_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["enquiry", "place"], name="profiles_shown")]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "profile"], name="one_showing_an_enquiry", condition=Q(profile__isnull=False)
            )
        ]
