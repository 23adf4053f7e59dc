"""Nominated candidates on both nodes, and timetables of their interviews on Japan's.

corridor = named(two_nodes(settings), 3)      three candidates of one demand, named to the employer
with corridor.on("jp"):
    draft(demand_of(), at=AT)                 a timetable of all who wait for a time
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import override_settings

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.jobs.models import Demand
from rahdari.domain.placements.forms.timetables import DRAFT_TIMETABLE
from rahdari.domain.placements.models import Case, Timetable
from tests.make import candidates, jobs, organisations, placements
from tests.make.people import actor, organisation, sign_in
from tests.make.two_nodes import Corridor

AT = jobs.AT
FIRST = dt.date(2026, 12, 8)


def named(corridor: Corridor, number: int = 1, *, at: dt.datetime = AT) -> Corridor:
    """Candidates of one demand, applied and named, on both nodes."""
    for code in ("pk", "jp"):
        with corridor.on(code):
            for kind, body in (("OEP", jobs.PROMOTER), ("ACCEPTING_ORG", jobs.EMPLOYER)):
                organisation(kind, body)
    with corridor.on("pk"):
        organisations.licensed(jobs.PROMOTER, jobs.LICENCE, at=at - dt.timedelta(days=30))
    corridor.exchange(at=at)
    with corridor.on("jp"):
        jobs.demand(at=at)
    corridor.exchange(at=at)
    with corridor.on("pk"):
        demand = Demand.objects.get()
        jobs_actions.attest_demand(actor=actor("attache"), demand_id=demand.pk, at=at)
        demand = jobs_actions.permit_demand(actor=jobs.protector(), demand_id=demand.pk, at=at)
        vacancy = jobs.vacancy(of=demand, at=at)
        for rank in range(1, number + 1):
            worker, _file = candidates.file(at=at)
            case = placements.actions.file_application(actor=worker, vacancy_id=vacancy.pk, show_file=True, at=at)
            told = {"rank": rank, "rule": "test_score"}
            placements.actions.nominate_candidate(actor=jobs.promoter(), case_id=case.pk, **told, at=at)
    corridor.exchange(at=at)
    return corridor


def hours(interviewer: str = "Sato Kenji (invented)", **changed: Any) -> dict[str, Any]:
    """A line of hours, as a program sends it."""
    told = {
        "interviewer": interviewer, "place": f"video link of {interviewer}", "first_on": FIRST.isoformat(),
        "last_on": FIRST.isoformat(), "begins": "13:00", "ends": "17:00",
    }  # fmt: skip
    return told | changed


def draft(who: Actor, *lines: dict[str, Any], at: dt.datetime = AT, **told: Any) -> Timetable:
    """A timetable of everybody who waits for a time, on the present node."""
    cases = told.pop("cases", None)
    waiting = Case.objects.filter(state="nominated")
    named = [str(one.pk) for one in waiting] if cases is None else cases
    members = DRAFT_TIMETABLE.members({"cases": named, "hours": list(lines) or [hours()], **told})
    return DRAFT_TIMETABLE.act(actor=who, demand_id=Demand.objects.get().pk, at=at, **members)


def of_another(client: Any) -> Any:
    """A timetable of an employer, asked for by another one: for `tests/house/test_others.py`."""
    sign_in(client, "employer", "jp:org:other", node="jp")
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        who, demand = jobs.employer(), jobs.demand(at=now())
    with unit_of_work("tests.timetable", actor=who, at=now()) as unit:
        asked = {"cases": [], "hours": [], "minutes": 30, "pause": 10, "most_a_day": 9, "language": "en", "interpreter": "none"}
        made = unit.add(Timetable(demand=demand, body=who.body, asked=asked, maker="greedy", drafted_at=now()))
        unit.about(made)
    return made.pk
