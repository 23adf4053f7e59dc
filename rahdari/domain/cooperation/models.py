"""Tables of cooperation: the requests contact points put to each other, and what firms look for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import Demand


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


class Enquiry(Row):
    """What a firm in Japan looks for, on either node; `home` is where it was entered.

    One that came by the exchange hangs on its `request`, and `asked` is the id of the statement on both nodes; one entered
    from a letter or a visit stays where it is. `firm` is the registry id and may be unknown for what came otherwise than
    from the register; `through` is the placement business that enquires for the firm. `owner` is the officer who answers.
    """

    home = models.CharField(max_length=2)
    number = models.CharField(max_length=20)
    source = models.CharField(max_length=12, default="system")
    came_on = models.DateField()
    firm = models.CharField(max_length=80, blank=True)
    firm_name = models.CharField(max_length=200)
    firm_number = models.CharField(max_length=40, blank=True)
    through = models.CharField(max_length=80, blank=True)
    through_name = models.CharField(max_length=200, blank=True)
    work_kind = models.CharField(max_length=16, blank=True)
    field = models.CharField(max_length=40, blank=True)
    occupation = models.CharField(max_length=4, blank=True)
    skills = models.JSONField(default=list)
    people = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=16, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=20)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    request = models.OneToOneField(Request, null=True, on_delete=models.PROTECT, related_name="enquiry")
    asked = models.UUIDField(null=True, unique=True)
    due_at = models.DateTimeField(null=True)
    owner = models.UUIDField(null=True)
    fitting = models.PositiveIntegerField(null=True)
    next_step = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    demand = models.ForeignKey(Demand, null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-entered_at", "-id"], name="enquiries_newest_first"),
            models.Index(fields=["firm", "-entered_at"], name="enquiries_of_a_firm"),
            models.Index(fields=["through", "-entered_at"], name="enquiries_through_a_body"),
        ]


class EnquiryStep(Row):
    """One step of an enquiry: what was done, when, by which role of which body, and why."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="steps")
    use_case = models.CharField(max_length=40)
    at = models.DateTimeField()
    role = models.CharField(max_length=40)
    body = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
