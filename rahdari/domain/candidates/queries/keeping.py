"""What of a person is kept, for what, until when; what holds it; and the whole of it for the person to take along."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES
from rahdari.base.days import end_after
from rahdari.base.reference import Book
from rahdari.base.seen import looks_at
from rahdari.domain.accounts.queries.proxies import watches_of

from ..models import (
    Consent,
    CounterVisit,
    Degree,
    Dependant,
    File,
    FileChange,
    FileDraft,
    Internship,
    ListRow,
    PeopleList,
    Practice,
    Reveal,
    TalentProfile,
)
from .files import passed_tests
from .lists import pointing_here, unused
from .papers import papers_of
from .terms import term_of
from .training import trainings_of

OWN = "candidates"
HELD = {"Case": "held_cases", "Booking": "held_seats", "Result": "held_results"}
HELD_OTHERWISE = "held_otherwise"


def held_above(ids: Sequence[UUID]) -> dict[str, int]:
    """What in the storeys above rests on files, by a code of what it is: read off the keys that point here."""
    found: Counter[str] = Counter()
    for relation in pointing_here():
        if relation.related_model._meta.app_label != OWN:
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": list(ids)})
            count = rows.count()
            if count:
                found[HELD.get(relation.related_model.__name__, HELD_OTHERWISE)] += count
    return dict(found)


def _before(today: dt.date, code: str, book: Book) -> dt.datetime:
    """The first moment from which something is still within its term."""
    term = term_of(code, book, today)
    day = today - (end_after(today, term.number, term.unit) - today)
    return dt.datetime.combine(day, dt.time(), ZONES["pk"])


def drafts_over(book: Book, today: dt.date) -> QuerySet[FileDraft]:
    """Drafts that were last touched before their term."""
    return FileDraft.objects.filter(kept_at__lt=_before(today, "DRAFT", book)).order_by("kept_at")


def lists_over(book: Book, today: dt.date) -> QuerySet[PeopleList]:
    """Lists handed in before their term in which people are named still: that wait, or rows of which were left out."""
    old = PeopleList.objects.filter(handed_in_at__lt=_before(today, "LIST", book))
    named = ListRow.objects.filter(of=OuterRef("pk"), told__isnull=False)
    return old.filter(Q(state="list_drafted") | Exists(named)).order_by("handed_in_at")


def files_over(book: Book, today: dt.date) -> QuerySet[File]:
    """Files from lists whose owner never looked them over within the term, and on which nothing rests."""
    old = File.objects.filter(
        source="list", confirmed_at=None, erased_at=None, merged_into=None, opened_at__lt=_before(today, "LISTED", book)
    )
    return unused(old).order_by("opened_at")


def is_over(book: Book, today: dt.date) -> bool:
    """Whether anything is kept past its term."""
    return any(over(book, today).exists() for over in (drafts_over, lists_over, files_over))


# Of the file itself, what the person takes along.
EXPORTED = (
    "name", "name_urdu", "spellings", "father_name", "birth_date", "sex", "birthplace", "cnic", "passport_no",
    "passport_until", "skills", "languages", "education", "work", "available_from", "doubts", "source", "opened_at",
    "confirmed_at",
)  # fmt: skip


def export_of(file: File, actor: Actor) -> dict[str, Any]:
    """Everything that is kept of a person in their file, as plain data to take along; others' names are not in it.

    What was merged into the file is in it too, and with what stayed there.
    """
    merged = list(file.merged_files.order_by("opened_at"))
    files = [file, *merged]
    return {
        "file": _row(file, *EXPORTED),
        "merged_files": [_row(one, *EXPORTED) for one in merged],
        "tests": [
            _row(one, "exam", "field", "level", "passed_on", "certificate_no", "source")
            for part in files
            for one in passed_tests(part)
        ],
        "degrees": _rows(Degree, files, "kind", "institution", "subject", "year", "recognition", "recognition_no"),
        "internships": _rows(Internship, files, "stage", "field", "months", "ended_on", "completed_well"),
        "practice": _rows(Practice, files, "employer", "isco", "from_on", "until"),
        "dependants": _rows(Dependant, files, "relation", "status", "name", "birth_date", "passport_no", "recorded_at"),
        "papers": [
            {"kind": one.kind, "name": one.stored.name, "sha256": one.stored.hash} for part in files for one in papers_of(part)
        ],
        "training": [
            {"course": one.cohort.course.title, "state": one.state, "completed_on": _plain(one.completed_on)}
            for part in files
            for one in trainings_of(part)
        ],
        "profile": _rows(
            TalentProfile, files, "number", "text", "skills", "languages", "isco", "years", "district", "published_at", "until",
            "hidden_at",
        ),
        "visits": _rows(CounterVisit, files, "body", "begun_at", "until"),
        "asked_by_firms": [
            _row(one, "firm_name", "through_name", "purpose", "state", "asked_at", "declined_at", "answered_at", "withdrawn_at")
            | {"told": json.loads(one.told) if one.told else None}
            for one in Reveal.objects.filter(shown__profile__file__in=files).order_by("asked_at", "id")
        ],
        "consents": _rows(Consent, files, "purpose", "body", "given_at", "until", "withdrawn_at"),
        "corrections": _rows(FileChange, files, "at", "role", "members", "reason"),
        "watchers": [_row(one, "sees", "state", "asked_at", "allowed_at", "ended_at") for one in watches_of(file.person_id)],
        "looks": [_row(one, "at", "by_role", "by_body", "purpose") for one in looks_at(actor)[:1000]],
    }  # fmt: skip


def _rows(model: type[Model], files: Sequence[File], *names: str) -> list[dict[str, Any]]:
    return [_row(one, *names) for one in model._default_manager.filter(file__in=files).order_by("id")]


def _row(row: Any, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value
