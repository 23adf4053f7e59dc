"""Timetables of an employer, who can be put into one, and the plan one is made from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.days import offices_of
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing
from rahdari.domain.jobs.models import Demand

from ..models import Case, Interview, Timetable
from ..rules.cases import NOTICE
from ..rules.timetable import Candidate, HoursAsked, Meeting, Plan, Span, Taken, faults_of, hours_of, places_of
from .cases import cases_visible_to

# How long a timetable may be looked at before it is sent: the notice of its first interviews is counted from then on.
LOOKED_AT = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a timetable."""

    cases: tuple[UUID, ...]
    hours: tuple[HoursAsked, ...]
    minutes: int = 30
    pause: int = 10
    most_a_day: int = 20
    language: str = "en"
    interpreter: str = "none"


def timetables_visible_to(actor: Actor) -> QuerySet[Timetable]:
    """The timetables of the actor's own demands, the newest first."""
    own = Q(demand__employer=actor.body) | Q(demand__placement_business=actor.body) if actor.body else Q(pk=None)
    return Timetable.objects.filter(own).select_related("demand").order_by("-drafted_at", "-id")


def timetable_for(actor: Actor, timetable_id: UUID) -> Timetable:
    """One timetable; `Missing` when there is none or not for this actor."""
    found = timetables_visible_to(actor).filter(pk=timetable_id).first()
    if found is None:
        raise Missing(f"Timetable {timetable_id}")
    return found


def demand_to_interview(actor: Actor, demand_id: UUID) -> Demand:
    """A demand of the actor's own; `Missing` for any other."""
    own = Q(employer=actor.body) | Q(placement_business=actor.body) if actor.body else Q(pk=None)
    found: Demand | None = Demand.objects.filter(own, pk=demand_id).first()
    if found is None:
        raise Missing(f"Demand {demand_id}")
    return found


def waiting_for_a_time(actor: Actor, demand: Demand) -> QuerySet[Case]:
    """The nominated candidates of a demand that have no time yet, by their rank."""
    return cases_visible_to(actor).filter(demand=demand, state="nominated").order_by("nomination__rank", "opened_at", "id")


def demands_waiting(actor: Actor) -> QuerySet[Demand]:
    """The actor's demands with nominated candidates that have no time yet, with how many (`waiting`)."""
    waiting = cases_visible_to(actor).filter(state="nominated").order_by().values("demand").annotate(n=Count("pk"))
    numbers = {row["demand"]: row["n"] for row in waiting}
    found = Demand.objects.filter(pk__in=numbers).order_by("-filed_on", "-id")
    for one in found:
        one.waiting = numbers[one.pk]
    return found


def plan_for(demand: Demand, cases: Iterable[Case], asked: Asked, at: dt.datetime) -> Plan:
    """The plan of a timetable: hours as spans, what these people and places are held by, and when candidates cannot come."""
    book = current_book()
    chosen = list(cases)
    busy: dict[str, list[Span]] = defaultdict(list)
    standing = Interview.objects.filter(superseded_by=None, case__state="interview_set")
    for person, begin, minutes in standing.filter(case__person__in={one.person for one in chosen}).values_list(
        "case__person", "starts_at", "minutes"
    ):
        busy[str(person)].append(Span(begin, begin + dt.timedelta(minutes=minutes)))
    hours = hours_of(asked.hours, lambda country, day: offices_of(country, book).open_on(day))
    return Plan(
        candidates=tuple(Candidate(str(one.pk), str(one.person), tuple(sorted(busy[str(one.person)]))) for one in chosen),
        hours=hours,
        places=places_of(asked.hours),
        earliest=at + NOTICE,
        minutes=asked.minutes,
        pause=asked.pause,
        most_a_day=asked.most_a_day,
        taken=_taken(demand, {one.interviewer for one in hours}, {one.place for one in hours}),
    )


def _taken(demand: Demand, interviewers: set[str], places: set[str]) -> tuple[Taken, ...]:
    """The standing interviews of the same employer that hold one of these interviewers or places."""
    standing = Interview.objects.filter(superseded_by=None, case__state="interview_set", case__employer=demand.employer)
    held = standing.exclude(interviewer="").filter(Q(interviewer__in=interviewers) | Q(place__in=places))
    rows = held.values_list("interviewer", "place", "starts_at", "minutes")
    return tuple(Taken(who, place, Span(at, at + dt.timedelta(minutes=minutes))) for who, place, at, minutes in rows)


def meetings_of(timetable: Timetable) -> list[Meeting]:
    """The interviews of a timetable in their order."""
    rows = timetable.meetings
    return [Meeting(dt.datetime.fromisoformat(at), place, who, case) for case, who, place, at in rows]


def asked_again(timetable: Timetable) -> Asked:
    """What was asked, as it was kept."""
    told = timetable.asked
    lines = tuple(
        HoursAsked(
            **one
            | {name: dt.date.fromisoformat(one[name]) for name in ("first_on", "last_on")}
            | {name: dt.time.fromisoformat(one[name]) for name in ("begins", "ends")}
        )
        for one in told["hours"]
    )
    return Asked(**told | {"cases": tuple(UUID(one) for one in told["cases"]), "hours": lines})


def cases_of(timetable: Timetable, wanted: Sequence[str] | None = None) -> dict[str, Case]:
    """The cases of a timetable by their id."""
    wanted = [line[0] for line in timetable.meetings] if wanted is None else wanted
    return {str(one.pk): one for one in Case.objects.filter(pk__in=wanted).select_related("demand")}


def faults_now(timetable: Timetable, at: dt.datetime) -> list[Refusal]:
    """What is wrong with the meetings of a draft at this moment; one whose candidate waits no longer is wrong too."""
    waiting = [one for one in cases_of(timetable).values() if one.state == "nominated"]
    plan = plan_for(timetable.demand, waiting, asked_again(timetable), at)
    return faults_of(plan, meetings_of(timetable))
