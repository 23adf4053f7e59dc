"""Cases for programs: a case with its line, and the steps offices and employers take.

What a worker does (apply, answer) has no operation: it is done by the person, signed in, not by a program's token.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import now
from rahdari.web.api import operation
from rahdari.web.steps import step_operation, told_moment

from .access import PERMITS
from .forms import events, ranking, rerouting, steps, timetables, turns
from .models import Event
from .queries.cases import case_for
from .queries.events import event_for, events_to_come
from .queries.line import line_of
from .queries.standing import Standing, standing_of

router = Router(tags=["placements"])


class StationTold(Schema):
    """One station of a case: `state` is passed, current, ahead, through or not_on_route; `hatched` says from paper."""

    no: int
    side: str
    state: str
    on: str | None
    hatched: bool
    contested: bool
    steps: list[str]


class ClockTold(Schema):
    """A clock of a case: days gone, of the days it is aimed at; `days` is null before it began."""

    code: str
    began_on: str | None
    ended_on: str | None
    days: int | None
    aim: int


class LackingTold(Schema):
    """A step that is missing at the present station, or must be taken again; `tests` at station 6."""

    station: int
    step: str
    tests: list[str]


class StandingTold(Schema):
    """Where a case stands: `holder` and `task` are empty where nobody holds it, `due_at` is null where no target is known.

    `others_median` are the days others took at this station in the last ninety; null where they are fewer than five.
    """

    holder: str
    task: str
    since: str | None
    due_at: str | None
    missing: list[LackingTold]
    clocks: list[ClockTold]
    others: int
    others_median: float | None
    others_of_field: bool


class CaseTold(Schema):
    """A case as the reader may see it."""

    id: str
    home: str
    number: str
    person: str
    state: str
    station: int
    version: int
    route: str
    demand: str
    vacancy: str
    employer: str
    promoter: str
    line: list[StationTold]
    standing: StandingTold


@operation(
    router, "GET", "/cases/{case_id}", PERMITS["see_case"], answers=CaseTold, problems=(403, 404), url_name="placements.see_case"
)
def see_case(request: HttpRequest, case_id: UUID) -> Any:
    """One case with its line; a step is named only where its marking opens it."""
    case = case_for(request.actor, case_id)
    stations = line_of(request.actor, case)
    line = [
        {
            "no": one.no,
            "side": one.side,
            "state": one.state,
            "on": one.on.isoformat() if one.on else None,
            "hatched": one.hatched,
            "contested": one.contested,
            "steps": [step.row.step for step in one.steps if step.open],
        }
        for one in stations
    ]
    named = ("home", "number", "state", "station", "version", "route", "employer", "promoter")
    return {name: getattr(case, name) for name in named} | {
        "id": str(case.pk),
        "person": str(case.person),
        "demand": str(case.demand_id),
        "vacancy": str(case.vacancy_id),
        "line": line,
        "standing": _standing_told(standing_of(case, stations, now())),
    }


def _standing_told(standing: Standing) -> dict[str, Any]:
    turn, pace = standing.turn, standing.pace
    days = ("began_on", "ended_on")
    return {
        "holder": turn.row.holder if turn is not None else "",
        "task": turn.row.task if turn is not None else "",
        "since": told_moment(turn.row.since) if turn is not None else None,
        "due_at": told_moment(standing.due_at) if standing.due_at is not None else None,
        "missing": [{"station": one.station, "step": one.step, "tests": list(one.tests)} for one in standing.missing],
        "clocks": [
            {"code": one.row["code"], "days": one.days, "aim": one.aim}
            | {name: on.isoformat() if (on := getattr(one, name)) else None for name in days}
            for one in standing.clocks
        ],
        "others": pace.others if pace is not None else 0,
        "others_median": pace.days if pace is not None else None,
        "others_of_field": pace is not None and pace.of_field,
    }


step_operation(router, ranking.NOMINATE_CANDIDATE, "/cases/{case_id}/nomination", PERMITS["nominate_candidate"])
step_operation(router, steps.SET_INTERVIEW, "/cases/{case_id}/interview", PERMITS["set_interview"])
step_operation(router, steps.RECORD_DECISION, "/cases/{case_id}/decision", PERMITS["record_decision"])
step_operation(router, timetables.DRAFT_TIMETABLE, "/demands/{demand_id}/timetables", PERMITS["draft_timetable"])
step_operation(router, timetables.SEND_TIMETABLE, "/timetables/{timetable_id}/sending", PERMITS["send_timetable"])
step_operation(router, timetables.WITHDRAW_TIMETABLE, "/timetables/{timetable_id}/withdrawal", PERMITS["withdraw_timetable"])
step_operation(router, turns.RETURN_NOMINATION, "/cases/{case_id}/return", PERMITS["return_nomination"])
step_operation(router, turns.RECORD_NO_SHOW, "/cases/{case_id}/no-show", PERMITS["record_no_show"])
step_operation(router, turns.ASK_MOVE, "/cases/{case_id}/move", PERMITS["ask_move"])
step_operation(router, turns.DECIDE_MOVE, "/cases/{case_id}/move/decision", PERMITS["decide_move"])
step_operation(router, ranking.DECLARE_RANKING, "/vacancies/{vacancy_id}/ranking", PERMITS["declare_ranking"])
step_operation(router, ranking.REFUSE_APPLICATION, "/cases/{case_id}/refusal", PERMITS["refuse_application"])
step_operation(router, ranking.REOPEN_APPLICATION, "/cases/{case_id}/reopening", PERMITS["reopen_application"])


class EventTold(Schema):
    """An expo or interview day: `firms` by their registry id, `tables` how many each interviews at once, `pause` in minutes."""

    id: str
    home: str
    kind: str
    state: str
    reason: str
    body: str
    place: str
    begins_at: str
    ends_at: str
    zone: str
    minutes: int
    pause: int
    tables: int
    language: str
    interpreter: str
    firms: list[str]
    short_notice: bool


class EventList(Schema):
    """The days to come, the next first, a hundred at most."""

    events: list[EventTold]


def _event_told(event: Event) -> dict[str, Any]:
    named = ("home", "kind", "state", "reason", "body", "place", "zone", "minutes", "pause", "tables", "language", "interpreter")
    moments = {"begins_at": told_moment(event.begins_at), "ends_at": told_moment(event.ends_at)}
    same = {name: getattr(event, name) for name in (*named, "firms", "short_notice")}
    return same | moments | {"id": str(event.pk)}


@operation(router, "GET", "/events", PERMITS["see_events"], answers=EventList, problems=(), url_name="placements.see_events")
def see_events(request: HttpRequest) -> Any:
    """The expo and interview days to come, those called off among them."""
    return {"events": [_event_told(one) for one in events_to_come(now())[:100]]}


@operation(
    router, "GET", "/events/{event_id}", PERMITS["see_event"], answers=EventTold, problems=(404,), url_name="placements.see_event"
)
def see_event(request: HttpRequest, event_id: UUID) -> Any:
    """One expo or interview day."""
    return _event_told(event_for(event_id))


step_operation(router, events.PLAN_EVENT, "/events", PERMITS["plan_event"])
step_operation(router, events.CALL_OFF_EVENT, "/events/{event_id}/off", PERMITS["call_off_event"])
step_operation(router, events.BOOK_SLOT, "/cases/{case_id}/events/{event_id}", PERMITS["book_slot"])
step_operation(router, rerouting.ANSWER_MOVE, "/cases/{case_id}/take-over", PERMITS["answer_move"])
step_operation(router, rerouting.CLOSE_CASE, "/cases/{case_id}/closing", PERMITS["close_case"])
