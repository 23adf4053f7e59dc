"""What travels: one stream for each ordered pair of nodes, its envelopes, the statements in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rahdari.base.rows import Guarded, Row
from rahdari.base.secrets import ClosedText


class Stream(Row):
    """The envelopes from one node to another. `seq` and `head` are those of the last one signed or stored."""

    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)
    state = models.CharField(max_length=10, default="running")  # running, stopped (rules/streams.py)
    seq = models.BigIntegerField(default=0)
    head = models.CharField(max_length=43)
    delivered = models.BigIntegerField(default=0)  # ours: up to here the partner gave receipts

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "receiver"], name="one_stream_a_pair")]


class Told(Guarded):
    """A statement, ours or a partner's, and what became of it. `token` is empty when it was recalled or never read."""

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)
    statement = models.UUIDField(null=True)  # null: what an envelope held could not be read
    type = models.CharField(max_length=80, blank=True)
    thread = models.UUIDField()
    in_reply_to = models.UUIDField(null=True)
    token = ClosedText(null=True)  # readable for whoever holds it, so it is closed at rest
    hash = models.CharField(max_length=43, blank=True)
    level = models.CharField(max_length=20)
    bodies = models.JSONField(default=list)
    language = models.CharField(max_length=2)
    issued_at = models.DateTimeField()
    envelope_id = models.UUIDField()  # the id the envelope bears
    envelope_hash = models.CharField(max_length=43)  # of the first envelope that carried it
    seq = models.BigIntegerField()
    state = models.CharField(max_length=10)  # rules/statements.py
    fault = models.CharField(max_length=24, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)
    missing_blobs = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    at = models.DateTimeField()  # stored here, or signed here
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "statement"], name="each_statement_once", condition=Q(fault=""))]
        indexes = [
            models.Index(fields=["sender", "seq"], name="told_waiting", condition=Q(state="waiting")),
            models.Index(fields=["thread", "seq"], name="told_by_thread"),
            models.Index(fields=["hash"], name="told_by_hash"),
            models.Index(F("id").desc(), name="told_unfinished", condition=~Q(state="taken_up")),
        ]


class Envelope(Guarded):
    """One place of a stream. After a recall the token is gone and the stub stands in its place."""

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)
    seq = models.BigIntegerField()
    envelope_id = models.UUIDField()
    prev = models.CharField(max_length=43)
    hash = models.CharField(max_length=43)
    token = models.TextField(blank=True)
    stub = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    told = models.ForeignKey(Told, null=True, on_delete=models.PROTECT, related_name="envelopes")
    repeats = models.BooleanField(default=False)  # the statement came in an earlier envelope too
    repeat_told = models.BooleanField(default=False)
    opened = models.CharField(max_length=64, blank=True)  # hex SHA-256 of what the seal opened to
    receipt = models.TextField(blank=True)
    refusal = models.TextField(blank=True)  # ours: the partner's signed refusal, why this place got another envelope
    later_receipts = models.JSONField(default=list)
    stored_at = models.DateTimeField(null=True)
    journaled = models.BooleanField(default=False)
    checked = models.BooleanField(default=False)  # ours: the receipt was found in a head of the partner's journal
    void = models.BooleanField(default=False)  # refused finally, or lost against the other token of a fork

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "receiver", "seq"], name="one_envelope_a_place", condition=Q(void=False)),
            models.UniqueConstraint(fields=["sender", "receiver", "hash"], name="each_envelope_once"),
        ]
        indexes = [
            models.Index(F("told"), name="envelopes_of_a_statement"),
            models.Index(fields=["sender", "seq"], name="receipts_to_check", condition=Q(checked=False, journaled=True)),
            models.Index(fields=["sender", "told"], name="repeats_to_tell", condition=Q(repeats=True, repeat_told=False)),
        ]


class OfficeSigned(Guarded):
    """A statement that binds the state, signed by the office key when it was approved; the courier finds it here."""

    entry = models.OneToOneField("base.OutboxEntry", on_delete=models.PROTECT, primary_key=True, related_name="+")
    token = models.TextField()


class RefusedToken(Guarded):
    """A token refused finally: whenever it comes again it gets this very problem."""

    hash = models.CharField(max_length=43, primary_key=True)
    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)
    seq = models.BigIntegerField()
    problem = models.JSONField()
    at = models.DateTimeField()


class Fork(Row):
    """Two tokens for one place of a stream; both are kept, one is chosen by an operator."""

    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)
    seq = models.BigIntegerField()
    held = models.TextField()
    other = models.TextField()
    found_at = models.DateTimeField()
    kept = models.CharField(max_length=43, blank=True)
    settled_at = models.DateTimeField(null=True)


class Blob(Row):
    """A sealed file: its bytes lie in the home folder under their hash."""

    sealed = models.CharField(max_length=64)
    sender = models.CharField(max_length=2)
    receiver = models.CharField(max_length=2)
    size = models.PositiveBigIntegerField()
    named = models.BooleanField(default=False)  # by a stored statement
    at = models.DateTimeField()
    here = models.BooleanField(default=True)  # False: named, but it has not come yet
    told_partner = models.BooleanField(default=False)  # ours: the partner has it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "receiver", "sealed"], name="each_blob_once")]
