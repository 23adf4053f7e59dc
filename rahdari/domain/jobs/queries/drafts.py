"""Drafts of demands: those of one's own body alone."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..access import PERMITS
from ..models import DemandDraft


def drafts_of(actor: Actor) -> QuerySet[DemandDraft]:
    """The drafts of the actor's body, the newest first."""
    rows = DemandDraft.objects.order_by("-saved_at", "-id")
    return rows.filter(body=actor.body) if actor.body and not PERMITS["see_drafts"].why_not(actor) else rows.none()


def draft_for(actor: Actor, draft_id: UUID) -> DemandDraft:
    """One draft; `Missing` when there is none or it is another body's."""
    found = drafts_of(actor).filter(pk=draft_id).first()
    if found is None:
        raise Missing(f"Draft {draft_id}")
    return found
