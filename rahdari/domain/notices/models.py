"""Tables of notices: what one state tells the other, and what was said of it since."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked


class Notice(Marked):
    """A notice from its draft to its answer or recall; `home` is who raises it.

    What it says is closed at rest, and gone once it is recalled: then id, dates and state are left. `raised` and
    `answered` are the ids of the statements, whoever said them; `statement` is filled where the partner raised it.
    `reply_level` and `reply_bodies` are the marking of the newest thing the partner said of it.
    """

    number = models.CharField(max_length=20, blank=True)
    partner = models.CharField(max_length=2)
    state = models.CharField(max_length=12, default="drafted")
    kind = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=20, blank=True)
    known_on = models.DateField(null=True)
    content = ClosedText(null=True)
    thread = models.UUIDField(null=True)
    language = models.CharField(max_length=2)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.UUIDField(null=True)
    drafted_body = models.CharField(max_length=80, blank=True)
    raised = models.UUIDField(null=True)
    raised_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    days_late = models.PositiveIntegerField(null=True)
    due_on = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)
    answer = ClosedText(null=True)
    answered = models.UUIDField(null=True)
    answered_hash = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=400, blank=True)
    reply_level = models.CharField(max_length=16, blank=True)
    reply_bodies = models.JSONField(default=list)
    replied_at = models.DateTimeField(null=True)

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home", "statement"], name="one_notice_a_statement"),
            models.UniqueConstraint(fields=["raised"], name="one_own_notice_a_statement", condition=Q(statement=None)),
            models.CheckConstraint(
                condition=~Q(state="recalled") | Q(content=None, kind="", category="", known_on=None),
                name="recalled_notices_say_nothing",
            ),
            models.CheckConstraint(
                condition=Q(drafted_by=None) | Q(approved_by=None) | ~Q(drafted_by=models.F("approved_by")),
                name="notices_have_four_eyes",
            ),
        ]
        indexes = [
            *Marked.Meta.indexes,
            models.Index(fields=["-raised_at", "-id"], name="notices_newest_first"),
            models.Index(fields=["drafted_body"], name="notices_of_a_body"),
        ]


class NameDecision(Row):
    """What an officer decided about a name in a notice and somebody of a like name in the registers.

    `subject` names who is meant (`organisation`, `officer` or `individual`, and the row's id). Name and note are closed at rest,
    and gone once the notice is taken back; the newest row of a name and a subject counts, earlier ones stay.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="names_decided")
    name = ClosedText(null=True)
    subject = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12)
    ground = models.CharField(max_length=20)
    note = ClosedText(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    decided_body = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="names_decided_of_a_subject")]


class NoticeUpdate(Marked):
    """What was said of a notice between its raising and its answer; the words are closed at rest, gone after a recall."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="updates")
    state = models.CharField(max_length=20)
    text = ClosedText(null=True)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    said = models.UUIDField(null=True)

    class Meta(Marked.Meta):
        ordering = ["at", "id"]
