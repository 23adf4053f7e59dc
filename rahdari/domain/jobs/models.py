"""Tables of jobs: demands with their papers, vacancies, the steps of stations 1 to 4, and papers that stand for a step.

At the end what the portal reads: listings of the open vacancies, and the searches that workers keep.
"""

from __future__ import annotations

import json

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from rahdari.base.models import StoredFile
from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked

from .rules.papers import PAPER


class StepPaper(Row):
    """A paper by which an officer entered a step of the other side: its scan, its day, when it came, who issued it."""

    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField()
    received_on = models.DateField()
    issuer = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    entered_role = models.CharField(max_length=40)
    entered_body = models.CharField(max_length=80, blank=True)


class Demand(Marked):
    """What an employer asks for; on the accepting side as filed, on the sending side as told or as entered from paper.

    What was filed changes only where it was filed. How far it has come (`state`, attestation, permission) is kept
    on each node by the steps it took or was told. `permitted_until` is the first day without permission.
    """

    employer = models.CharField(max_length=80)
    employer_name = models.CharField(max_length=200)
    placement_business = models.CharField(max_length=80, blank=True)
    route = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    promoter = models.CharField(max_length=80, blank=True)
    promoter_licence = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40)
    duty = models.CharField(max_length=60, blank=True)
    dispatch = models.BooleanField(default=False)
    places = models.PositiveIntegerField()
    prefecture = models.CharField(max_length=2)
    municipality = models.CharField(max_length=6, blank=True)
    terms = models.JSONField()
    terms_hash = models.CharField(max_length=64)
    tests = models.JSONField(default=list)
    professional = models.JSONField(default=dict)
    opens_on = models.DateField()
    closes_on = models.DateField()
    filed_on = models.DateField()
    filed_by = models.UUIDField(null=True)
    source = models.CharField(max_length=8, default="system")
    state = models.CharField(max_length=12, default="filed")
    attestation_no = models.CharField(max_length=60, blank=True)
    attestor = models.CharField(max_length=40, blank=True)
    attested_on = models.DateField(null=True)
    permission_no = models.CharField(max_length=60, blank=True)
    protectorate = models.CharField(max_length=8, blank=True)
    permitted_on = models.DateField(null=True)
    permitted_until = models.DateField(null=True)
    permitted_places = models.PositiveIntegerField(default=0)
    closed_reason = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True)

    @property
    def is_shared(self) -> bool:
        """Whether the partner knows it. What one node alone entered from paper it has never heard of: no step of it is told."""
        return self.source != PAPER

    class Meta(Marked.Meta):
        indexes = [
            *Marked.Meta.indexes,
            models.Index(fields=["employer", "-filed_on"], name="demands_of_an_employer"),
            models.Index(fields=["promoter", "-filed_on"], name="demands_of_a_promoter"),
            models.Index(fields=["state", "-filed_on"], name="demands_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["permission_no"], name="one_permission_a_number", condition=~Q(permission_no="")),
        ]


class DemandPapers(Marked):
    """The papers behind a demand: demand letter and power of attorney (`poa_until` is the first day it no longer holds).

    Files are named as in the statement (name, media_type, size, sha256); the bytes lie under their hash.
    """

    demand = models.OneToOneField(Demand, on_delete=models.PROTECT, related_name="papers")
    demand_letter = models.JSONField(default=list)
    power_of_attorney = models.JSONField(default=list)
    poa_from = models.DateField(null=True)
    poa_until = models.DateField(null=True)
    signatory = models.CharField(max_length=120, blank=True)


class DemandTwin(Row):
    """What an officer said of a demand entered from paper and one the partner told: the same, or another. The newest counts."""

    entered = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8)
    reason = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by = models.UUIDField(null=True)
    said_role = models.CharField(max_length=40)


class DemandDraft(Row):
    """A demand before it is filed: what was typed, by the names of the form's fields; its body's own, closed at rest."""

    body = models.CharField(max_length=80)
    content_closed = ClosedText()
    origin = models.CharField(max_length=8)
    made_by = models.UUIDField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body", "-saved_at"], name="drafts_of_a_body")]

    @property
    def content(self) -> dict[str, str]:
        """What stands in the fields."""
        return dict(json.loads(self.content_closed))

    @content.setter
    def content(self, typed: dict[str, str]) -> None:
        self.content_closed = json.dumps(typed, ensure_ascii=False)


