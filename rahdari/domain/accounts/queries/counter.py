"""Reads at a counter: recoveries of the office, one recovery, and what is open on one's own account."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.seen import note_look
from rahdari.base.work import Missing

from ..access import PERMITS
from ..models import Recovery


def recoveries_of_office(actor: Actor) -> QuerySet[Recovery]:
    """The recoveries that wait at the actor's office."""
    return Recovery.objects.filter(body=actor.body, state="recovery_begun").select_related("person").order_by("ready_at")


def recovery_for(actor: Actor, recovery_id: UUID, at: dt.datetime) -> Recovery:
    """One recovery of the actor's office; the look is recorded. `Missing` for another office's."""
    recovery = Recovery.objects.filter(pk=recovery_id).select_related("person").first()
    if recovery is None or PERMITS["confirm_recovery"].why_not(actor, recovery):
        raise Missing(f"recovery {recovery_id}")
    note_look(actor=actor, about=recovery.person_id, purpose="accounts.confirm_recovery", at=at)
    return recovery


def own_recovery(actor: Actor) -> Recovery | None:
    """The recovery open on the actor's own account."""
    return Recovery.objects.filter(person=actor.person, state="recovery_begun").first()
