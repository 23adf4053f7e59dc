"""Who a node exchanges with: partners, their public keys for ever, the state of the link, what is alarming."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row


class Partner(Row):
    """Another node, paired by the ceremony; its streams and keys stay when it is removed."""

    node = models.CharField(max_length=2, unique=True)
    url = models.CharField(max_length=300)
    state = models.CharField(max_length=10)  # paired, paused, removed (rules/partners.py)
    journal_origin = models.CharField(max_length=200)
    office_kid = models.CharField(max_length=43)  # the office key confirmed by another channel
    tls = models.CharField(max_length=43, blank=True)
    name = models.JSONField()
    contact_point = models.JSONField()
    types = models.JSONField()
    limits = models.JSONField()
    paired_at = models.DateTimeField()
    knows_keys = models.TextField(blank=True)  # our keys token that this partner is known to follow


class PartnerKey(Row):
    """A public key of a partner. Never removed: old tokens must stay checkable."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    role = models.CharField(max_length=8)
    kid = models.CharField(max_length=43)
    raw = models.BinaryField(max_length=32)
    nbf = models.BigIntegerField()
    exp = models.BigIntegerField()
    retired_at = models.DateTimeField(null=True)
    compromised = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=True)  # a new office key waits for the word of an operator

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "kid"], name="one_row_a_partner_key")]


class IssuedKeys(Row):
    """A keys token, ours or a partner's, in the order it took effect; exports carry them."""

    node = models.CharField(max_length=2)
    token = models.TextField()
    hash = models.CharField(max_length=43)
    journal_origin = models.CharField(max_length=200)
    at = models.DateTimeField()
    waits = models.BooleanField(default=False)  # signed by an office key not yet confirmed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "hash"], name="each_keys_token_once")]


class Link(models.Model):
    """How the line to a partner is; written with every contact, so it is not guarded and says nothing of law."""

    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, primary_key=True, related_name="link")
    asked_boot = models.CharField(max_length=80, blank=True)  # the start of this node after which both heads were asked
    seen_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    document_at = models.DateTimeField(null=True)  # when its node document was read last
    witness_refused_at = models.DateTimeField(null=True)  # its witness answered and refused; notices wait
    released_until_size = models.BigIntegerField(default=0)
    cosigned_size = models.BigIntegerField(default=0)
    cosigned_at = models.DateTimeField(null=True)
    cosigned_origin = models.CharField(max_length=200, blank=True)


class UsedRequest(models.Model):
    """A request token that was used; kept three minutes so that it works once."""

    issuer = models.CharField(max_length=2)
    jti = models.CharField(max_length=80)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "jti"], name="each_request_once")]


class Alarm(Row):
    """Something an operator must look at: a fork, a clock, a foreign key, a receipt that is not in the journal."""

    code = models.CharField(max_length=40)
    node = models.CharField(max_length=2, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "node", "subject"], name="one_open_alarm", condition=Q(settled_at=None))
        ]
