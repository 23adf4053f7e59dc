"""What went wrong on the way, as pages show it: the newest of each kind, while it still counts."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.placements.models import StationEvent
from rahdari.web.words import Fact, sentence, spoken

from .cases import Journey

# By how far a departure is: the step that says what went wrong, the member of its details that says how, the words of that.
SETBACKS = {"flight_missed": ("flight_missed", "code", "missed")}


def setback_facts(actor: Actor, journey: Journey) -> list[Fact]:
    """What went wrong last, with its day, and what is known of what follows; nothing once it is put right."""
    if journey.state not in SETBACKS:
        return []
    step, member, words = SETBACKS[journey.state]
    rows = StationEvent.objects.filter(case=journey.case, step=step)
    seen = rows if actor.role == "worker" else visible_to(actor, rows)
    event = seen.order_by("at", "id").last()
    if event is None:
        return []
    facts = [Fact(spoken(step), " · ".join([spoken(event.on), sentence(f"{words}_{event.details[member]}", {}, ("CODES",))]))]
    if event.details.get("next"):
        facts.append(Fact(_("Next flight on"), dt.date.fromisoformat(event.details["next"])))
    return facts
