"""The stations of the line as the tables name them, and the steps of a demand that an actor may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.reference import Book, Row
from rahdari.domain.disclosure.queries import visible_to

from ..models import Demand, DemandStep, Vacancy


@dataclass(frozen=True, slots=True)
class StationName:
    """A station as it is called: number, side that acts, the row with its names."""

    no: int
    side: str
    row: Row


def station_names(book: Book, route: str = "") -> dict[int, StationName]:
    """The nineteen stations by their number, as they are called on a route where it calls them otherwise."""
    own = {row["station"]: row for row in book.rows("route_stations", route=route)}
    return {
        int(row["station"]): StationName(int(row["station"]), row["side"], own.get(row["station"], row))
        for row in book.rows("stations")
    }


def steps_of(demand: Demand, vacancy: Vacancy | None = None) -> QuerySet[DemandStep]:
    """Every step of a demand and, where one is given, of that vacancy of it: for the line, not for a page."""
    steps = DemandStep.objects.filter(demand=demand).select_related("paper")
    return steps.filter(Q(vacancy=None) | Q(vacancy=vacancy)) if vacancy is not None else steps


def steps_visible_to(actor: Actor, demand: Demand, vacancy: Vacancy | None = None) -> QuerySet[DemandStep]:
    """The steps of a demand whose content the markings open to the actor."""
    return visible_to(actor, steps_of(demand, vacancy))
