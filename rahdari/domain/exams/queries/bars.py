"""Bars from tests, as the examiner's officers see them, and as booking and files ask for them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..models import Bar

EXAMINER = "exam_body"


def bars_visible_to(actor: Actor) -> QuerySet[Bar]:
    """The bars for signs of the actor's own sittings, the newest first, without what was written."""
    rows = Bar.objects.select_related("booking__sitting", "anomaly").defer("why", "lifted_why").order_by("-asked_at", "-id")
    own = actor.role == EXAMINER and bool(actor.body)
    return rows.filter(booking__sitting__body=actor.body, home=actor.node) if own else rows.none()


def bar_for(actor: Actor, bar_id: UUID) -> Bar:
    """One bar with its reasons; `Missing` to everybody else."""
    found: Bar | None = bars_visible_to(actor).defer(None).filter(pk=bar_id).first()
    if found is None:
        raise Missing(f"Bar {bar_id}")
    return found


def days_barred(person: UUID) -> list[dt.date]:
    """The first days free again of the bars that hold on a person, known by their pseudonym."""
    rows = Bar.objects.filter(booking__person=person, state="bar_decided")
    return list(rows.values_list("barred_until", flat=True))


def days_barred_of_file(file: UUID) -> list[dt.date]:
    """The same by the person's file, on the node that keeps it."""
    return list(Bar.objects.filter(booking__file=file, state="bar_decided").values_list("barred_until", flat=True))
