"""Expo and interview days: those to come, which employers can be there, and which of their times are taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at, now
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.accounts.queries.bodies import names_of
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.queries.demands import open_vacancies
from rahdari.domain.jobs.queries.vacancy import Recruiter, recruiters_of
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.organisations.queries import LicenceAnswer, licence_on
from rahdari.web.panels import Panel

from ..access import PERMITS
from ..models import Case, Event, Interview
from ..rules.events import left_of, slots_of
from .cases import cases_visible_to
from .clocks import both_clocks

VACANCIES_SHOWN, KIND = 40, "ACCEPTING_ORG"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that comes: its name, how the register of its state has it (None: not at all), its vacancies open now."""

    body: str
    name: str
    licence: LicenceAnswer | None
    vacancies: Sequence[tuple[Vacancy, Sequence[Recruiter]]]


@dataclass(frozen=True, slots=True)
class SlotHeld:
    """A time of a day that a candidate holds, by both clocks; `crowded`: more come at that time than the firm has tables."""

    interview: Interview
    there: dt.datetime
    here: dt.datetime
    crowded: bool


def events_to_come(at: dt.datetime) -> QuerySet[Event]:
    """The days that have not ended, the next first, those called off among them; anyone sees them."""
    return Event.objects.filter(ends_at__gt=at).order_by("ends_at", "id")


def event_for(event_id: UUID) -> Event:
    """One day, past ones too; `Missing` when there is none."""
    found: Event | None = Event.objects.filter(pk=event_id).first()
    if found is None:
        raise Missing(f"Event {event_id}")
    return found


def event_or_none(event_id: Any) -> Event | None:
    """A day named in a statement, where this node was told of it."""
    return Event.objects.filter(pk=event_id).first() if event_id else None


def crossed_slot(before: Interview, told: Mapping[str, Any]) -> bool:
    """Whether the time before was taken by the worker while a first one was under way from the other side."""
    return before.event_id is not None and before.home == "pk" and told["supersedes"] is None


def employers_known(firms: Iterable[str]) -> set[str]:
    """Of these bodies the employers of whom this node knows a demand."""
    return set(Demand.objects.filter(employer__in=list(firms)).values_list("employer", flat=True))


def employers_with_work(actor: Actor, on: dt.date) -> dict[str, str]:
    """The employers with a vacancy open on a day, by their registry id, in the order of their names."""
    rows = open_vacancies(actor, on).order_by("demand__employer_name").values_list("demand__employer", "demand__employer_name")
    return dict(rows.distinct())


def names_of_firms(firms: Sequence[str]) -> dict[str, str]:
    """What firms are called: as bodies of this node, else as their demands say, else by their number."""
    told = dict(Demand.objects.filter(employer__in=firms).order_by("filed_on").values_list("employer", "employer_name"))
    known = names_of(firms, get_language() or "en")
    return {one: known.get(one) or told.get(one, one) for one in firms}


def slots_of_event(event: Event) -> list[dt.datetime]:
    """The begins of the times of a day."""
    return slots_of(event.begins_at, event.ends_at, minutes=event.minutes, pause=event.pause)


def slots_taken(event: Event, firm: str) -> list[dt.datetime]:
    """The begins of the times of a day that candidates of a firm hold, one a candidate."""
    return list(held_on(event).filter(case__employer=firm).values_list("starts_at", flat=True))


def held_on(event: Event) -> QuerySet[Interview]:
    """The times of a day that stand."""
    return Interview.objects.filter(event=event, superseded_by=None, case__state="interview_set")


def free_slots(event: Event, firm: str, at: dt.datetime) -> list[tuple[dt.datetime, int]]:
    """The times of a day a firm still has, with how many can come to each."""
    taken = slots_taken(event, firm)
    told = {"minutes": event.minutes, "tables": event.tables, "taken": taken}
    found = ((begin, left_of(begin, **told)) for begin in slots_of_event(event) if begin > at)  # type: ignore[arg-type]
    return [(begin, left) for begin, left in found if left > 0]


