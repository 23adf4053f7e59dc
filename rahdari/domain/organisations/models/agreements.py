"""Tables of the register of agreements: what the ministry signed with whom, every change of it, and its figures by month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from rahdari.base.rows import Row

from .register import Organisation


class Agreement(Row):
    """One agreement of the ministry with a country, node or not. `until` and `ended_on` are first days without force.

    The text lies here (`papers`) or where `reference` says. What stood before a change is a row of its own.
    """

    number = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    signed_on = models.DateField()
    from_on = models.DateField()
    until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    reference = models.CharField(max_length=300, blank=True)
    papers = models.JSONField(default=list)
    ended_on = models.DateField(null=True)
    end_ground = models.CharField(max_length=40, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Upper("number"), name="one_agreement_a_number")]
        indexes = [models.Index(fields=["country", "-signed_on"], name="agreements_of_a_country")]


class AgreementPartner(Row):
    """Who signed on the other side: names as `[{"script", "value"}]`, and the entry of a register where there is one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="partners")
    kind = models.CharField(max_length=24)
    names = models.JSONField(default=list)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class AgreementChange(Row):
    """A correction, a review or the end of an agreement, with what stood before it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="changes")
    use_case = models.CharField(max_length=40)
    on = models.DateField()
    ground = models.CharField(max_length=40)
    text = models.TextField(max_length=2000, blank=True)
    before = models.JSONField(default=dict)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["entered_at", "id"]


class AgreementFigures(Row):
    """The typed figures of one agreement for one month (its first day); a correction leaves the older row superseded."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="figures")
    month = models.DateField()
    interviews = models.PositiveIntegerField()
    selections = models.PositiveIntegerField()
    departures = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    ground = models.CharField(max_length=40, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_for = models.CharField(max_length=80, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["month", "entered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "month"], name="one_row_of_figures_a_month", condition=Q(superseded_at=None)
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_its_first_day"),
        ]
