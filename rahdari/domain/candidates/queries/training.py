"""The desk of a training centre as it sees itself, and what a person completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..access import PERMITS
from ..models import Attendance, Cohort, Course, File, PeopleList, Trainee
from ..rules.training import HOUR

STATES = ("in_training", "completed", "left_training")


def courses_of(actor: Actor) -> QuerySet[Course]:
    """The courses of the actor's own centre."""
    courses = Course.objects.order_by("title", "id")
    return courses.filter(body=actor.body) if actor.body and not PERMITS["see_training"].why_not(actor) else courses.none()


def cohorts_of(actor: Actor) -> QuerySet[Any]:
    """The cohorts of the actor's own centre with how many are in them and how many completed, the newest first."""
    cohorts = Cohort.objects.filter(course__in=courses_of(actor).order_by()).select_related("course")
    done = Count("trainees", filter=Q(trainees__state="completed"))
    counted: QuerySet[Any] = cohorts.annotate(there=Count("trainees"), done=done)
    return counted.order_by("-starts_on", "-id")


def course_for(actor: Actor, course_id: UUID) -> Course:
    """One course; `Missing` when it is another centre's."""
    found = courses_of(actor).filter(pk=course_id).first()
    if found is None:
        raise Missing(f"Course {course_id}")
    return found


def cohort_for(actor: Actor, cohort_id: UUID) -> Cohort:
    """One cohort; `Missing` when it is another centre's."""
    found: Cohort | None = cohorts_of(actor).filter(pk=cohort_id).first()
    if found is None:
        raise Missing(f"Cohort {cohort_id}")
    return found


def trainee_for(actor: Actor, trainee_id: UUID) -> Trainee:
    """One trainee; `Missing` when it is another centre's."""
    found = Trainee.objects.filter(pk=trainee_id, cohort__course__in=courses_of(actor).order_by()).first()
    if found is None:
        raise Missing(f"Trainee {trainee_id}")
    return found


@dataclass(frozen=True, slots=True)
class TraineeSeen:
    """A trainee with the hours attended and those still missing, in whole hours."""

    row: Trainee
    hours: int
    missing: int


def trainees_of(cohort: Cohort) -> list[TraineeSeen]:
    """Everybody in a cohort, by name."""
    rows = cohort.trainees.select_related("file").order_by("file__name", "id")
    needed = cohort.course.hours * HOUR
    return [TraineeSeen(row, row.minutes // HOUR, max(0, -(-(needed - row.minutes) // HOUR))) for row in rows]


def days_of(cohort: Cohort) -> Sequence[tuple[object, int]]:
    """The days with attendance and how many were there, the newest first."""
    rows = Attendance.objects.filter(trainee__cohort=cohort).values_list("on").annotate(there=Count("id")).order_by("-on")
    return list(rows)


def lists_to_join(actor: Actor) -> dict[str, str]:
    """The lists of the centre that were taken in, by what they are called."""
    rows = PeopleList.objects.filter(body=actor.body, state="list_taken").order_by("-handed_in_at") if actor.body else []
    return {str(row.pk): f"{row.file_name} · {row.counts.get('fates', {}).get('new', 0)}" for row in rows}


def trainings_of(file: File) -> QuerySet[Trainee]:
    """The courses of a person, the newest first."""
    return Trainee.objects.filter(file=file).select_related("cohort__course").order_by("-joined_on", "-id")
