"""Files as an actor may see them: one's own, the one in front of the counter, and those whose owner allowed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.work import Missing

from ..models import Consent, CounterVisit, File, Internship, Qualification
from ..rules.files import SHOW_FILE
from ..rules.tests import Interned, Passed, missing_tests, not_waived

AT_COUNTER = dt.timedelta(minutes=30)
COUNTER = "oec_counter"


def file_of(person: UUID | None) -> File | None:
    """The file of a person who signs in, None before one was opened; of one that was merged, the file that goes on."""
    if person is None:
        return None
    found = File.objects.filter(person=person, erased_at=None).select_related("merged_into").first()
    return found if found is None or found.merged_into is None else found.merged_into


def with_merged(file: File) -> list[UUID]:
    """The ids of a file and of those that ended in it: all that is kept of one person."""
    return [file.pk, *file.merged_files.order_by("opened_at").values_list("pk", flat=True)]


def files_visible_to(actor: Actor, at: dt.datetime) -> QuerySet[File]:
    """Files an actor may see at a moment: the person's own, at a counter the one in front of it, else by consent."""
    files = File.objects.filter(erased_at=None, merged_into=None).order_by("-opened_at")
    if actor.node != "pk" or actor.person is None:
        return files.none()
    if actor.role == "worker":
        return files.filter(Q(person=actor.person) | Q(merged_files__person=actor.person))
    if actor.role == COUNTER:
        visit = visit_of(actor, at)
        return files.filter(pk=visit.file_id) if visit is not None else files.none()
    return files.filter(pk__in=_in_force(SHOW_FILE, actor.body, at).values("file")) if actor.body else files.none()


def visit_of(actor: Actor, at: dt.datetime) -> CounterVisit | None:
    """The visit under way at this counter: the newest, while it lasts; whoever came before is no longer in front of it."""
    if actor.person is None:
        return None
    visits = CounterVisit.objects.filter(officer=actor.person, body=actor.body).order_by("-begun_at", "-id")
    newest = visits.first()
    return newest if newest is not None and newest.begun_at <= at < newest.until else None


def file_for(actor: Actor, file_id: UUID, at: dt.datetime) -> File:
    """One file; `Missing` when there is none or not for this actor."""
    found = files_visible_to(actor, at).filter(pk=file_id).first()
    if found is None:
        raise Missing(f"File {file_id}")
    return found


def file_at_hand(actor: Actor, file_id: UUID | None, at: dt.datetime) -> File:
    """The file of the person who acts, or the one in front of the counter; `Missing` when there is none."""
    files = files_visible_to(actor, at)
    found = (files.filter(pk=file_id) if file_id is not None else files).first()
    if found is None:
        raise Missing("File")
    return found


def _in_force(purpose: str, body: str, at: dt.datetime) -> QuerySet[Consent]:
    holds = Q(until=None) | Q(until__gt=day_at(at, "pk"))
    return Consent.objects.filter(holds, purpose=purpose, body=body, withdrawn_at=None, given_at__lte=at)


def consent_in_force(file: File, purpose: str, body: str, at: dt.datetime) -> Consent | None:
    """The consent of a person to one body for one purpose that holds at a moment."""
    return _in_force(purpose, body, at).filter(file=file).first()


def passed_tests(file: File) -> list[Qualification]:
    """The tests a person passed, void ones left out."""
    return list(Qualification.objects.filter(file=file, void_from=None).order_by("passed_on"))


def still_missing(file: File, asked: Iterable[str], field: str) -> list[str]:
    """The tests a kind of work asks that the file does not show, and that no training well completed takes the place of."""
    missing = missing_tests(asked, field, [Passed(one.exam, one.field) for one in passed_tests(file)])
    if not missing:
        return []
    return not_waived(missing, field, [_read(one) for one in internships_of(file)], current_book(), day_at(now(), "pk"))


def waiving(file: File, asked: Iterable[str], field: str) -> list[Internship]:
    """The training that stands for tests a kind of work asks and the file does not show; none where every test is passed."""
    missing = missing_tests(asked, field, [Passed(one.exam, one.field) for one in passed_tests(file)])
    if not missing:
        return []
    book, today = current_book(), day_at(now(), "pk")
    return [one for one in internships_of(file) if len(not_waived(missing, field, [_read(one)], book, today)) < len(missing)]


def _read(one: Internship) -> Interned:
    return Interned(one.stage, one.field, one.months, one.completed_well)


def internships_of(file: File) -> list[Internship]:
    """The technical intern training a person records, the last first."""
    return list(Internship.objects.filter(file=file))
