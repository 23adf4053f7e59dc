"""What went wrong on the way, as pages show it: the newest of each kind, while it still counts."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.reference import Book
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.rules.cases import OVER
from rahdari.web.words import Fact, sentence, spoken

from ..models import Passenger
from .cases import Journey

# By how far a departure is: the step that says what went wrong, the member of its details that says how, the words of that.
SETBACKS = {
    "flight_missed": ("flight_missed", "code", "missed"),
    "not_arrived": ("not_arrived", "last_known", "last_known"),
}
ACCEPTING = "jp"
AT_ONCE = 200  # in one turn of the timetable


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


def confirm_by(eta: dt.datetime, book: Book) -> dt.datetime | None:
    """The last moment at which the accepting side confirms an arrival in time (`action_targets`)."""
    return due_after("departures.confirm_arrival", eta, book, ACCEPTING)


def arrivals_missed(at: dt.datetime, book: Book) -> list[UUID]:
    """Cases whose person departed and whose arrival nobody confirmed in time."""
    rows = Passenger.objects.filter(missed_because="", departure__state="departed", manifest__eta__lt=at)
    rows = rows.exclude(departure__case__state__in=OVER).select_related("manifest", "departure").order_by("manifest__eta", "id")
    late = [one for one in rows[:AT_ONCE] if (due := confirm_by(one.manifest.eta, book)) is not None and due < at]
    return [one.departure.case_id for one in late]
