"""What waits for whom: the one source of every worklist, clock and escalation."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from .actor import Actor
from .models import Waiting


def waiting_for(actor: Actor) -> QuerySet[Waiting]:
    """What the actor's body and role must do, by clock; what has no clock comes last."""
    if not actor.body:
        return Waiting.objects.none()
    mine = Q(holder_body=actor.body) & (Q(holder_role="") | Q(holder_role=actor.role))
    return Waiting.objects.filter(mine, closed_at=None).order_by(F("due_at").asc(nulls_last=True), "id")


def waiting_on(kind: str, subject_id: str) -> QuerySet[Waiting]:
    """What is open on one subject, for the page of that subject."""
    return Waiting.objects.filter(subject_kind=kind, subject_id=subject_id, closed_at=None).order_by("due_at")
