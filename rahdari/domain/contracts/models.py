"""Tables of contracts: the offer with its terms, the costs declared and confirmed, the contract, the same on both nodes;
and what a worker answers in private, on the sending side alone."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row
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
    proposed = models.JSONField(null=True)  # other terms the employer signed after the contract, until the worker agrees


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


class CostAnswer(Row):
    """What a worker was asked in private of costs and terms of a case, and what they said; no partner, recruiter or employer
    is ever told of it.

    `said` is the answer as JSON text and `note` the officer's reason, both closed at rest; `findings` are codes alone.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    round = models.CharField(max_length=16)
    state = models.CharField(max_length=20, default="answer_asked")
    asked_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    said = ClosedText(null=True)
    findings = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, blank=True)
    examined_at = models.DateTimeField(null=True)
    examined_by = models.UUIDField(null=True)
    note = ClosedText(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round"], name="one_answer_a_round", condition=models.Q(round__in=("costs_first", "costs_second"))
            )
        ]
        indexes = [models.Index(fields=["state", "answered_at"], name="answers_by_state")]
