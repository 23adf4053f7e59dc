"""Who can be put on a flight, airport by airport, and who cannot yet and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case as If
from django.db.models import CharField, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import ONE_DAY
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.domain.placements.queries import cases_visible_to
from rahdari.domain.placements.rules.cases import OVER
from rahdari.web.words import sentence, spoken

from ..models import Departure, Paper, Registration
from ..rules.manifests import CLEARED, SOON, airports_of
from ..rules.steps import why_not_list
from ..rules.windows import LANDING, bounds
from .cases import WINDOW_OF

ACCEPTING = "jp"
ELSEWHERE = ""  # of an office for which the tables name no airport
KIND_OF = {code: kind for kind, code in WINDOW_OF.items()}


@dataclass(frozen=True, slots=True)
class ReadySeen:
    """Somebody near the departure: how far, by which day they must have landed, and why they cannot be booked yet."""

    case_id: UUID
    name: str
    number: str
    employer: str
    airport: str
    ready: bool
    state: str
    clearance_no: str
    lands_by: dt.date | None
    why: Sequence[Refusal] = field(default_factory=tuple)

    @property
    def status(self) -> str:
        """How far the departure is, in words."""
        return sentence(self.state, {}, ("STATES",))


@dataclass(frozen=True, slots=True)
class AirportSeen:
    """An airport with how many near it can be booked and how many not yet; `iata` is empty for the offices without one."""

    iata: str
    name: Mapping[str, Any] | None
    ready: int
    waiting: int

    @property
    def label(self) -> str:
        """The city in the reader's language, else the name of the airport, and how many can be booked there."""
        here, row = get_language() or "en", self.name or {}
        place = row.get(f"city_{here}") or row.get(f"name_{here}") or _("No airport named")
        return f"{place} ({spoken(self.ready)})"


def near_departure(actor: Actor, at: dt.datetime, book: Book) -> QuerySet[Departure]:
    """The departures of the actor's cases from the certificate to the clearance, each with `office`, `lands_by`, `is_ready`."""
    today = day_at(at, actor.node)
    cases = cases_visible_to(actor).order_by().values("pk")
    rows = Departure.objects.filter(case__in=cases, state__in=SOON).exclude(case__state__in=OVER)
    ends = {kind: _end_of(kind) for code in bounds(book, LANDING, today) if (kind := KIND_OF.get(code))}
    registered = Registration.objects.filter(departure=OuterRef("pk"))
    rows = rows.annotate(
        office=Coalesce(
            NullIf(Subquery(registered.values("office")[:1]), Value("")),
            F("case__demand__protectorate"),
            output_field=CharField(),
        ),
        clearance=Coalesce(Subquery(registered.values("clearance_no")[:1]), Value("")),
        **{f"{kind}_ends": end for kind, end in ends.items()},
    )
    open_now = Q(**{f"{kind}_ends__gt": day_at(at, ACCEPTING) for kind in ends})
    cleared = Q(state__in=CLEARED) & ~Q(clearance="")
    lands_by = Least(*(F(f"{kind}_ends") for kind in ends)) if len(ends) > 1 else F(f"{next(iter(ends))}_ends")
    return rows.annotate(
        lands_by=lands_by, is_ready=If(When(cleared & open_now, then=Value(True)), default=Value(False))
    ).select_related("case__demand")


def _end_of(kind: str) -> Subquery:
    """The end of the paper of a kind that counts: that of the state which issued it, before one entered from paper here."""
    on_paper = If(When(source="paper", then=Value(1)), default=Value(0))
    rows = Paper.objects.filter(departure=OuterRef("pk"), kind=kind).order_by(on_paper, "id")
    return Subquery(rows.values("until")[:1], output_field=DateField())


def airports_seen(rows: QuerySet[Departure], at: dt.datetime, book: Book) -> list[AirportSeen]:
    """Every airport of the tables with its counts, and the offices without one where somebody is near there."""
    placed = airports_of(book, day_at(at, "pk"))
    counts: dict[str, list[int]] = {row["iata"]: [0, 0] for row in book.rows("departure_airports")}
    for office, ready, number in rows.order_by().values_list("office", "is_ready").annotate(number=Count("pk")):
        counts.setdefault(placed.get(office, ELSEWHERE), [0, 0])[0 if ready else 1] += number
    names = {row["iata"]: row for row in book.rows("departure_airports")}
    return [AirportSeen(iata, names.get(iata), *numbers) for iata, numbers in counts.items()]


def at_airport(rows: QuerySet[Departure], iata: str, at: dt.datetime, book: Book) -> QuerySet[Departure]:
    """Those of an airport: registered, or to be registered, at an office whose people leave from there."""
    placed = airports_of(book, day_at(at, "pk"))
    if iata == ELSEWHERE:
        return rows.exclude(office__in=list(placed))
    return rows.filter(office__in=[office for office, airport in placed.items() if airport == iata])


def ready_seen(rows: Sequence[Departure], at: dt.datetime, book: Book) -> list[ReadySeen]:
    """These departures as the desk shows them; why not is said as if they landed today."""
    today = day_at(at, ACCEPTING)
    codes = [code for code in bounds(book, LANDING, today) if code in KIND_OF]
    placed = airports_of(book, day_at(at, "pk"))
    return [_seen(one, today, codes, placed) for one in rows]


def _seen(row: Any, today: dt.date, codes: Sequence[str], placed: Mapping[str, str]) -> ReadySeen:
    ends = [(code, getattr(row, f"{KIND_OF[code]}_ends")) for code in codes]
    known = [(code, until) for code, until in ends if until is not None]  # what was not issued yet says the state
    why = why_not_list(cleared=bool(row.clearance) and row.state in CLEARED, state=row.state, lands_on=today, bounds=known)
    lands_by = row.lands_by - ONE_DAY if row.lands_by is not None and len(known) == len(codes) else None
    return ReadySeen(
        case_id=row.case.pk,
        name=row.case.name,
        number=row.case.number,
        employer=row.case.demand.employer_name,
        airport=placed.get(row.office, ELSEWHERE),
        ready=row.is_ready,
        state=row.state,
        clearance_no=row.clearance,
        lands_by=lands_by,
        why=() if row.is_ready else tuple(one for one in why if one.code != "wrong_state"),
    )
