"""What the portal finds: an open vacancy is listed under its keys, and taken off the list when it closes."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Listing, Vacancy
from ..queries.listing import vacancies_to_list
from ..rules.listing import VERSION, keys_of_vacancy, pay_a_month

BATCH = 500


def _list(unit: Unit, vacancy: Vacancy) -> None:
    """Puts a vacancy that anyone may read onto the list of the portal."""
    if vacancy.is_published and vacancy.state == "open":
        unit.add(_listing(vacancy, current_book(), unit.at))


def _unlist(vacancy: Vacancy) -> None:
    """Takes a vacancy off the list."""
    Listing.objects.filter(vacancy=vacancy).delete()


def _listing(vacancy: Vacancy, book: Book, at: dt.datetime) -> Listing:
    demand = vacancy.demand
    named = ("employer_name", "field", "duty", "kind", "prefecture", "municipality")
    told = {name: getattr(demand, name) for name in named}
    pay = demand.terms["pay_basic"]
    return Listing(
        vacancy=vacancy,
        keys=keys_of_vacancy(**told, route=demand.route, tests=demand.tests, book=book, on=day_at(at, "pk")),
        **told,
        pay=pay["amount"],
        currency=pay["currency"],
        per=pay["per"],
        pay_month=pay_a_month(demand.terms),
        places=vacancy.places,
        published_on=vacancy.published_on,
        closes_on=vacancy.closes_on,
        listed_at=at,
        demand_version=demand.version,
        keyed_by=VERSION,
    )


def relist_vacancies(*, actor: Actor, at: dt.datetime) -> int:
    """Lists open vacancies that stand on no list, or whose demand or whose kind of keys changed; says how many, at most 500.

    Done by the node's timetable until none is left. Keeps the moment at which one was listed first, so that nobody is told
    of it twice.
    """
    with unit_of_work("jobs.relist_vacancies", actor=actor, at=at) as unit:
        unit.permit(PERMITS["relist_vacancies"])
        book = current_book()
        waiting = vacancies_to_list().select_for_update(of=("self",), skip_locked=True)[:BATCH]
        vacancies = list(waiting)
        first = dict(Listing.objects.filter(vacancy__in=vacancies).values_list("vacancy", "listed_at"))
        Listing.objects.filter(vacancy__in=vacancies).delete()
        rows = [_listing(one, book, at) for one in vacancies]
        for row in rows:
            row.listed_at = first.get(row.vacancy_id, at)
        Listing.objects.bulk_create(rows)
        unit.about(vacancies[0] if vacancies else Vacancy(), listed=len(rows))
    return len(rows)
