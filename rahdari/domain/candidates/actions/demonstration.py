"""The invented people a school of the demonstration trains: its list, a course with a cohort, some days of attendance."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Grant
from rahdari.domain.accounts.queries import actor_for

from ..access import PERMITS
from ..models import Course, File, PeopleList
from .listing import draft_list
from .taking import take_list
from .training import add_trainees, open_cohort, open_course, record_attendance

SCHOOL = "pk:org:demo-school"
# Two of them may be one person: so that there is a pair to judge.
PEOPLE = """Name,نام,Father's Name,CNIC,Date of Birth,Gender
Gulnaz Mirza,گل ناز مرزا,Anwar Mirza,17301-9100017-2,1999-04-03,F
Gul Naz Mirza,گلناز مرزا,Anwer Mirza,17301-9600093-2,1999-04-03,F
Shahbaz Tanoli,شہباز تنولی,Rafiq Tanoli,13101-9200038-1,2001-11-21,M
Mehr Bano,مہر بانو,Sher Zaman,15602-9300059-4,1997-07-14,F
Asfand,اسفند,Zar Wali,17201-9400072-3,2000-01-01,M
Noor-ul-Ain Sethi,نور العین سیٹھی,Masood Sethi,61101-9500081-6,1998-09-30,F
"""
HOURS, MINUTES, DAYS = 120, 300, (1, 2, 3)


def seed_candidates(*, actor: Actor, at: dt.datetime) -> int:
    """Takes in the invented list of the demonstration's school and opens its course; says how many people are new.

    Can be done again: what is there stays. Needs the invented people. Refuses `not_permitted` in production.
    """
    with unit_of_work("candidates.seed_candidates", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_candidates"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        new = 0
        grant = Grant.objects.filter(role="training_desk", body=SCHOOL, person__invented=True, ends_at=None).first()
        if grant is not None and not PeopleList.objects.filter(body=SCHOOL).exists():
            new = _seed(unit, actor_for(grant.person, grant))
        unit.about(File(), people=new)
    return new


def _seed(unit: Unit, desk: Actor) -> int:
    told, today = {"actor": desk, "at": unit.at}, day_at(unit.at, "pk")
    row = draft_list(name="trainees (invented).csv", content=PEOPLE.encode(), **told)  # type: ignore[arg-type]
    row = take_list(list_id=row.pk, agreed=True, **told)  # type: ignore[arg-type]
    course = Course.objects.filter(body=SCHOOL).first() or open_course(
        title="Japanese for care work (invented)",
        hours=HOURS,
        field="NURSING_CARE",
        aim="N4",
        **told,  # type: ignore[arg-type]
    )
    begin = today - dt.timedelta(days=max(DAYS))
    days = {"starts_on": begin, "last_on": today + dt.timedelta(days=60)}
    cohort = open_cohort(course_id=course.pk, seats=20, demand="Demand of Hinata Care (invented)", **days, **told)  # type: ignore[arg-type]
    add_trainees(cohort_id=cohort.pk, list_id=row.pk, **told)  # type: ignore[arg-type]
    there = list(cohort.trainees.values_list("pk", flat=True))
    for back in DAYS:
        on = today - dt.timedelta(days=back)
        record_attendance(cohort_id=cohort.pk, on=on, minutes=MINUTES, present=there[: len(there) - back], **told)  # type: ignore[arg-type]
    return int(row.counts["fates"]["new"])
