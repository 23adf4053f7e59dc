"""Tables of persons who recruit without a licence: who, why, what they answered, and whether a warning stands."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from rahdari.base.indexes import BlindIndex, BlindIndexes
from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from ..rules.names import fold, keys_of_person
from .purposes import IDENTITY, NAME, NAME_KEY, PHONE
from .register import Organisation


class Individual(Row):
    """A person said to recruit without a licence; everything that names them is closed at rest.

    A warning stands only once a second officer decided so, after the person could answer (`reply_until`, exclusive).
    `licence_shown` is the organisation whose licence they showed, which says nothing against it.
    """

    home = models.CharField(max_length=2)
    state = models.CharField(max_length=12, default="entered")
    name = ClosedText()
    name_index = BlindIndex(NAME, lambda row: fold(row.name))
    name_keys = BlindIndexes(NAME_KEY, lambda row: keys_of_person(row.name))
    keyed_by = models.PositiveSmallIntegerField(default=0)
    father = ClosedText(null=True)
    identity = ClosedText(null=True)
    identity_index = BlindIndex(IDENTITY, lambda row: row.identity, blank=True)
    works_in = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=40)
    law = models.CharField(max_length=200)
    text = ClosedText()
    papers = models.JSONField(default=list)
    licence_shown = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="shown_by")
    asked_on = models.DateField()
    reply_until = models.DateField()
    reply = ClosedText(null=True)
    replied_on = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    stands_from = models.DateField(null=True)
    reasons = ClosedText(null=True)
    lifted_on = models.DateField(null=True)

    class Meta:
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(entered_by=F("decided_by")), name="individuals_have_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["standing", "lifted"]) | Q(stands_from__isnull=False), name="a_warning_stands_from_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["home", "state", "-entered_at"], name="individuals_by_state"),
            models.Index(fields=["identity_index"], name="individuals_by_identity", condition=~Q(identity_index="")),
            models.Index(fields=["name_index"], name="individuals_by_name"),
            GinIndex(fields=["name_keys"], name="individuals_by_keys"),
            models.Index(fields=["keyed_by"], name="individuals_to_key_anew"),
        ]


class IndividualPhone(Row):
    """A telephone such a person is reached by, closed at rest."""

    individual = models.ForeignKey(Individual, on_delete=models.PROTECT, related_name="phones")
    number = ClosedText()
    number_index = BlindIndex(PHONE, lambda row: row.number)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["number_index"], name="individuals_by_phone")]
