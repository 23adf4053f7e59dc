"""The searches a worker keeps, with how many vacancies are new in each since they last looked."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at

from ..models import KeptSearch
from .portal import Line, address_of, lines_of, summary_of
from .search import Asked, matching

MOST_NEW, SHOWN, MOST_TOLD = 100, 5, 500
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept search: what it asks, how many vacancies are new (at most a hundred are counted), the newest of them."""

    row: KeptSearch
    asked: Asked
    summary: str
    address: str
    new: int
    lines: list[Line]


def kept_by(actor: Actor, *, on: dt.date) -> list[Kept]:
    """The searches of the actor, the newest first; those of nobody else, and none for a stranger."""
    if actor.person is None:
        return []
    return [_kept(row, on) for row in KeptSearch.objects.filter(person=actor.person).order_by("-id")]


def _kept(row: KeptSearch, on: dt.date) -> Kept:
    asked = _asked(row)
    newest = list(matching(asked, on=on).filter(listed_at__gt=row.seen_at).order_by("-listed_at", "-id")[:MOST_NEW])
    return Kept(row, asked, summary_of(asked), address_of(asked), len(newest), lines_of(newest[:SHOWN]))


def _asked(row: KeptSearch) -> Asked:
    return Asked(**json.loads(row.asked))


def searches_to_tell(at: dt.datetime) -> list[UUID]:
    """The kept searches whose worker was not told of anything for a day, the longest waiting first; at most five hundred."""
    rows = KeptSearch.objects.filter(told_at__lte=at - ONE_DAY).order_by("told_at")
    return list(rows.values_list("pk", flat=True)[:MOST_TOLD])


def is_due(row: KeptSearch, at: dt.datetime) -> bool:
    """Whether a day has passed since the worker was told of this search."""
    return row.told_at is not None and row.told_at <= at - ONE_DAY


def new_in(row: KeptSearch, at: dt.datetime) -> int:
    """How many vacancies are new in a search since its worker looked or was told, counted up to a hundred."""
    since = max(row.seen_at, row.told_at or row.seen_at)
    return matching(_asked(row), on=day_at(at, "pk")).filter(listed_at__gt=since)[:MOST_NEW].count()
