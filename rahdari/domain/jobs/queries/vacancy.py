"""The page of one vacancy: who recruits and whether they may, how the field stands, what search engines are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.reference import Book
from rahdari.domain.organisations.queries import LicenceAnswer, licence_on
from rahdari.web.words import spoken

from ..models import Demand, Vacancy
from ..rules.demands import intermediaries
from ..rules.line import NEVER, ROUTES
from ..rules.posting import PostingFacts, as_json, posting
from .line import station_names
from .seen import body_name, money_of, pay_lines
from .words import key_in_words, prefecture_name, town_name

PUBLISHED, WORKPLACE, MOST_DOTS, A_ROW = 4, 17, 60, 31


@dataclass(frozen=True, slots=True)
class Recruiter:
    """One who stands between worker and employer: its kind, its name, and how its licence stands today."""

    kind: str
    name: str
    number: str
    licence: LicenceAnswer


@dataclass(frozen=True, slots=True)
class Dot:
    """One applicant in the drawing of the odds; the first ones fill the places."""

    x: int
    y: int
    placed: bool


def recruiters_of(demand: Demand, on: dt.date, node: str, book: Book) -> list[Recruiter]:
    """Everyone who stands between worker and employer, with the licence of each as of a day; none for the state corporation."""
    found = intermediaries(demand.route, demand.promoter, demand.promoter_licence, demand.placement_business)
    return [
        Recruiter(
            kind, body_name(body), number, licence_on(organisation=body, number=number, kind=kind, day=on, node=node, book=book)
        )
        for kind, body, number in found
    ]


def dots_of(applicants: int, places: int | None) -> list[Dot]:
    """The applicants as a row of dots; none where they are too many to be counted by eye, or nothing says how many places."""
    if not applicants or not places or applicants > MOST_DOTS:
        return []
    return [Dot(10 * (number % A_ROW) + 5, 10 + 20 * (number // A_ROW), number < places) for number in range(applicants)]


def line_ahead(demand: Demand, book: Book, *, is_open: bool) -> list[dict[str, Any]]:
    """The stations from the vacancy to the workplace that its way of recruiting has."""
    language, stations = get_language() or "en", ROUTES[demand.route]
    return [
        {
            "no": one.no,
            "side": one.side,
            "state": "done" if one.no == PUBLISHED else "now here" if one.no == PUBLISHED + 1 and is_open else "todo",
            "name": one.row.get(f"name_{language}") or one.row["name_en"],
        }
        for one in station_names(book, demand.route).values()
        if PUBLISHED <= one.no <= WORKPLACE and stations[one.no] != NEVER
    ]


def posting_of(vacancy: Vacancy, address: str, tests: Sequence[str]) -> str:
    """The vacancy for search engines (schema.org JobPosting), as it may stand inside an element of a page."""
    demand, pay = vacancy.demand, vacancy.demand.terms["pay_basic"]
    digits = get_currency_precision(pay["currency"])
    work = " · ".join([spoken(demand.field), *([key_in_words(f"d:{demand.duty}")] if demand.duty else [])])
    prefecture = prefecture_name(demand.prefecture)
    told = _("%(work)s at %(employer)s in %(place)s. Basic pay %(pay)s. Every cost and who pays it stands on the page.") % {
        "work": work, "employer": demand.employer_name, "place": prefecture, "pay": spoken(money_of(pay)),
    }  # fmt: skip
    return as_json(
        posting(
            PostingFacts(
                vacancy=str(vacancy.pk),
                address=address,
                language=get_language() or "en",
                title=work,
                description=told,
                field=spoken(demand.field),
                employer=demand.employer_name,
                prefecture=prefecture,
                municipality=town_name(demand.municipality) if demand.municipality else "",
                pay=pay["amount"] / 10**digits if digits else pay["amount"],
                currency=pay["currency"],
                per=pay["per"],
                hours_week=demand.terms["hours_week"],
                places=vacancy.places,
                published_on=vacancy.published_on,
                closes_on=vacancy.closes_on,
                tests=tuple(tests),
                benefits=tuple(f"{spoken(one.code)} {spoken(one.money)}" for one in pay_lines(demand.terms)[0]),
            )
        )
    )
