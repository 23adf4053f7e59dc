"""Tables of candidates, on the sending side alone: the file of a person, what they allowed, the tests they passed."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from rahdari.base.indexes import BlindIndex, BlindIndexes
from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.accounts.models import Person

from ..rules.likeness import keys_of_names
from .purposes import CNIC, NAME_KEY, PASSPORT


class File(Row):
    """One file for life. `pseudonym` is what the partner knows the person by: random, the same for all their cases.

    The numbers of identity card and passport are closed at rest and found again by their blind indexes; there may be no
    passport yet. `name` is in Latin letters, `spellings` are other ways it is written in papers. `doubts` are codes of what
    does not fit together, shown to whoever works on the file. `source` says who entered it: `self`, `counter` or `list`; one
    entered by others is `confirmed_at` once the person looked it over. One that was merged points to the file that goes on.
    """

    pseudonym = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    name_urdu = models.CharField(max_length=120, blank=True)
    spellings = models.JSONField(default=list)
    name_keys = BlindIndexes(NAME_KEY, lambda row: keys_of_names((row.name, row.name_urdu, *row.spellings)))
    keyed_by = models.PositiveSmallIntegerField(default=0)
    father_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    birthplace = models.CharField(max_length=120, blank=True)
    cnic = ClosedText()
    cnic_index = BlindIndex(CNIC, lambda row: row.cnic or f"gone:{row.pk}", unique=True)  # one that was emptied stands alone
    passport_no = ClosedText(null=True)
    passport_index = BlindIndex(PASSPORT, lambda row: row.passport_no, null=True, unique=True)
    passport_until = models.DateField(null=True)
    zone_agrees = models.BooleanField(default=False)
    doubts = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    education = models.JSONField(default=list)
    work = models.JSONField(default=list)
    available_from = models.DateField(null=True)
    barred_until = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_for = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=8, default="self")
    confirmed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_files")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["name_keys"], name="files_by_name_keys"),
            models.Index(fields=["birth_date"], name="files_by_birth_date"),
            models.Index(fields=["opened_for", "-opened_at"], name="files_opened_for_a_body"),
        ]


class FileDraft(Row):
    """What a person typed of their file so far, on the way to opening it; closed at rest, gone once the file is open."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    told = ClosedText()
    kept_at = models.DateTimeField()


class FileChange(Row):
    """One correction of a file: which members changed, what they held before (closed at rest), who changed them and why."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.UUIDField()
    role = models.CharField(max_length=40)
    body = models.CharField(max_length=80, blank=True)
    members = models.JSONField(default=list)
    before = ClosedText()
    reason = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at", "-id"]


class CounterVisit(Row):
    """A person stands at a counter and gave their code: whoever serves them sees the file until the visit ends."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="visits")
    body = models.CharField(max_length=80)
    officer = models.UUIDField()
    begun_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["officer", "-until"], name="visits_of_an_officer")]


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
