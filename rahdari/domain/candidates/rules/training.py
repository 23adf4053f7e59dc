"""Courses, cohorts, attendance and completion: the rules. No Django, no database, no clock here."""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal

TRAINEE_MOVES = {"in_training": {"completed", "left_training"}, "completed": set(), "left_training": {"in_training"}}
HOUR, LONGEST_DAY, MOST_HOURS = 60, 12 * 60, 3_000


def why_not_course(*, title: str, hours: int, taken: bool) -> list[Refusal]:
    """Why a course cannot be opened so."""
    against = [] if title.strip() else [Refusal("course_title_missing", member="title")]
    if not 0 < hours <= MOST_HOURS:
        against.append(Refusal("course_hours_wrong", {"most": MOST_HOURS}, member="hours"))
    return against + ([Refusal("course_there", member="title")] if taken else [])


def why_not_cohort(*, starts_on: dt.date, last_on: dt.date, seats: int, demand: str, today: dt.date) -> list[Refusal]:
    """Why a cohort cannot be opened so: it needs days, seats, and the demand that stands behind it."""
    against = []
    if last_on < starts_on:
        against.append(Refusal("cohort_ends_before", member="last_on"))
    if last_on < today:
        against.append(Refusal("cohort_over", member="last_on"))
    if seats < 1:
        against.append(Refusal("cohort_seats_missing", member="seats"))
    if not demand.strip():
        against.append(Refusal("demand_behind_missing", member="demand"))
    return against


def why_not_join(*, seats: int, there: int, coming: int) -> list[Refusal]:
    """Why people cannot join a cohort: nobody comes, or there are too few seats."""
    if coming < 1:
        return [Refusal("nobody_to_join")]
    return [Refusal("cohort_full", {"free": max(seats - there, 0)})] if there + coming > seats else []


def why_not_attend(*, on: dt.date, starts_on: dt.date, until: dt.date, minutes: int, today: dt.date) -> list[Refusal]:
    """Why attendance of a day cannot be recorded."""
    against = []
    if not starts_on <= on < until:
        against.append(Refusal("day_outside_cohort", member="on"))
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="on"))
    if not 0 <= minutes <= LONGEST_DAY:
        against.append(Refusal("minutes_wrong", {"most": LONGEST_DAY}, member="minutes"))
    return against


def why_not_complete(*, minutes: int, hours: int) -> list[Refusal]:
    """`hours_missing`, with how many, where a trainee was not there for long enough."""
    missing = hours * HOUR - minutes
    return [Refusal("hours_missing", {"hours": -(-missing // HOUR)})] if missing > 0 else []
