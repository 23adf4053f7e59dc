"""What a house test needs of files: another one's file, its papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

from rahdari.base.clock import now
from rahdari.domain.candidates.actions import add_trainees, give_consent, open_cohort, open_course, put_in_paper
from tests.make import candidates, people_lists
from tests.make.people import actor, sign_in, sign_in_as, worker

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
