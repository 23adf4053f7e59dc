"""What is asked of an expo or interview day and of a time taken on it, and their steps as people and programs take them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.facts import Day, Facts, Moment
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..access import PERMITS
from ..models import Event, Interview
from ..queries.cases import case_for
from ..queries.clocks import both_clocks
from ..queries.events import employers_with_work, event_for, free_slots, names_of_firms
from ..queries.seen import case_facts
from ..rules.events import CALL_OFF_REASONS, MOST_FIRMS
from .timetables import Clock
from .turns import Code

RegistryId = Annotated[str, Field(pattern=r"^[a-z]{2}:org:[a-z0-9-]{1,72}$")]
KIND_WORDS = {"expo": "event_expo", "interview_day": "interview_day"}
BEGINS_WITH = {"kind": "interview_day", "begins": "09:00", "ends": "17:00", "minutes": 30, "pause": 10, "tables": 1}


class FirmThere(Facts):
    """A firm that comes, by its number in the register of its state."""

    firm: RegistryId


class PlanEvent(Facts):
    """An expo or interview day: where, when by which clock, how long an interview is, how many at once at each firm."""

    kind: Literal["expo", "interview_day"]
    place: Annotated[str, Field(max_length=300)] = ""
    on: Day
    begins: Clock
    ends: Clock
    zone: Literal["Asia/Karachi", "Asia/Tokyo"] = "Asia/Karachi"
    minutes: Annotated[int, Field(ge=5, le=240)] = 30
    pause: Annotated[int, Field(ge=0, le=120)] = 10
    tables: Annotated[int, Field(ge=1, le=50)] = 1
    language: Literal["en", "ur", "ja"] = "en"
    interpreter: Literal["none", "employer", "promoter", "contact_point"] = "none"
    firms: Annotated[list[FirmThere], Field(max_length=MOST_FIRMS)] = []


class CallOffEvent(Facts):
    """A day called off, with the reason everybody sees."""

    reason: Code


class BookSlot(Facts):
    """One of the times of a day."""

    slot: Moment


def take_plan_event(
    *, actor: Actor, at: dt.datetime, on: dt.date, begins: str, ends: str, zone: str = "Asia/Karachi",
    firms: Iterable[FirmThere] = (), **told: Any,
) -> Event:  # fmt: skip
    """Announces an expo or interview day to everybody on both nodes."""
    begin, end = (dt.datetime.combine(on, dt.time.fromisoformat(one), ZoneInfo(zone)) for one in (begins, ends))
    moments = {"begins_at": begin.astimezone(dt.UTC), "ends_at": end.astimezone(dt.UTC)}
    return actions.plan_event(actor=actor, **moments, zone=zone, firms=[one.firm for one in firms], **told, at=at)


def take_book_slot(*, slot: dt.datetime, **given: Any) -> Interview:
    """Takes or gives a time of an expo or interview day."""
    return actions.book_slot(starts_at=slot, **given)


def event_crumbs(event: Event | None = None) -> list[dict[str, str]]:
    """The way to a day."""
    crumbs = [{"url": reverse("placements.see_events"), "label": gettext("Expos and interview days")}]
    if event is not None:
        crumbs.append({"url": reverse("placements.see_event", args=[event.pk]), "label": event.place})
    return crumbs


def event_facts(event: Event) -> list[Fact]:
    """Where and when a day is, by both clocks."""
    return [
        Fact(gettext("Kind of day"), KIND_WORDS[event.kind]),
        Fact(gettext("Where"), event.place),
        Fact(gettext("Begins"), both_clocks(event.begins_at)),
        Fact(gettext("Ends"), both_clocks(event.ends_at)),
        Fact(gettext("Minutes"), event.minutes),
        Fact(gettext("Interviews at once at each firm"), event.tables),
        Fact(gettext("Language of the interview"), event.language),
    ]


def _planning(actor: Actor) -> Mapping[str, Any]:
    own = actor.role == "employer"
    page = {
        "crumbs": event_crumbs(),
        "lead": gettext("Anyone sees the day at once, in Pakistan and in Japan. Announce it ten working days before."),
        "initial": BEGINS_WITH,
        "leave_out": ("firms",) if own else (),
    }
    return page if own else page | {"codes": {"firms.firm": employers_with_work(actor, day_at(now(), actor.node))}}


def _calling_off(actor: Actor, event_id: UUID) -> Mapping[str, Any]:
    event = event_for(event_id)
    refusals = PERMITS["call_off_event"].why_not(actor, event)
    if refusals:
        raise Refused(refusals)
    told = {"about": gettext("The day"), "facts": event_facts(event), "initial": {"seen": event.version}}
    return told | {"crumbs": event_crumbs(event)}


def _booking(actor: Actor, case_id: UUID, event_id: UUID) -> Mapping[str, Any]:
    case, event = case_for(actor, case_id), event_for(event_id)
    refusals = PERMITS["book_slot"].why_not(actor, case)
    if refusals:
        raise Refused(refusals)
    if case.employer not in event.firms:
        raise Missing(f"Event {event_id}")
    free = free_slots(event, case.employer, now())
    page: dict[str, Any] = {
        "crumbs": event_crumbs(event),
        "lead": gettext("Each time is shown by the clock of Pakistan and of Japan. You are told of nobody else who comes.")
        if actor.role == "worker"
        else gettext("The worker is asked at once whether they come."),
        "about": gettext("The day"),
        "facts": [*event_facts(event), *(case_facts(case) if actor.role != "worker" else ())],
        "codes": {"slot": {begin.isoformat().replace("+00:00", "Z"): both_clocks(begin) for begin, _left in free}},
    }
    return page if actor.role == "worker" else page | {"layout": "web/marked.html", "marked": case}


def names_told(events: Iterable[Event]) -> dict[str, str]:
    """The firms of some days, by their registry id."""
    return names_of_firms(list(dict.fromkeys(firm for one in events for firm in one.firms)))


PLAN_EVENT = Step(
    "placements", "plan_event", PlanEvent, take_plan_event, _planning, _("Announced. Anyone sees it."),
    "placements.see_event", with_result=True, codes={"kind": KIND_WORDS},
)  # fmt: skip
CALL_OFF_EVENT = Step(
    "placements", "call_off_event", CallOffEvent, actions.call_off_event, _calling_off,
    _("Called off. The reason stands on its page."), "placements.see_event", codes={"reason": CALL_OFF_REASONS},
)  # fmt: skip
BOOK_SLOT = Step(
    "placements", "book_slot", BookSlot, take_book_slot, _booking, _("The time is yours. It stands on the page of the case."),
    "placements.see_slot",
)  # fmt: skip
