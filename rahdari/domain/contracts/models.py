"""Tables of contracts: the offer with its terms, the costs declared and confirmed, the contract; the same on both nodes."""

from __future__ import annotations

from django.db import models

from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.placements.models import Case


class Offer(Marked):
    """The terms an employer signed for one case, and how far the worker has come with them.

    The terms change only where they were authored (`home`); what the worker confirmed is kept on each node by the steps
    it took or was told.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    terms = models.JSONField()
    terms_hash = models.CharField(max_length=64)
    employer_signed_on = models.DateField()
    offered_on = models.DateField()
    state = models.CharField(max_length=20, default="offered")
    terms_confirmed_on = models.DateField(null=True)
    costs_confirmed_on = models.DateField(null=True)
    costs_hash = models.CharField(max_length=64, blank=True)
    signed_on = models.DateField(null=True)


class CostDeclaration(Marked):
    """The lines of cost one body declared for a case; a later declaration of the same body takes the place of the earlier."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=80)
    declared_on = models.DateField()
    lines = models.JSONField()
    replaced_at = models.DateTimeField(null=True)

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["case", "declared_on"], name="costs_of_a_case")]


class Contract(Marked):
    """The contract both signed. `coe_facts` is what the form for the certificate of eligibility asks of the worker
    (passport, birth, sex, birthplace, fit for the work), as JSON text closed at rest."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    terms_hash = models.CharField(max_length=64)
    signed_on = models.DateField()
    lands_on = models.DateField(null=True)
    coe_facts = ClosedText()
