"""Tables of cooperation: the requests contact points put to each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked


class Request(Marked):
    """What one contact point asks the other, with the answer; `home` is who asked.

    Questions and answers may name a person, so both are closed at rest. `asked` and `answered` are the ids of
    the statements, whoever said them; `statement` is filled where the partner asked. `reply_level` and `reply_bodies` are
    the marking of the newest thing the partner said of it.
    """

    number = models.CharField(max_length=20)
    partner = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default="asked")
    thread = models.UUIDField()
    asked = models.UUIDField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    urgency = models.CharField(max_length=40)
    due_on = models.DateField(null=True)
    language = models.CharField(max_length=2)
    questions = ClosedText()
    accept_by = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    agreed_on = models.DateField(null=True)
    answers = ClosedText(null=True)
    answered = models.UUIDField(null=True)
    answered_hash = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    reply_level = models.CharField(max_length=16, blank=True)
    reply_bodies = models.JSONField(default=list)
    replied_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    timeliness = models.PositiveSmallIntegerField(null=True)
    effort = models.PositiveSmallIntegerField(null=True)

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(fields=["asked"], name="one_own_request_a_statement", condition=Q(statement=None)),
            models.UniqueConstraint(fields=["home", "statement"], name="one_request_a_statement"),
        ]
        indexes = [
            *Marked.Meta.indexes,
            models.Index(fields=["-asked_at", "-id"], name="requests_newest_first"),
            models.Index(fields=["state", "agreed_on"], name="requests_open", condition=Q(state__in=["asked", "accepted"])),
        ]
