"""Cases for tests, made by the acts of those who may, on Pakistan's node alone or over both.

case("applied")                  on Pakistan's node: applied, nominated, interview_set, reserve, not_selected (Japan's steps from paper)
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from rahdari.base.actor import Actor
from rahdari.domain.jobs.models import Vacancy
from rahdari.domain.placements import actions, inbox
from rahdari.domain.placements.models import Case
from tests.make import candidates, jobs

AT = jobs.AT
TOKYO = ZoneInfo("Asia/Tokyo")


def interview_at(at: dt.datetime = AT) -> dt.datetime:
    """Two o'clock in Japan, ten in Pakistan, twelve days later."""
    return (at + dt.timedelta(days=12)).astimezone(TOKYO).replace(hour=14, minute=0, second=0, microsecond=0)


INTERVIEW_AT, AFTER = interview_at(), AT + dt.timedelta(days=13)
RECEIVERS = jobs.RECEIVERS | {
    "placement.nominated/1": inbox.placement_nominated,
    "placement.interview_set/1": inbox.placement_interview_set,
    "placement.decided/1": inbox.placement_decided,
    "interview_answered": inbox.interview_answered,
}


def applied(vacancy: Vacancy | None = None, *, at: dt.datetime = AT, **told: Any) -> tuple[Actor, Case]:
    """A worker who applied, and their case."""
    vacancy = vacancy or jobs.vacancy(at=at)
    worker, _file = candidates.file(at=at, **told)
    return worker, actions.file_application(actor=worker, vacancy_id=vacancy.pk, show_file=True, at=at)


def case_of(person: Any, vacancy: Vacancy | None = None, *, at: dt.datetime = AT) -> Case:
    """The case of somebody who has an account already, and opened a file."""
    who, _file = candidates.file(person, at=at)
    vacancy = vacancy or jobs.vacancy(at=at)
    return actions.file_application(actor=who, vacancy_id=vacancy.pk, show_file=True, at=at)


def nominate(case: Case, *, at: dt.datetime = AT) -> Case:
    """Named to the employer."""
    actions.nominate_candidate(actor=jobs.promoter(), case_id=case.pk, rank=1, rule="test_score", at=at)
    case.refresh_from_db()
    return case


def set_interview(case: Case, actor: Actor, *, at: dt.datetime = AT, **told: Any) -> Case:
    """A time is set by the actor: the employer on its own node, whoever recruits from paper."""
    told = {"starts_at": interview_at(at), "place": "video link", "language": "ja"} | told
    actions.set_interview(actor=actor, case_id=case.pk, at=at, **told)
    case.refresh_from_db()
    return case


def case(state: str = "applied", *, at: dt.datetime = AT, **told: Any) -> tuple[Actor, Case]:
    """A case in a state on Pakistan's node alone, with its worker."""
    worker, made = applied(at=at, **told)
    if state != "applied":
        made = nominate(made, at=at)
    if state not in ("applied", "nominated"):
        made = set_interview(made, jobs.promoter(), at=at, paper=jobs.paper(at, number=""))
    if state in ("reserve", "not_selected"):
        after = at + dt.timedelta(days=13)
        actions.record_decision(
            actor=jobs.promoter(),
            case_id=made.pk,
            outcome=state,
            reason="language_below" if state == "not_selected" else "",
            rank=1 if state == "reserve" else None,
            paper=jobs.paper(after, number=""),
            at=after,
        )
        made.refresh_from_db()
    return worker, made
