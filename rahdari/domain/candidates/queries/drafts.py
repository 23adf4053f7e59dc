"""What a person typed of their file so far, and the card of their account: for that person alone."""

from __future__ import annotations

import json
from typing import Any

from rahdari.base.actor import Actor
from rahdari.domain.accounts.models import Person

from ..models import FileDraft


def draft_of(actor: Actor) -> dict[str, Any]:
    """The members typed so far; empty where nothing was."""
    draft = FileDraft.objects.filter(person=actor.person).first() if actor.person is not None else None
    return dict(json.loads(draft.told)) if draft is not None else {}


def card_of(actor: Actor) -> str:
    """The number of the identity card of the account."""
    found = Person.objects.filter(pk=actor.person).first() if actor.person is not None else None
    return (found.identity if found is not None else None) or ""
