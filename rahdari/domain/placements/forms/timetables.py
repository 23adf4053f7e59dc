"""What is asked of a timetable of interviews, and its steps as people and programs take them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Day, Facts, own_fault
from rahdari.base.refusal import Refused
from rahdari.domain.jobs.queries.seen import facts_of
from rahdari.web.steps import Step

from .. import actions
from ..models import Timetable
from ..outside import make_timetable
from ..queries.timetables import LOOKED_AT, Asked, demand_to_interview, plan_for, timetable_for, waiting_for_a_time
from ..queries.timetables_seen import timetable_facts
from ..rules.timetable import HoursAsked, why_not_chosen


def _clock(value: str) -> str:
    """A time of day in hours and minutes."""
    try:
        read = dt.time.fromisoformat(value)
    except ValueError:
        raise own_fault("not_a_time") from None
    if read.tzinfo is not None or read.second:
        raise own_fault("not_a_time")
    return value


Clock = Annotated[str, Field(max_length=8), AfterValidator(_clock)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class InterviewerHours(Facts):
    """The hours of one interviewer at one place, the same on each day from the first to the last."""

    interviewer: Annotated[str, Field(max_length=120)]
    place: Annotated[str, Field(max_length=300)]
    kind: Literal["video", "room", "expo"] = "video"
    at_once: Annotated[int, Field(ge=1, le=500)] = 1
    first_on: Day
    last_on: Day
    begins: Clock
    ends: Clock
    zone: Literal["Asia/Tokyo", "Asia/Karachi"] = "Asia/Tokyo"
    closed_days: bool = False


class DraftTimetable(Facts):
    """A timetable asked for: whom to interview, who interviews when and where, how long each takes."""

    cases: Annotated[list[Id], Field(max_length=2_000)] = []
    hours: Annotated[list[InterviewerHours], Field(max_length=500)] = []
    minutes: Annotated[int, Field(ge=5, le=240)] = 30
    pause: Annotated[int, Field(ge=0, le=120)] = 10
    most_a_day: Annotated[int, Field(ge=1, le=60)] = 12
    language: Literal["en", "ur", "ja"] = "en"
    interpreter: Literal["none", "employer", "promoter", "contact_point"] = "none"


class SendTimetable(Facts):
    """The invitations are sent as they stand."""


class WithdrawTimetable(Facts):
    """The draft is put aside."""


def asked_of(cases: Iterable[str], hours: Iterable[InterviewerHours], **told: Any) -> Asked:
    """What is asked, as actions and rules take it."""
    lines = tuple(
        HoursAsked(**one.model_dump() | {"begins": dt.time.fromisoformat(one.begins), "ends": dt.time.fromisoformat(one.ends)})
        for one in hours
    )
    return Asked(cases=tuple(dict.fromkeys(UUID(one) for one in cases)), hours=lines, **told)


def take_draft_timetable(
    *,
    actor: Actor,
    demand_id: UUID,
    at: dt.datetime,
    cases: Iterable[str] = (),
    hours: Iterable[InterviewerHours] = (),
    **told: Any,
) -> Timetable:
    """Makes a timetable of the candidates and hours asked for and keeps it as a draft; nobody is told yet."""
    asked = asked_of(cases, hours, **told)
    demand = demand_to_interview(actor, demand_id)
    refusals = why_not_chosen(asked.cases, asked.hours)
    if refusals:
        raise Refused(refusals)
    chosen = list(waiting_for_a_time(actor, demand).filter(pk__in=asked.cases))
    made = make_timetable(plan_for(demand, chosen, asked, at + LOOKED_AT))
    return actions.draft_timetable(actor=actor, demand_id=demand_id, asked=asked, meetings=made.meetings, maker=made.maker, at=at)


def crumbs_of(timetable: Timetable | None = None) -> list[dict[str, str]]:
    """The way to a timetable."""
    crumbs = [
        {"url": reverse("placements.see_cases"), "label": gettext("Cases")},
        {"url": reverse("placements.see_timetables"), "label": gettext("Timetables of interviews")},
    ]
    if timetable is not None:
        crumbs.append({"url": reverse("placements.see_timetable", args=[timetable.pk]), "label": gettext("Timetable")})
    return crumbs


def _at_timetable(actor: Actor, timetable_id: UUID) -> Mapping[str, Any]:
    timetable = timetable_for(actor, timetable_id)
    return {
        "layout": "web/desk.html",
        "crumbs": crumbs_of(timetable),
        "about": gettext("The timetable"),
        "facts": timetable_facts(timetable),
        "initial": {"seen": timetable.version},
    }


def drafting(actor: Actor, demand_id: UUID) -> Mapping[str, Any]:
    """What the page of a new timetable shows: the demand, and who waits for a time."""
    demand = demand_to_interview(actor, demand_id)
    return {
        "layout": "web/desk.html",
        "crumbs": crumbs_of(),
        "about": gettext("The demand"),
        "facts": facts_of(demand),
        "waiting": waiting_for_a_time(actor, demand),
        "leave_out": ("cases",),
    }


DRAFT_TIMETABLE = Step(
    "placements", "draft_timetable", DraftTimetable, take_draft_timetable, drafting,
    _("Look at the timetable; nobody is invited yet."), "placements.see_timetable", with_result=True,
)  # fmt: skip
SEND_TIMETABLE = Step(
    "placements", "send_timetable", SendTimetable, actions.send_timetable, _at_timetable,
    _("The invitations are sent. Each worker is asked at once."), "placements.see_timetable",
)  # fmt: skip
WITHDRAW_TIMETABLE = Step(
    "placements", "withdraw_timetable", WithdrawTimetable, actions.withdraw_timetable, _at_timetable,
    _("Put aside. Nobody was invited."), "placements.see_timetable",
)  # fmt: skip
