"""The demand behind the seats of a test: what employers ask for and a mission has attested, in places alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import Case, F, QuerySet, Sum, When

from rahdari.base.reference import Book
from rahdari.domain.jobs.models import Demand

from ..models import Sitting
from ..rules.demand import Need
from ..rules.figures import figure_row
from ..rules.sittings import exam_row

ATTESTED = ("attested", "permitted")
PLACES = Case(When(permitted_places__gt=0, then=F("permitted_places")), default=F("places"))  # fewer permitted count


def _asked(today: dt.date) -> QuerySet[Demand]:
    return Demand.objects.filter(state__in=ATTESTED, closes_on__gte=today)


def _to_come(at: dt.datetime) -> QuerySet[Sitting]:
    return Sitting.objects.filter(state="seats_open", starts_at__gt=at)


def _need(exam: str, book: Book, today: dt.date, places: int, open_seats: int) -> Need:
    row = figure_row(book, "seats_per_100_places", today, exam)
    return Need(places, int(row["number"]), open_seats, row["source"], row["confidence"])


def need_for(exam: str, field: str, book: Book, today: dt.date, at: dt.datetime) -> Need:
    """What stands behind seats of a test: places of attested demands that ask it and are open, and seats to come.

    A permission may have fewer places than were asked for; then those count.
    """
    asked = _asked(today).filter(tests__contains=[exam], **({"field": field} if field else {}))
    to_come = _to_come(at).filter(exam=exam, field=field)
    places, seats = asked.aggregate(all=Sum(PLACES))["all"], to_come.aggregate(all=Sum("seats"))["all"]
    return _need(exam, book, today, places or 0, seats or 0)


def needs_now(book: Book, today: dt.date, at: dt.datetime) -> list[tuple[str, str, Need]]:
    """Each test that attested demand asks for, with its field where it is one of a field, and what is needed of it."""
    places: Counter[tuple[str, str]] = Counter()
    for tests, field, asked in _asked(today).order_by().values_list("tests", "field").annotate(all=Sum(PLACES)):
        for exam in set(tests):
            places[exam, field if of_field(book, exam, today) else ""] += asked
    open_seats = {(exam, field): seats for exam, field, seats in
                  _to_come(at).order_by().values_list("exam", "field").annotate(all=Sum("seats"))}  # fmt: skip
    return [
        (exam, field, _need(exam, book, today, count, open_seats.get((exam, field), 0)))
        for (exam, field), count in sorted(places.items())
    ]


def of_field(book: Book, exam: str, on: dt.date) -> bool:
    """Whether a test is one of a field."""
    row = exam_row(book, exam, on)
    return row is not None and row["kind"].startswith("skill")