def firms_of(event: Event, actor: Actor, on: dt.date, book: Book) -> list[Firm]:
    """The firms of a day by name, with their standing, their open vacancies and who recruits for those."""
    names = names_of_firms(event.firms)
    rows = open_vacancies(actor, on).filter(demand__employer__in=event.firms)[:VACANCIES_SHOWN]
    asked: dict[tuple[str, ...], Sequence[Recruiter]] = {}  # the same recruiter is asked for once
    work: dict[str, list[tuple[Vacancy, Sequence[Recruiter]]]] = {}
    for one in rows:
        key = (one.demand.route, one.demand.promoter, one.demand.promoter_licence, one.demand.placement_business)
        if key not in asked:
            asked[key] = recruiters_of(one.demand, on, actor.node, book)
        work.setdefault(one.demand.employer, []).append((one, asked[key]))
    registered = set(Organisation.objects.filter(kind=KIND, registry_id__in=event.firms).values_list("registry_id", flat=True))
    told: dict[str, Any] = {"kind": KIND, "day": on, "node": actor.node, "book": book}
    standing = {body: licence_on(organisation=body, **told) for body in registered}
    return [
        Firm(body, name, standing.get(body), work.get(body, ())) for body, name in sorted(names.items(), key=lambda one: one[1])
    ]


def own_cases(event: Event, actor: Actor) -> QuerySet[Case]:
    """The worker's own cases at the firms of a day that wait for a time."""
    if actor.role != "worker":
        return Case.objects.none()
    return cases_visible_to(actor).filter(employer__in=event.firms, state="nominated")


def own_times(event: Event, actor: Actor) -> QuerySet[Interview]:
    """The times of a day that the worker holds."""
    if actor.role != "worker":
        return Interview.objects.none()
    return held_on(event).filter(case__worker=actor.person).select_related("case__demand").order_by("starts_at")


def events_for_case(case: Case, at: dt.datetime) -> list[Event]:
    """The days to come at which the employer of a case that waits for a time interviews."""
    if case.state != "nominated":
        return []
    return list(events_to_come(at).filter(state="planned", firms__contains=[case.employer])[:10])


def days_for_case(actor: Actor, case: Case, at: dt.datetime) -> list[tuple[Event, str]]:
    """For who may take or give a time of them: the days to come of a case's employer, each with its begin by both clocks."""
    if PERMITS["book_slot"].why_not(actor, case):
        return []
    return [(one, both_clocks(one.begins_at)) for one in events_for_case(case, at)]


def days_panel(actor: Actor, vacancy: Vacancy) -> Panel | None:
    """On a vacancy: the expo and interview days to come at which its employer interviews."""
    found = events_to_come(now()).filter(state="planned", firms__contains=[vacancy.demand.employer])[:5]
    days = [(one, both_clocks(one.begins_at)) for one in found]
    return Panel("placements/_days_panel.html", {"days": days}) if days else None


def held_for(event: Event, actor: Actor) -> list[SlotHeld]:
    """Who comes to a day, as far as the reader may see their cases, in the order of the times."""
    rows = held_on(event).filter(case__in=cases_visible_to(actor).order_by()).select_related("case__demand")
    found = list(rows.order_by("case__employer", "starts_at", "id"))
    by_time: dict[tuple[str, dt.datetime], int] = {}
    for one in found:
        key = (one.case.employer, one.starts_at)
        by_time[key] = by_time.get(key, 0) + 1
    return [
        SlotHeld(
            one,
            one.starts_at.astimezone(ZONES["jp"]),
            one.starts_at.astimezone(ZONES["pk"]),
            by_time[one.case.employer, one.starts_at] > event.tables,
        )
        for one in found
    ]


def own_events(actor: Actor) -> QuerySet[Event]:
    """The days the actor's body announced, or at which it interviews, the last first."""
    if not actor.body:
        return Event.objects.none()
    return Event.objects.filter(Q(body=actor.body) | Q(firms__contains=[actor.body])).order_by("-begins_at", "-id")


def days_of_event(event: Event) -> tuple[dt.date, dt.date]:
    """The day of an event by the calendars of Pakistan and Japan."""
    return day_at(event.begins_at, "pk"), day_at(event.begins_at, "jp")
