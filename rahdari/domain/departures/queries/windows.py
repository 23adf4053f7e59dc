"""The windows of a departure as pages show them, and those that close before they were used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import get_language

from rahdari.base.clock import ZONES, day_at
from rahdari.base.reference import Book
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.rules.cases import OVER
from rahdari.domain.placements.rules.steps import SIGNED_AT

from ..models import Departure, Paper, Passenger
from ..rules.windows import (
    BOOKED,
    COE,
    PERMISSION,
    USED_IN,
    VISA,
    first_closed,
    is_to_be_used,
    side_of,
    warned_before,
)
from .cases import WARNED, WINDOW_OF, Journey

ACCEPTING = "jp"
STATION_OF = {COE: "COE", VISA: "VISA", PERMISSION: "PERMISSION"}  # in `stations`
AT_ONCE = 200  # in one turn of the timetable


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """A window with its first and last day, and how many days are left by the calendar of its side.

    `first` closes before the others, nothing hangs on a `used` one any more, of a `near` one the reader is warned, from `before`
    days before its last one on. `law`, `source` and `confidence` are those of its length.
    """

    code: str
    name: str
    begins: dt.date
    last: dt.date
    left: int
    first: bool
    used: bool
    near: bool
    law: str
    source: str
    confidence: str
    before: int

    @property
    def registers(self) -> bool:
        """Whether the registration must come before it closes, and not the landing."""
        return self.code == PERMISSION


def windows_seen(journey: Journey, at: dt.datetime, book: Book) -> list[WindowSeen]:
    """The windows of a case in the order they close, each counted by the calendar of the side that opened it."""
    lands_on = landing_of(journey.departure, at) if journey.departure is not None else None
    to_use = [one for one in journey.windows if is_to_be_used(one, state=journey.state, lands_on=lands_on)]
    days = {one.code: day_at(at, side_of(book, one.code, one.begins)) for one in journey.windows}
    first = first_closed(one for one in to_use if one.left(days[one.code]) >= 0)
    found = []
    for one in sorted(journey.windows, key=lambda one: one.until):
        today = days[one.code]
        before, left, hangs = warned_before(book, one.code, today) or 0, one.left(today), one in to_use
        row = book.in_force("windows", one.begins, code=one.code)[0]
        law = {name: row[name] for name in ("law", "source", "confidence")}
        told = {"first": one is first, "used": not hangs, "near": hangs and left <= before, "before": before, **law}
        found.append(WindowSeen(one.code, name_of(book, one.code), one.begins, one.last, left, **told))
    return found


def name_of(book: Book, code: str) -> str:
    """What a window is of, in the reader's language: the name of the station at which it opens."""
    row = book.one("stations", code=STATION_OF[code])
    return "" if row is None else row.get(f"name_{get_language() or 'en'}") or row["name_en"]


def landing_of(departure: Departure, at: dt.datetime) -> dt.date | None:
    """The day, by Japan's calendar, on which a booked flight that is still to come lands; None without one."""
    if departure.state != BOOKED:
        return None
    booked = Passenger.objects.filter(departure=departure, missed_because="", manifest__eta__gte=at)
    eta = booked.values_list("manifest__eta", flat=True).first()
    return None if eta is None else day_at(eta, ACCEPTING)


def windows_to_warn(node: str, at: dt.datetime, book: Book) -> list[tuple[UUID, str]]:
    """Cases and windows that close soon, on which something still hangs, and of which this node has not warned yet."""
    found: list[tuple[UUID, str]] = []
    for code, rows in (*_papers(node, at, book), *_permissions(node, at, book)):
        found += [(case_id, code) for case_id in rows[:AT_ONCE]]
    return found


def _horizon(code: str, node: str, at: dt.datetime, book: Book) -> dt.date | None:
    """The last end of a window that is warned of at a moment; None where this side is not warned of it."""
    today = day_at(at, side_of(book, code, day_at(at, node)))
    days = warned_before(book, code, today, node)
    return None if days is None else today + dt.timedelta(days=days + 1)  # `until` is the first day outside


def _papers(node: str, at: dt.datetime, book: Book) -> Iterator[tuple[str, QuerySet[Paper]]]:
    for kind, code in WINDOW_OF.items():
        horizon = _horizon(code, node, at, book)
        if horizon is None:
            continue
        own_word = Paper.objects.filter(departure=OuterRef("departure"), kind=kind).exclude(source="paper")
        lands_on = TruncDate("manifest__eta", tzinfo=ZONES[ACCEPTING], output_field=DateField())
        flights = Passenger.objects.annotate(lands_on=lands_on).filter(
            departure=OuterRef("departure"), missed_because="", manifest__eta__gte=at, lands_on__lt=OuterRef("until")
        )
        rows = Paper.objects.filter(kind=kind, until__lte=horizon, departure__state__in=USED_IN[code])
        rows = rows.exclude(departure__case__state__in=OVER).exclude(Q(source="paper") & Exists(own_word))
        rows = rows.exclude(Q(departure__state=BOOKED) & Exists(flights))
        warned = F(f"departure__{WARNED[code]}")
        rows = rows.filter(Q(**{f"departure__{WARNED[code]}": None}) | ~Q(until=warned)).order_by("until", "id")
        yield code, rows.values_list("departure__case_id", flat=True)


def _permissions(node: str, at: dt.datetime, book: Book) -> Iterator[tuple[str, QuerySet[Case]]]:
    horizon = _horizon(PERMISSION, node, at, book)
    if horizon is None:
        return
    done = Departure.objects.filter(case=OuterRef("pk")).filter(
        Q(**{WARNED[PERMISSION]: OuterRef("demand__permitted_until")}) | ~Q(state__in=USED_IN[PERMISSION])
    )
    rows = Case.objects.filter(home=node, station__gte=SIGNED_AT, demand__permitted_until__lte=horizon)
    rows = rows.exclude(state__in=OVER).exclude(Exists(done)).order_by("demand__permitted_until", "id")
    yield PERMISSION, rows.values_list("pk", flat=True)
