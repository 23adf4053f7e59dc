"""Tables of fields: what a ministry asks, and the suspension orders with their editions and effects."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rahdari.base.rows import Row
from rahdari.domain.disclosure.models import Marked


class SuspensionOrder(Marked):
    """An order that stops a field, from its announcement to its end; what it says stands in its editions.

    `number` is what people call it by. The figures are those of the ministry's newest request, or of the announcement.
    One that the partner told (`statement`) is as its newest statement says, and only that changes it; figures may lack.
    """

    level = models.CharField(max_length=16, default="public")
    number = models.CharField(max_length=40, unique=True)
    field = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default="announced")
    announced_on = models.DateField()
    requested_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    lifted_on = models.DateField(null=True)
    residents = models.PositiveIntegerField(null=True)
    residents_as_of = models.DateField(null=True)
    ceiling = models.PositiveIntegerField(null=True)
    forecast_on = models.DateField(null=True)
    law = models.CharField(max_length=200)
    withdraw_reason = models.CharField(max_length=40, blank=True)

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["home", "field"],
                name="one_open_order_a_field",
                condition=Q(state__in=["announced", "decided", "changed"], statement=None),
            ),
            models.CheckConstraint(
                condition=Q(residents__isnull=False, residents_as_of__isnull=False, ceiling__isnull=False) | ~Q(statement=None),
                name="own_orders_have_figures",
            ),
        ]
        indexes = [*Marked.Meta.indexes, models.Index(fields=["field", "-announced_on"], name="orders_of_a_field")]


class OrderEdition(Row):
    """What an order says from one decision to the next; entered by one officer, decided by another (`decided_at`).

    Of a mirrored order each statement is one edition, `entered_at` and `decided_at` the moment it was issued.
    """

    order = models.ForeignKey(SuspensionOrder, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    reason = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=4000)
    language = models.CharField(max_length=2)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    statement = models.UUIDField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_edition_a_number"),
            models.UniqueConstraint(fields=["order", "statement"], name="one_edition_a_statement", condition=~Q(statement=None)),
        ]


class OrderEffect(Row):
    """What one edition does to one kind of application, filed or decided before or from a day on, or whenever."""

    edition = models.ForeignKey(OrderEdition, on_delete=models.PROTECT, related_name="effects")
    place = models.PositiveSmallIntegerField()
    application_kind = models.CharField(max_length=20)
    effect = models.CharField(max_length=12)
    test_date = models.CharField(max_length=8)
    condition = models.CharField(max_length=12)
    reference_date = models.DateField(null=True)
    exception_group = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "application_kind", "condition"], name="one_effect_a_kind_and_condition")
        ]


class FieldRequest(Row):
    """What a field's ministry asks: to stop its field, or to open it again (`kind`); with its reason and figures."""

    home = models.CharField(max_length=2)
    kind = models.CharField(max_length=4)
    field = models.CharField(max_length=40)
    body = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default="asked")
    reason = models.CharField(max_length=40)
    text = models.TextField(max_length=4000, blank=True)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    residents = models.PositiveIntegerField()
    residents_as_of = models.DateField()
    ceiling = models.PositiveIntegerField()
    forecast_on = models.DateField(null=True)
    order = models.ForeignKey(SuspensionOrder, null=True, on_delete=models.PROTECT, related_name="requests")
    answered_on = models.DateField(null=True)
    answer_reason = models.CharField(max_length=40, blank=True)
    answer_text = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home", "field", "kind"], name="one_open_request_a_field", condition=Q(state="asked"))
        ]
        indexes = [models.Index(fields=["body", "-asked_on"], name="requests_of_a_ministry")]
