"""The searches a worker keeps, with how many vacancies are new in each since they last looked."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from rahdari.base.actor import Actor

from ..models import KeptSearch
from .portal import Line, address_of, lines_of, summary_of
from .search import Asked, matching

MOST_NEW, SHOWN = 100, 5


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
    asked = Asked(**json.loads(row.asked))
    new = matching(asked, on=on).filter(listed_at__gt=row.seen_at)
    newest = list(new.order_by("-listed_at", "-id")[:MOST_NEW])
    return Kept(row, asked, summary_of(asked), address_of(asked), len(newest), lines_of(newest[:SHOWN]))
