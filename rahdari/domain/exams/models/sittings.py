"""Sittings and their seats, bookings (the roster and who waits); the same tables on both nodes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from rahdari.base.secrets import ClosedText
from rahdari.domain.candidates.models import File
from rahdari.domain.disclosure.models import Marked


class Sitting(Marked):
    """One sitting of one test; authored by the examiner's node, a mirror on the other.

    `places` and `per_100` are the demand behind its seats on the day they were opened, `basis` what the examiner declared
    instead; the partner is not told of them.
    """

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
    places = models.PositiveIntegerField(null=True)
    per_100 = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["state", "starts_at"], name="sittings_to_come")]


class Booking(Marked):
    """A seat for a person. The sending side knows the file; the examiner has the identity for the door, closed at rest.

    `person` is the pseudonym both nodes know; of the case, the employer and the promoter the examiner learns nothing.
    Who waits for a seat (`waits_since`) is known on the sending side alone. `door` is what the examiner found at the door.
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
    waits_since = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    door = models.CharField(max_length=16, blank=True)
    door_reason = models.CharField(max_length=24, blank=True)
    door_at = models.DateTimeField(null=True)
    door_by = models.UUIDField(null=True)

    @property
    def result(self) -> Any:
        """The newest result, None before there is one; out of what was fetched beside the booking where it was."""
        return max(self.results.all(), key=lambda one: (one.state != "result_replaced", one.recorded_at), default=None)

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["person"], name="bookings_of_a_person")]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person"], name="one_seat_a_person", condition=~Q(state="seat_cancelled"))
        ]
