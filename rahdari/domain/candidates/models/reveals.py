"""Tables of candidates: a firm asks who stands behind a profile it was shown, and what the person said, on either node."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from .files import Consent
from .shown import ShownProfile


class Reveal(Row):
    """One firm's question about one showing, and its answer.

    `asked` is the id of the statement on the node that was asked. A person's no is kept there alone (`declined_at`): the firm
    hears of it when it would hear of silence, at `until`. `told` is what a yes sent (name, what the person can do, contact),
    closed at rest on both nodes, and gone once the consent is taken back.
    """

    home = models.CharField(max_length=2)
    shown = models.OneToOneField(ShownProfile, on_delete=models.PROTECT, related_name="reveal")
    asked = models.UUIDField(null=True, unique=True)
    firm = models.CharField(max_length=80)
    firm_name = models.CharField(max_length=200)
    firm_number = models.CharField(max_length=40, blank=True)
    through = models.CharField(max_length=80, blank=True)
    through_name = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=500)
    state = models.CharField(max_length=20, default="reveal_asked")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    until = models.DateTimeField()
    declined_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    told = ClosedText(null=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="reveals")

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="reveals_that_end")]
