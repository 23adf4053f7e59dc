"""What went wrong on the way, as pages show it: the newest of each kind, while it still counts."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.rules.cases import OVER
from rahdari.web.words import Fact, sentence, spoken

from ..models import Paper, Passenger
from ..rules.refusals import STOPPED_WITHOUT, visa_again
from .cases import Journey

# By how far a departure is: the step that says what went wrong, the member of its details that says how, the words of that.
SETBACKS = {
    "flight_missed": ("flight_missed", "code", "missed"),
    "not_arrived": ("not_arrived", "last_known", "last_known"),
    "coe_filed": ("coe_more_papers", "items", "brought"),
    "coe_refused": ("coe_refused", "codes", "coe_refused"),
    "coe_expired": ("coe_expired", "", ""),
    "visa_refused": ("visa_refused", "", ""),
    "visa_expired": ("visa_expired", "", ""),
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
    told = event.details.get(member, [])
    codes = [sentence(f"{words}_{one}", {}, ("CODES",)) for one in ([told] if isinstance(told, str) else told)]
    return [Fact(spoken(step), " · ".join([spoken(event.on), *codes])), *_what_follows(event)]


def _what_follows(event: StationEvent) -> list[Fact]:
    if event.details.get("next"):
        return [Fact(_("Next flight on"), dt.date.fromisoformat(event.details["next"]))]
    if event.details.get("due"):
        return [Fact(_("To be brought by"), dt.date.fromisoformat(event.details["due"]))]
    again = visa_again(current_book(), event.on) if event.step == "visa_refused" else None
    if again is None:
        return []
    sure = _("by practice; how sure: %(sure)s") % {"sure": sentence(f"sure_{again[1]['confidence']}", {}, ("CODES",))}
    return [Fact(_("Applying again is usual from"), " · ".join([spoken(again[0]), sure, again[1]["source"]]))]


def confirm_by(eta: dt.datetime, book: Book) -> dt.datetime | None:
    """The last moment at which the accepting side confirms an arrival in time (`action_targets`)."""
    return due_after("departures.confirm_arrival", eta, book, ACCEPTING)


def arrivals_missed(at: dt.datetime, book: Book) -> list[UUID]:
    """Cases whose person departed and whose arrival nobody confirmed in time."""
    rows = Passenger.objects.filter(missed_because="", departure__state="departed", manifest__eta__lt=at)
    rows = rows.exclude(departure__case__state__in=OVER).select_related("manifest", "departure").order_by("manifest__eta", "id")
    late = [one for one in rows[:AT_ONCE] if (due := confirm_by(one.manifest.eta, book)) is not None and due < at]
    return [one.departure.case_id for one in late]


def papers_ended(node: str, today: dt.date) -> list[tuple[UUID, str]]:
    """Cases that a certificate or a visa of this node stops because it has ended, with its kind; each case once.

    One that was entered from paper counts while the state that issued it told nothing of its own.
    """
    found: dict[UUID, str] = {}
    for kind, states in STOPPED_WITHOUT.items():
        told = Paper.objects.filter(departure=OuterRef("departure"), kind=kind).exclude(home=node)
        rows = Paper.objects.filter(kind=kind, home=node, until__lte=today, departure__state__in=states).exclude(Exists(told))
        rows = rows.exclude(departure__case__state__in=OVER).order_by("until", "id")
        for case_id in rows.values_list("departure__case_id", flat=True)[:AT_ONCE]:
            found.setdefault(case_id, kind)
    return list(found.items())
