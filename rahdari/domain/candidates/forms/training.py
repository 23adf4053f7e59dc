"""What is asked at the desk of a training centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Day, Facts, code_of
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..queries.training import cohort_for, course_for, lists_to_join

SEE = "candidates.see_cohort"
LEVELS = ("JFT_A2", "N5", "N4", "N3", "N2", "N1")


class OpenCourse(Facts):
    """A course."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    field: Annotated[str, code_of("fields")] | None = None
    aim: Annotated[str, Field(max_length=40)] | None = None
    hours: Annotated[int, Field(ge=1, le=3000)]


class OpenCohort(Facts):
    """A cohort of a course."""

    starts_on: Day
    last_on: Day
    seats: Annotated[int, Field(ge=1, le=5000)]
    demand: Annotated[str, Field(min_length=1, max_length=300)]


class AddTrainees(Facts):
    """A list that was taken in, or the number of a file its owner opened to the centre."""

    list_id: Annotated[str, Field(max_length=36)] | None = None
    file_id: Annotated[str, Field(max_length=36)] | None = None


class RecordAttendance(Facts):
    """Who was there on a day, and for how long."""

    on: Day
    minutes: Annotated[int, Field(ge=0, le=720)]
    present: Annotated[list[Annotated[str, Field(max_length=36)]], Field(max_length=5000)] = []


def take_open_course(*, field: str | None = None, aim: str | None = None, **given: Any) -> Any:
    """Opens a course."""
    return actions.open_course(field=field or "", aim=aim or "", **given)


def id_of(text: str | None) -> UUID | None:
    """An id as it was chosen; one that is none names nothing."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)


def take_add_trainees(*, list_id: str | None = None, file_id: str | None = None, **given: Any) -> Any:
    """Lets people join a cohort."""
    return actions.add_trainees(list_id=id_of(list_id), file_id=id_of(file_id), **given)


def take_record_attendance(*, present: list[str] | None = None, **given: Any) -> Any:
    """Records who was there on a day."""
    return actions.record_attendance(present=[id_of(one) or UUID(int=0) for one in present or []], **given)


def crumbs() -> list[dict[str, str]]:
    """The way to the desk."""
    return [{"url": reverse("candidates.see_training"), "label": gettext("Training")}]


def _opening(actor: Actor) -> Mapping[str, Any]:
    return {"crumbs": crumbs(), "codes": {"aim": LEVELS}}


def _of_course(actor: Actor, course_id: UUID) -> Mapping[str, Any]:
    course = course_for(actor, course_id)
    facts = [Fact(gettext("Course"), course.title), Fact(gettext("Hours"), course.hours)]
    return {"crumbs": crumbs(), "about": gettext("The course"), "facts": facts}


def _of_cohort(actor: Actor, cohort_id: UUID) -> Mapping[str, Any]:
    cohort = cohort_for(actor, cohort_id)
    facts = [Fact(gettext("Course"), cohort.course.title), Fact(gettext("Seats"), cohort.seats)]
    way = [*crumbs(), {"url": reverse(SEE, args=[cohort.pk]), "label": cohort.course.title}]
    told: dict[str, Any] = {"crumbs": way, "about": gettext("The cohort"), "facts": facts, "initial": {"seen": cohort.version}}
    return told | {"codes": {"list_id": lists_to_join(actor)}}


OPEN_COURSE = Step(
    "candidates", "open_course", OpenCourse, take_open_course, _opening, _("The course is open."), "candidates.see_training"
)  # fmt: skip
OPEN_COHORT = Step(
    "candidates", "open_cohort", OpenCohort, actions.open_cohort, _of_course, _("The cohort is open."), SEE, with_result=True
)  # fmt: skip
ADD_TRAINEES = Step("candidates", "add_trainees", AddTrainees, take_add_trainees, _of_cohort, _("They are in the cohort."), SEE)
RECORD_ATTENDANCE = Step(
    "candidates", "record_attendance", RecordAttendance, take_record_attendance, _of_cohort, _("The day is recorded."), SEE
)  # fmt: skip
