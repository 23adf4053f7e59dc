"""Tables of departures: how far a case has come, its papers, the registration, flights; the same on both nodes."""

from __future__ import annotations

from django.db import models

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import StepPaper
from rahdari.domain.placements.models import Case


class Departure(Row):
    """How far one case has come between contract and arrival: kept on each node by the steps it took or was told.

    `warned_…` are the ends of the windows of which this node warned: of each once, again where its end changed.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, default="begun")
    warned_coe = models.DateField(null=True)
    warned_visa = models.DateField(null=True)
    warned_permission = models.DateField(null=True)


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
    """A person of a case on a manifest; the phone for the pick-up is closed at rest.

    Whoever missed the flight, or was put on another, stays on the manifest with the reason (`missed_because`).
    """

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="passengers")
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="passengers")
    phone = ClosedText(null=True)
    departed_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    picked_up = models.BooleanField(null=True)
    missed_on = models.DateField(null=True)
    missed_because = models.CharField(max_length=20, blank=True)

    class Meta(Marked.Meta):
        constraints = [models.UniqueConstraint(fields=["departure"], name="on_one_flight", condition=models.Q(missed_because=""))]


class Pass(Row):
    """The pass of a clearance: the signed paper itself (closed at rest), its serial, and whether it still counts.

    `source` is `outage` where it was written by hand on a blank slip first, `blank` then names the book it came from.
    """

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="passes")
    serial = models.PositiveIntegerField(unique=True)
    clearance_no = models.CharField(max_length=60)
    token = ClosedText(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField()
    begins_on = models.DateField()
    until = models.DateField()
    source = models.CharField(max_length=8, default="system")
    blank = models.ForeignKey("SlipBook", null=True, on_delete=models.PROTECT, related_name="used")
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["departure"], name="one_pass_in_force", condition=models.Q(ended_on=None))]


class SlipBook(Row):
    """Blank slips a desk drew in advance for an outage: serials from `first` to `last`, good for writing on before `until`."""

    office = models.CharField(max_length=20)
    first = models.PositiveIntegerField(unique=True)
    last = models.PositiveIntegerField(unique=True)
    drawn_at = models.DateTimeField()
    drawn_by = models.UUIDField()
    until = models.DateField()


class Revoked(Row):
    """Serials that hold no more: on the public list until `drops_on`, when none of them would hold anyway."""

    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    on = models.DateField()
    code = models.CharField(max_length=20)
    drops_on = models.DateField()
    revoked_at = models.DateTimeField()
    revoked_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first"], name="serials_revoked_once"),
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="serials_in_order"),
        ]


class PassList(Row):
    """The newest list of revocations another state published, as it signed it."""

    node = models.CharField(max_length=2, unique=True)
    token = models.TextField()
    said_at = models.DateTimeField()
    next_update = models.DateTimeField()
    fetched_at = models.DateTimeField()


class ClearanceStop(Row):
    """A clearance refused or revoked: on which ground, who was heard, who proposed and decided, and the appeal to the Bureau."""

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    heard_on = models.DateField(null=True)
    note = ClosedText(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    appeal_until = models.DateField(null=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_words = ClosedText(null=True)
    appeal = models.CharField(max_length=10, blank=True)
    appeal_reasons = ClosedText(null=True)
    appeal_decided_at = models.DateTimeField(null=True)
    appeal_decided_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["departure"], name="one_revocation_waits", condition=models.Q(outcome="")),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | models.Q(kind="refused") | ~models.Q(proposed_by=models.F("decided_by")),
                name="revocations_have_four_eyes",
            ),
        ]
