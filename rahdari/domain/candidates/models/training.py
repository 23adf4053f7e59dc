"""Tables of candidates: the desk of a training centre: courses, cohorts, who is in them, attendance, completion."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rahdari.base.rows import Row

from .files import File


class Course(Row):
    """What a centre teaches: for which field, up to which level of language, and how many hours it takes."""

    body = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    aim = models.CharField(max_length=40, blank=True)
    hours = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="one_course_a_title")]


class Cohort(Row):
    """People taught together in one course: from when, until when (exclusive), how many seats, which demand stands behind it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField()
    until = models.DateField()
    seats = models.PositiveSmallIntegerField()
    demand = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("starts_on")), name="a_cohort_begins_before_it_ends")]


class Trainee(Row):
    """One person in one cohort; completed once the hours are there."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="trainees")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="trainings")
    state = models.CharField(max_length=16, default="in_training")
    joined_on = models.DateField()
    completed_on = models.DateField(null=True)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["joined_on", "id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "file"], name="one_place_a_person")]


class Attendance(Row):
    """One day of one trainee: how many minutes they were there; a correction is the same row anew, its history in the audit."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="attended")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["trainee", "on"], name="one_attendance_a_day")]
