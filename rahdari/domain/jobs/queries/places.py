"""The vacancies of a search counted by prefecture: a map and its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Sum

from ..rules.map import HEIGHT, SIDE, WIDTH, corner, shade
from .portal import address_of
from .search import Asked, matching
from .words import prefecture_name


@dataclass(frozen=True, slots=True)
class Tile:
    """One prefecture: its tile, how many vacancies with how many places (0 where none says), the address of its list."""

    code: str
    name: str
    vacancies: int
    places: int
    shade: int
    x: int
    y: int
    address: str

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def name_at(self) -> int:
        return self.y + 28

    @property
    def count_at(self) -> int:
        return self.y + 58


@dataclass(frozen=True, slots=True)
class PlacesMap:
    """The map: its size, its tiles from the north, and the same as a table, the most vacancies first."""

    tiles: Sequence[Tile]
    table: Sequence[Tile]
    vacancies: int
    width: int = WIDTH
    height: int = HEIGHT
    side: int = SIDE


def places_of(asked: Asked, *, on: dt.date) -> PlacesMap:
    """The vacancies that answer a search, counted by prefecture; the prefecture asked for itself narrows nothing here."""
    asked = replace(asked, prefecture="", page=1)
    rows = matching(asked, on=on).values("prefecture").annotate(n=Count("id"), places=Sum("places")).order_by("prefecture")
    counts = {row["prefecture"]: (row["n"], row["places"] or 0) for row in rows}
    most = max((number for number, _ in counts.values()), default=0)
    tiles = []
    for place in range(1, 48):
        code = f"{place:02}"
        number, places = counts.get(code, (0, 0))
        across, down = corner(code) or (0, 0)
        address = address_of(asked, prefecture=code)
        tiles.append(Tile(code, prefecture_name(code), number, places, shade(number, most), across, down, address))
    table = sorted((one for one in tiles if one.vacancies), key=lambda one: (-one.vacancies, one.code))
    return PlacesMap(tiles, table, sum(one.vacancies for one in tiles))
