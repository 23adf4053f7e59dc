"""What a house test needs of files: another one's file, its papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.actions import add_trainees, give_consent, open_cohort, open_course, put_in_paper
from rahdari.domain.candidates.models import Likeness
from tests.make import candidates, people_lists
from tests.make.people import actor, actor_as, sign_in, sign_in_as, worker

PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


def file_of_another(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:other")
    return candidates.file(tests=(), at=now())[1].pk


def file_elsewhere(client: Client) -> Any:
    sign_in(client, "oec_counter")
    return candidates.file(tests=(), at=now())[1].pk


def paper_of_another(client: Client) -> Any:
    sign_in_as(client, worker())
    who, _file = candidates.file(tests=(), at=now())
    return put_in_paper(actor=who, kind="degree", name="degree.png", content=PNG, at=now()).pk


def list_of_another(client: Client) -> Any:
    sign_in(client, "training_desk", "pk:org:other-school")
    return people_lists.handed_in(actor("training_desk", "pk:org:school"), at=now()).pk


def course_of_another(client: Client) -> Any:
    sign_in(client, "training_desk", "pk:org:other-school")
    return open_course(actor=actor("training_desk", "pk:org:school"), title="C (invented)", hours=4, at=now()).pk


def cohort_of_another(client: Client) -> Any:
    course, today = course_of_another(client), now().date()
    told = {"starts_on": today, "last_on": today + dt.timedelta(days=9), "seats": 3, "demand": "D (invented)"}
    return open_cohort(actor=actor("training_desk", "pk:org:school"), course_id=course, **told, at=now()).pk


def trainee_of_another(client: Client) -> Any:
    cohort, school = cohort_of_another(client), actor("training_desk", "pk:org:school")
    who, file = candidates.file(tests=(), at=now())
    give_consent(actor=who, purpose="show_file", body=school.body, at=now())
    return add_trainees(actor=school, cohort_id=cohort, file_id=file.pk, at=now()).trainees.get().pk


FOREIGN = {
    **{f"candidates.{name}": ("pk", list_of_another) for name in ("see_list", "see_list_rows", "see_list_report")},
    **{f"candidates.{name}_list": ("pk", list_of_another) for name in ("map", "take", "withdraw", "undo")},
    "candidates.open_cohort": ("pk", course_of_another),
    **{f"candidates.{name}": ("pk", cohort_of_another) for name in ("see_cohort", "add_trainees", "record_attendance")},
    "candidates.record_completion": ("pk", trainee_of_another),
    "candidates.leave_training": ("pk", trainee_of_another),
    "candidates.see_candidate": ("pk", file_of_another),
    "candidates.end_visit": ("pk", file_elsewhere),
    "candidates.take_out_paper": ("pk", paper_of_another),
}


def lists_of_a_centre(client: Client) -> Any:
    desk = actor_as(sign_in(client, "training_desk", "pk:org:school"))
    return (lambda: people_lists.handed_in(desk, people_lists.rows(1), at=now())), []


def cohorts_of_a_centre(client: Client) -> Any:
    desk = actor_as(sign_in(client, "training_desk", "pk:org:school"))
    course = open_course(actor=desk, title="C (invented)", hours=4, at=now())
    told = {"starts_on": now().date(), "last_on": now().date() + dt.timedelta(days=9), "seats": 99, "demand": "D (invented)"}
    return (lambda: open_cohort(actor=desk, course_id=course.pk, **told, at=now())), []


def trainees_of_a_cohort(client: Client) -> Any:
    desk = actor_as(sign_in(client, "training_desk", "pk:org:school"))
    course = open_course(actor=desk, title="C (invented)", hours=4, at=now())
    told = {"starts_on": now().date(), "last_on": now().date() + dt.timedelta(days=9), "seats": 99, "demand": "D (invented)"}
    cohort = open_cohort(actor=desk, course_id=course.pk, **told, at=now())

    def more() -> None:
        who, file = candidates.file(tests=(), at=now())
        give_consent(actor=who, purpose="show_file", body=desk.body, at=now())
        add_trainees(actor=desk, cohort_id=cohort.pk, file_id=file.pk, at=now())

    return more, [cohort.pk]


def pairs(client: Client) -> Any:
    sign_in(client, "protector")
    _who, known = candidates.file(tests=(), at=now())

    def more() -> None:
        _other, file = candidates.file(tests=(), at=now())
        with unit_of_work("tests.likeness", actor=machine("pk", "timetable"), at=now()) as unit:
            pair = Likeness(file=file, other=known, pair=f"{known.pk}:{file.pk}", codes=["like_name"], found_at=now())
            unit.about(unit.add(pair))

    return more, []


def files_open_to_a_promoter(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:oep")

    def more() -> None:
        who, _file = candidates.file(tests=(), at=now())
        give_consent(actor=who, purpose="show_file", body="pk:org:oep", at=now())

    return more, []


LISTS = {
    "open files": ("pk", "candidates.see_candidates", files_open_to_a_promoter),
    "lists of people": ("pk", "candidates.see_lists", lists_of_a_centre),
    "cohorts": ("pk", "candidates.see_training", cohorts_of_a_centre),
    "trainees": ("pk", "candidates.see_cohort", trainees_of_a_cohort),
    "files that may be one": ("pk", "candidates.see_likenesses", pairs),
}
