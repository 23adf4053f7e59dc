"""The portal for programs: search, and counts by prefecture.

Keeping a search has no operation: it is done by the person, signed in, not by a program's token.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.web.api import operation

from ..access import PERMITS
from ..queries.demands import vacancies_visible_to
from ..queries.places import places_of
from ..queries.search import Asked, Found, search
from ..rules.search_facts import SearchFacts
from .demands import VacancyTold, router, vacancy_told


class WordRead(Schema):
    """How one typed word was read: `how` is exact, beginning, typo, sound, name (of an employer) or outside (the corridor).

    `meant` are keys: `f:` field, `d:` duty, `p:` prefecture, `m:` municipality, `t:` test, `l:` level, each with its code.
    """

    typed: str
    how: str
    meant: list[str]


class VacancyList(Schema):
    """A page of the vacancies open on a day; `total` is counted up to a thousand, `more` says that there are more."""

    on: str
    total: int
    more: bool
    page: int
    pages: int
    words: list[WordRead]
    vacancies: list[VacancyTold]


class PlaceCounted(Schema):
    """One prefecture: how many open vacancies, how many places in them (0 where none says)."""

    prefecture: str
    vacancies: int
    places: int


class PlaceList(Schema):
    """The open vacancies of a day by prefecture, the most first; a prefecture without any is left out."""

    on: str
    prefectures: list[PlaceCounted]


def _asked(page: int = 1, **told: Any) -> Asked:
    return Asked(**read_facts(SearchFacts, told, current_book()).model_dump(), page=min(max(1, page), 10_000))


@operation(
    router, "GET", "/vacancies", PERMITS["see_vacancies"], answers=VacancyList, problems=(422,), url_name="jobs.see_vacancies"
)
def see_vacancies(
    request: HttpRequest, q: str = "", field: str = "", prefecture: str = "", pay_from: int = 0, test: str = "", route: str = "",
    level: str = "", open_on: str = "", order: str = "newest", page: int = 1,
) -> Any:  # fmt: skip
    """Looks for work among the vacancies open today, in words of any of the three languages; typing errors do no harm."""
    told = {"field": field, "prefecture": prefecture, "pay_from": pay_from, "test": test, "route": route, "level": level}
    told["open_on"] = open_on
    on = day_at(now(), "pk")
    found = search(_asked(page, q=q, order=order, **told), on=on)
    return _page(request, found) | {"on": on.isoformat()}


def _page(request: HttpRequest, found: Found) -> dict[str, Any]:
    ids = [one.vacancy_id for one in found.rows]
    rows = {one.pk: one for one in vacancies_visible_to(request.actor).filter(pk__in=ids)}  # type: ignore[attr-defined]
    return {
        "total": found.total,
        "more": found.more,
        "page": found.asked.page,
        "pages": found.pages,
        "words": [{"typed": one.typed, "how": one.how, "meant": one.meant} for one in found.meanings],
        "vacancies": [vacancy_told(rows[pk]) for pk in ids if pk in rows],
    }


@operation(
    router, "GET", "/vacancy-places", PERMITS["see_places"], answers=PlaceList, problems=(422,), url_name="jobs.see_places"
)
def see_places(request: HttpRequest, q: str = "", field: str = "", open_on: str = "") -> Any:
    """The vacancies that answer a search, counted by prefecture."""
    on = day_at(now(), "pk")
    found = places_of(_asked(q=q, field=field, open_on=open_on), on=on)
    told = [{"prefecture": one.code, "vacancies": one.vacancies, "places": one.places} for one in found.table]
    return {"on": on.isoformat(), "prefectures": told}
