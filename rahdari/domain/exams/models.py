"""Tables of exams: sittings and their seats, bookings (the roster), results; the same tables on both nodes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.secrets import ClosedText
from rahdari.domain.candidates.models import File
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import StepPaper


class Sitting(Marked):
    """One sitting of one test; authored by the examiner's node, a mirror on the other."""

    exam = models.CharField(max_length=60)
    field = models.CharField(max_length=40, blank=True)
    test_level = models.CharField(max_length=40, blank=True)
    body = models.CharField(max_length=80)
    venue = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    seats = models.PositiveIntegerField()
    booking_until = models.DateField()
    fee_amount = models.PositiveBigIntegerField(null=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    payer = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, default="seats_open")

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["state", "starts_at"], name="sittings_to_come")]


class Booking(Marked):
    """A seat for a person. The sending side knows the file; the examiner has the identity for the door, closed at rest.

    `person` is the pseudonym both nodes know; of the case, the employer and the promoter the examiner learns nothing.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="bookings")
    number = models.CharField(max_length=20, unique=True)
    person = models.UUIDField()
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    name = ClosedText(null=True)
    birth_date = ClosedText(null=True)
    passport_no = ClosedText(null=True)
    booked_for = models.CharField(max_length=80)
    booked_on = models.DateField()
    state = models.CharField(max_length=20, default="seat_booked")

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["person"], name="bookings_of_a_person")]
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="one_seat_a_person")]


class Result(Marked):
    """What the examiner found; one entered from a certificate has no booking and waits for its check."""

    booking = models.OneToOneField(Booking, null=True, on_delete=models.PROTECT, related_name="result")
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    exam = models.CharField(max_length=60)
    field = models.CharField(max_length=40, blank=True)
    test_level = models.CharField(max_length=40, blank=True)
    sat_on = models.DateField()
    outcome = models.CharField(max_length=8)
    sections = models.JSONField(default=list)
    certificate_no = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="result_stands")
    recorded_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    checked_by = models.UUIDField(null=True)

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "certificate_no", "source"], name="one_result_a_certificate", condition=~Q(certificate_no="")
            )
        ]
