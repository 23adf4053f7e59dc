"""Tables of contracts: the offer with its terms, the costs declared and confirmed, the contract, the same on both nodes;
and what a worker answers in private, on the sending side alone."""

from __future__ import annotations

from django.db import models

from rahdari.base.indexes import BlindIndex
from rahdari.base.models import StoredFile
from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.placements.models import Case

from .rules.receipts import RECEIPT, receipt_key


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


class CostReceipt(Row):
    """A receipt for a line of cost: of money `paid`, or of money `returned` to the worker, which they confirm.

    Number and issuer are closed at rest and stay on this node; `line` is the check number of the line, so that a receipt
    keeps its place when the same line is declared again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default="paid")
    line = models.CharField(max_length=64)
    code = models.CharField(max_length=60)
    number = ClosedText()
    issuer = ClosedText()
    receipt_index = BlindIndex(RECEIPT, lambda row: receipt_key(row.number, row.issuer), unique=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    on = models.DateField()
    payer = models.CharField(max_length=20)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_role = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "line"], name="receipts_of_a_line")]


class Service(Row):
    """A signed service from home: when it was to begin and began, and how it ended; the same on both nodes.

    `last_on` is the last day on which something may be delivered, `ended_by` the side that said so.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    begins_on = models.DateField()
    begun_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=10, blank=True)


class Milestone(Row):
    """A part of a service that is delivered and paid by itself; `pay_by` is the last day of a payment in time.

    `overdue_on`, and what an officer did about it, are of the worker's node alone; `note` is closed at rest.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    due_on = models.DateField()
    state = models.CharField(max_length=24, default="milestone_agreed")
    delivered_on = models.DateField(null=True)
    pay_by = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    accepted_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    paid_amount = models.BigIntegerField(null=True)
    overdue_on = models.DateField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    note = ClosedText(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_milestone_a_number")]
        indexes = [models.Index(fields=["state", "pay_by"], name="milestones_to_pay")]
