"""Tables of candidates, on the sending side alone: the file of a person, what they allowed, the tests they passed."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.accounts.models import Person


class File(Row):
    """One file for life. `pseudonym` is what the partner knows the person by: random, the same for all their cases.

    The numbers of identity card and passport are closed at rest and found again by their blind indexes.
    """

    pseudonym = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    father_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    birthplace = models.CharField(max_length=120, blank=True)
    cnic = ClosedText()
    cnic_index = models.CharField(max_length=64, unique=True)
    passport_no = ClosedText()
    passport_index = models.CharField(max_length=64, unique=True)
    passport_until = models.DateField()
    skills = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    education = models.JSONField(default=list)
    work = models.JSONField(default=list)
    available_from = models.DateField(null=True)
    barred_until = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_for = models.CharField(max_length=80, blank=True)


class Consent(Row):
    """What a person allows one body for one purpose, from a moment until another (exclusive) or until withdrawn."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    body = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    until = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "purpose", "body"], name="one_open_consent_a_purpose", condition=Q(withdrawn_at=None)
            )
        ]
        indexes = [models.Index(fields=["body", "purpose"], name="consents_to_a_body")]


class Qualification(Row):
    """A test passed, told by the examiner or entered from a certificate; `result` is the examiner's id of the result."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="qualifications")
    exam = models.CharField(max_length=40)
    field = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20, blank=True)
    passed_on = models.DateField()
    result = models.UUIDField(null=True)
    certificate_no = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=8, default="system")
    void_from = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result"], name="one_qualification_a_result", condition=Q(result__isnull=False))
        ]
