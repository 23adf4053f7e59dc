"""The desk of a training centre: courses, cohorts, who is in them, attendance, completion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet, Sum

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..models import Attendance, Cohort, Course, File, ListRow, Trainee
from ..queries.files import files_visible_to
from ..rules.training import TRAINEE_MOVES, why_not_attend, why_not_cohort, why_not_complete, why_not_course, why_not_join

ONE_DAY = dt.timedelta(days=1)


def open_course(*, actor: Actor, title: str, hours: int, field: str = "", aim: str = "", at: dt.datetime) -> Course:
    """A training desk opens a course: what is taught, for which field, up to which level of language, in how many hours.

    Refuses `course_title_missing`, `course_hours_wrong`, `course_there`.
    """
    with unit_of_work("candidates.open_course", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_course"])
        unit.alone(f"candidates.course {actor.body}")
        taken = Course.objects.filter(body=actor.body, title=title.strip()).exists()
        unit.refuse(why_not_course(title=title, hours=hours, taken=taken))
        course = Course(body=actor.body, title=title.strip(), hours=hours, field=field, aim=aim, opened_at=at)
        unit.add(course)
        unit.about(course, hours=hours, field=field)
    return course


def open_cohort(
    *, actor: Actor, course_id: UUID, starts_on: dt.date, last_on: dt.date, seats: int, demand: str, at: dt.datetime
) -> Cohort:
    """A training desk opens a cohort of a course: its days, its seats, and which demand stands behind it.

    Refuses `cohort_ends_before`, `cohort_over`, `cohort_seats_missing`, `demand_behind_missing`, and another centre's course.
    """
    with unit_of_work("candidates.open_cohort", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_cohort"])
        course = unit.lock(Course, course_id)
        unit.permit(PERMITS["open_cohort"], course)
        told = {"starts_on": starts_on, "last_on": last_on, "seats": seats, "demand": demand}
        unit.refuse(why_not_cohort(**told, today=day_at(at, "pk")))  # type: ignore[arg-type]  # the members above
        cohort = Cohort(  # type: ignore[misc]  # signed in, or refused above
            course=course, starts_on=starts_on, until=last_on + ONE_DAY, seats=seats, demand=demand.strip(), opened_at=at,
            opened_by=actor.person,
        )  # fmt: skip
        unit.add(cohort)
        unit.about(cohort, course=course.pk, seats=seats)
    return cohort


def _cohort(unit: Unit, permit: Permit, cohort_id: UUID, seen: int | None = None) -> Cohort:
    unit.permit(permit)
    cohort = unit.lock(Cohort, cohort_id, seen=seen)
    unit.permit(permit, cohort.course)
    return cohort


def add_trainees(
    *, actor: Actor, cohort_id: UUID, list_id: UUID | None = None, file_id: UUID | None = None, seen: int | None = None,
    at: dt.datetime,
) -> Cohort:  # fmt: skip
    """People join a cohort: all whom a list of the centre brought, or one person who lets the centre see their file.

    Refuses `nobody_to_join`, `cohort_full`, `stale`. Whoever is in it already stays so.
    """
    with unit_of_work("candidates.add_trainees", actor=actor, at=at) as unit:
        cohort = _cohort(unit, PERMITS["add_trainees"], cohort_id, seen)
        coming = list(_coming(actor, cohort, list_id, file_id, at))
        unit.refuse(why_not_join(seats=cohort.seats, there=cohort.trainees.count(), coming=len(coming)))
        joined = day_at(at, "pk")
        Trainee.objects.bulk_create([Trainee(cohort=cohort, file=file, joined_on=joined) for file in coming])
        unit.save(cohort)
        unit.about(cohort, joined=len(coming))
    return cohort


def _coming(actor: Actor, cohort: Cohort, list_id: UUID | None, file_id: UUID | None, at: dt.datetime) -> QuerySet[File]:
    """Whom a list of the centre brought, or the one file its owner opened to it; who is in the cohort already left out."""
    files = File.objects.filter(erased_at=None, merged_into=None).exclude(trainings__cohort=cohort)
    if list_id is not None:
        rows = ListRow.objects.filter(of=list_id, of__body=actor.body, file__isnull=False)
        return files.filter(pk__in=rows.values("file"))
    seen = files_visible_to(actor, at).order_by().values("pk")
    return files.filter(pk=file_id, pk__in=seen) if file_id is not None else files.none()


def record_attendance(
    *, actor: Actor, cohort_id: UUID, on: dt.date, minutes: int, present: Sequence[UUID], seen: int | None = None, at: dt.datetime
) -> Cohort:
    """Who of a cohort was there on a day, and for how many minutes; recording a day again puts it right.

    Refuses `day_outside_cohort`, `date_in_future`, `minutes_wrong`, `not_in_cohort`, `stale`. Whoever is not named was not there.
    """
    with unit_of_work("candidates.record_attendance", actor=actor, at=at) as unit:
        cohort = _cohort(unit, PERMITS["record_attendance"], cohort_id, seen)
        today = day_at(at, "pk")
        against = why_not_attend(on=on, starts_on=cohort.starts_on, until=cohort.until, minutes=minutes, today=today)
        unit.refuse(against)
        trainees = {one.pk: one for one in cohort.trainees.select_for_update().filter(state="in_training")}
        unit.refuse([] if set(present) <= set(trainees) else [Refusal("not_in_cohort", member="present")])
        Attendance.objects.filter(trainee__in=list(trainees), on=on).delete()
        there = [Attendance(trainee=trainees[pk], on=on, minutes=minutes) for pk in dict.fromkeys(present)]
        Attendance.objects.bulk_create(there)
        sums = dict(
            Attendance.objects.filter(trainee__in=list(trainees)).values_list("trainee").annotate(sum=Sum("minutes")).order_by()
        )
        for pk, trainee in trainees.items():
            trainee.minutes = sums.get(pk, 0)
        Trainee.objects.bulk_update(list(trainees.values()), ["minutes"])
        unit.save(cohort)
        unit.about(cohort, on=on, minutes=minutes, present=len(there))
    return cohort


def record_completion(*, actor: Actor, trainee_id: UUID, on: dt.date, at: dt.datetime) -> Trainee:
    """A trainee completed the course on a day; it stands in their file for themself and whom they allow.

    Refuses `hours_missing` with how many, `date_in_future`, `wrong_state`.
    """
    with unit_of_work("candidates.record_completion", actor=actor, at=at) as unit:
        trainee = _trainee(unit, PERMITS["record_completion"], trainee_id)
        course = trainee.cohort.course
        against = why_not_move(TRAINEE_MOVES, trainee.state, "completed")
        against += why_not_complete(minutes=trainee.minutes, hours=course.hours)
        unit.refuse(against + ([Refusal("date_in_future", {"day": on}, member="on")] if on > day_at(at, "pk") else []))
        trainee.state, trainee.completed_on = "completed", on
        unit.save(trainee)
        unit.about(trainee, course=course.pk)
    return trainee


def leave_training(*, actor: Actor, trainee_id: UUID, at: dt.datetime) -> Trainee:
    """A trainee left the course before its end; recorded again they are back. Refuses `wrong_state` for a completed one."""
    with unit_of_work("candidates.leave_training", actor=actor, at=at) as unit:
        trainee = _trainee(unit, PERMITS["leave_training"], trainee_id)
        to = "in_training" if trainee.state == "left_training" else "left_training"
        unit.refuse(why_not_move(TRAINEE_MOVES, trainee.state, to))
        trainee.state = to
        unit.save(trainee)
        unit.about(trainee, state=to)
    return trainee


def _trainee(unit: Unit, permit: Permit, trainee_id: UUID) -> Trainee:
    unit.permit(permit)
    trainee = unit.lock(Trainee, trainee_id)
    if permit.why_not(unit.actor, trainee.cohort.course):
        raise Missing(f"Trainee {trainee_id}")
    return trainee