class DemandRefusal(Row):
    """A refused permission from proposal to review: two officers of the Protectorate, then once the Bureau."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="refusals")
    grounds = models.JSONField()
    heard_on = models.DateField()
    note = models.CharField(max_length=2000, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=8, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    review = models.CharField(max_length=8, blank=True)
    reasons = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["demand"], name="one_refusal_waits", condition=Q(outcome="")),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(proposed_by=F("decided_by")), name="refusals_have_four_eyes"
            ),
        ]


class PlaceTaken(Row):
    """A place of a demand somebody was selected for: noted here by what stands above, so that the demand knows its limits."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="places_taken")
    case = models.UUIDField()
    taken_on = models.DateField()
    signed_on = models.DateField(null=True)
    freed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demand", "case"], name="one_place_a_case")]


class Vacancy(Marked):
    """Places of a demand, published by whoever recruits; the accepting side is told day and address, not the number."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="vacancies")
    publisher = models.CharField(max_length=80)
    places = models.PositiveIntegerField(null=True)
    applicants = models.PositiveIntegerField(default=0)
    costs = models.JSONField(default=list)
    published_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True)
    url = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=12, default="open")

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["state", "closes_on"], name="vacancies_open")]

    @property
    def is_published(self) -> bool:
        """Whether anyone may read it; where not, the employer tells those it wants where to apply."""
        return bool(self.level == "public")


class Step(Marked):
    """A step of the line as it was taken or told: when, by which body, from the system or from a paper.

    A paper step is a row of the node that entered it and stands for the other state (`stands_for`). When the partner's
    own statement comes, it confirms the paper step or contests it (the id of that statement); both rows stay.
    """

    station = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=40)
    on = models.DateField()
    acting = models.CharField(max_length=80)
    source = models.CharField(max_length=8, default="system")
    stands_for = models.CharField(max_length=2, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict)
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.UUIDField(null=True)
    contested_by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta(Marked.Meta):
        abstract = True


class DemandStep(Step):
    """A step of stations 1 to 4; one of a vacancy names it."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="steps")
    vacancy = models.ForeignKey(Vacancy, null=True, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        abstract = False
        ordering = ["at", "id"]
        indexes = [*Marked.Meta.indexes, models.Index(fields=["demand", "station", "at"], name="steps_of_a_demand")]


class Listing(Row):
    """An open vacancy as the portal finds and shows it in a list: nothing stands here that the vacancy does not say.

    Made with the vacancy and taken away with its closing; `keyed_by` is the version of the keys, `demand_version` that of
    the demand they were made from. One whose day has passed is left where it is and not shown.
    """

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="listing")
    keys = ArrayField(models.CharField(max_length=80))
    employer_name = models.CharField(max_length=200)
    field = models.CharField(max_length=40)
    duty = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    prefecture = models.CharField(max_length=2)
    municipality = models.CharField(max_length=6, blank=True)
    pay = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    per = models.CharField(max_length=5)
    pay_month = models.BigIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    published_on = models.DateField()
    closes_on = models.DateField()
    listed_at = models.DateTimeField()
    demand_version = models.PositiveIntegerField()
    keyed_by = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            GinIndex(fields=["keys"], name="listings_by_keys", fastupdate=False),
            models.Index(F("published_on").desc(), F("id").desc(), name="listings_newest"),
            models.Index(F("pay_month").desc(nulls_last=True), F("id").desc(), name="listings_by_pay"),
            models.Index(F("closes_on"), F("id").desc(), name="listings_closing"),
            models.Index(fields=["keyed_by"], name="listings_to_key_anew"),
        ]


class KeptSearch(Row):
    """A search a worker keeps to be told of what is new: what was asked for is closed at rest.

    `seen_at`: last looked through; `told_at`: of what was listed until then the worker was told by message.
    """

    person = models.UUIDField()
    asked = ClosedText()
    kept_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["person"], name="kept_searches_of_a_person"),
            models.Index(fields=["told_at"], name="kept_searches_to_tell"),
        ]
