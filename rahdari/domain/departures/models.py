"""Tables of departures: how far a case has come, its papers, the registration, flights; the same on both nodes."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import StepPaper
from rahdari.domain.placements.models import Case


class Departure(Row):
    """How far one case has come between contract and arrival: kept on each node by the steps it took or was told."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, default="begun")


class Paper(Marked):
    """A paper of a case: guidance, health check, council, certificate of eligibility, visa. `until` is exclusive.

    The number is closed at rest; `paper` names the scan where it was entered from paper.
    """

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20)
    number = ClosedText(null=True)
    issuer = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField()
    until = models.DateField(null=True)
    told = models.JSONField(default=dict)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Marked.Meta):
        constraints = [models.UniqueConstraint(fields=["departure", "kind", "home"], name="one_paper_a_kind_and_node")]


class Registration(Marked):
    """The registration with the Protector: applied for with its receipts, cleared under a number."""

    departure = models.OneToOneField(Departure, on_delete=models.PROTECT, related_name="registration")
    applied_on = models.DateField(null=True)
    receipts = models.JSONField(default=list)
    insurance_no = ClosedText(null=True)
    insured_on = models.DateField(null=True)
    oriented_on = models.DateField(null=True)
    office = models.CharField(max_length=20, blank=True)
    registration_no = models.CharField(max_length=60, blank=True)
    clearance_no = models.CharField(max_length=60, blank=True)
    cleared_on = models.DateField(null=True)
    cleared_by = models.UUIDField(null=True)

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clearance_no"], name="one_clearance_a_number", condition=~models.Q(clearance_no=""))
        ]


class Manifest(Marked):
    """One flight with the people on it; days and moments as the airline says them."""

    flight = models.CharField(max_length=20)
    leaves_from = models.CharField(max_length=8)
    airport = models.CharField(max_length=8)
    leaves_at = models.DateTimeField()
    eta = models.DateTimeField()
    made_by = models.CharField(max_length=80)


class Passenger(Marked):
    """A person of a case on a manifest; the phone for the pick-up is closed at rest."""

    departure = models.OneToOneField(Departure, on_delete=models.PROTECT, related_name="passenger")
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="passengers")
    phone = ClosedText(null=True)
    departed_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    picked_up = models.BooleanField(null=True)
