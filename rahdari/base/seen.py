"""Who looked: the personal access log. The only thing of ours that reading may write."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from .actor import Actor
from .models import Look


def note_look(*, actor: Actor, about: UUID, purpose: str, at: dt.datetime) -> None:
    """Records that the actor looked at the file of a person; `purpose` is the name of the page's permission."""
    if actor.person != about:
        Look.objects.create(at=at, about=about, by_person=actor.person, by_role=actor.role, by_body=actor.body, purpose=purpose)


def looks_at(actor: Actor) -> QuerySet[Look]:
    """The looks at the actor's own file, the newest first."""
    return Look.objects.filter(about=actor.person).order_by("-at") if actor.person else Look.objects.none()
