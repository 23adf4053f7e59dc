"""The demand behind the seats of a test: what employers ask for and a mission has attested, in places alone."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, F, Q, Sum, When

from rahdari.base.reference import Book
from rahdari.domain.jobs.models import Demand

from ..models import Sitting
from ..rules.demand import Need
from ..rules.figures import figure_row
from ..rules.sittings import exam_row

ATTESTED = ("attested", "permitted")


def need_for(exam: str, field: str, book: Book, today: dt.date, at: dt.datetime) -> Need:
    """What stands behind seats of a test: places of attested demands that ask it and are open, and seats to come.

    A permission may have fewer places than were asked for; then those count.
    """
    asked = Demand.objects.filter(state__in=ATTESTED, closes_on__gte=today, tests__contains=[exam])
    asked = asked.filter(field=field) if field else asked
    places = Case(When(permitted_places__gt=0, then=F("permitted_places")), default=F("places"))
    to_come = Sitting.objects.filter(Q(exam=exam, field=field), state="seats_open", starts_at__gt=at)
    row = figure_row(book, "seats_per_100_places", today, exam)
    return Need(
        places=asked.aggregate(all=Sum(places))["all"] or 0,
        per_100=int(row["number"]),
        open_seats=to_come.aggregate(all=Sum("seats"))["all"] or 0,
        source=row["source"],
        confidence=row["confidence"],
    )


def needs_now(book: Book, today: dt.date, at: dt.datetime) -> list[tuple[str, str, Need]]:
    """Each test that attested demand asks for, with its field where it is one of a field, and what is needed of it."""
    asked = Demand.objects.filter(state__in=ATTESTED, closes_on__gte=today).values_list("tests", "field").distinct()
    pairs = {(exam, field if of_field(book, exam, today) else "") for tests, field in asked for exam in tests}
    return [(exam, field, need_for(exam, field, book, today, at)) for exam, field in sorted(pairs)]


def of_field(book: Book, exam: str, on: dt.date) -> bool:
    """Whether a test is one of a field."""
    row = exam_row(book, exam, on)
    return row is not None and row["kind"].startswith("skill")
