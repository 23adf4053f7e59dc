"""The tables of the ground. No behaviour; the modules of the same names write and read them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from .ids import new_id
from .rows import Guarded, Row

# The application role has no right to TRUNCATE; the owner role is used by migrations alone.
NEVER_CHANGED = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


def _transaction_number() -> Cast:
    inner = models.Func(function="pg_current_xact_id", output_field=models.TextField())
    return Cast(Cast(inner, models.TextField()), models.BigIntegerField())


class AuditEntry(Guarded):
    """Who did what, for whom, when, to what: one entry a unit of work, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transaction = models.BigIntegerField(db_default=_transaction_number())
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    also = models.JSONField(default=list)
    node = models.CharField(max_length=8)
    person = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    body = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)

    class Meta:
        triggers = NEVER_CHANGED
        indexes = [
            models.Index(fields=["transaction", "id"], name="audit_by_transaction"),
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_by_subject"),
        ]


class AuditLink(models.Model):
    """The chain over the entries, written by the linker alone: `hash` covers the entry and the link before."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="+")
    transaction = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    linked_at = models.DateTimeField()

    class Meta:
        triggers = NEVER_CHANGED


class OutboxEntry(Guarded):
    """Something said inside a unit of work, to be carried later: a statement, or an event for `reactions.py`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=[("statement", "statement"), ("event", "event")])
    type = models.CharField(max_length=80)
    to = models.CharField(max_length=2, blank=True)
    thread = models.UUIDField(null=True)
    in_reply_to = models.UUIDField(null=True)
    marking = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="en")
    content = models.JSONField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "id"], name="outbox_untaken", condition=Q(taken_at=None))]


class Waiting(Row):
    """What somebody must do by when; opened and closed by actions, read by the worklist."""

    task = models.CharField(max_length=80)
    holder_body = models.CharField(max_length=80)
    holder_role = models.CharField(max_length=40, blank=True)
    holder_side = models.CharField(max_length=2)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    matter = models.JSONField(default=dict)
    url_name = models.CharField(max_length=80)
    url_args = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder_body", "due_at", "id"], name="waiting_open", condition=Q(closed_at=None)),
            models.Index(fields=["subject_kind", "subject_id"], name="waiting_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "subject_kind", "subject_id"], name="one_open_task_a_subject", condition=Q(closed_at=None)
            )
        ]


class Look(models.Model):
    """Who looked at whose file, when and for what; the person concerned may read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    about = models.UUIDField()
    by_person = models.UUIDField(null=True)
    by_role = models.CharField(max_length=40)
    by_body = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=80)

    class Meta:
        triggers = NEVER_CHANGED
        indexes = [models.Index(fields=["about", "-at"], name="looks_at_a_person")]


class StoredFile(Row):
    """A file that was taken in: its bytes lie in the home folder under their hash."""

    hash = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)


class Letter(Row):
    """A message to a person: which template, in which language, by which way, and what became of it.

    Neither the text nor the address is kept, only a hint by which its owner knows the address again.
    """

    to_person = models.UUIDField(null=True)
    way = models.CharField(max_length=12)
    address_hint = models.CharField(max_length=40)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["to_person", "-made_at"], name="letters_of_a_person")]


class Edition(Row):
    """One loaded edition of the reference data: its tables as read, never changed afterwards."""

    content_version = models.CharField(max_length=12, unique=True)
    loaded_at = models.DateTimeField()
    tables = models.JSONField()
    identifiers = models.JSONField()
    changes = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(F("loaded_at").desc(), name="newest_edition")]


class Tries(models.Model):
    """How often something was tried under a key until a moment; written by `base.tries` alone, and to no log of the database."""

    key = models.CharField(primary_key=True, max_length=120)
    taken = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)
