"""Station 1 of a service from home: a firm's enquiry, kept as a demand without terms, so that a case can hang on it.

Nothing crosses for it: both nodes know the enquiry by the id of its statement, and make the same rows from it.
"""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Demand, DemandStep, Vacancy
from ..rules.line import SERVICE_ROUTE, STATION_OF
from ..rules.remote import ServiceWanted

ACCEPTING, STEP, CONTACT = "jp", "demand_filed", "CONTACT_PK"


def open_service(*, actor: Actor, wanted: ServiceWanted, at: dt.datetime) -> Vacancy:
    """Keeps what a firm wants done from Pakistan as a demand and its places; the same again leaves them as they are.

    Called only inside the action of the package that knows the enquiry. Leaves station 1 passed on the day of the enquiry.
    """
    with unit_of_work("jobs.open_service", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_service"])
        vacancy: Vacancy | None = Vacancy.objects.filter(pk=wanted.enquiry).first()
        vacancy = vacancy or _opened(unit, wanted)
        unit.about(vacancy)
    return vacancy


def _opened(unit: Unit, wanted: ServiceWanted) -> Vacancy:
    """Nobody applies to it: its places are taken through the enquiry alone, so it is closed from the beginning."""
    marked = {"home": ACCEPTING, "level": "named_bodies", "bodies": _readers(wanted)}
    days = {"opens_on": wanted.on, "closes_on": wanted.on, "filed_on": wanted.on}
    demand = unit.add(
        Demand(
            id=wanted.enquiry,
            employer=wanted.client,
            employer_name=wanted.client_name,
            placement_business=wanted.through,
            route=SERVICE_ROUTE,
            kind=SERVICE_ROUTE,
            field=SERVICE_ROUTE,
            places=wanted.people,
            terms={},
            **marked,
            **days,
        )
    )
    acting = wanted.through or wanted.client
    told = {"demand": demand, "station": STATION_OF[STEP], "step": STEP, "on": wanted.on, "acting": acting, "at": unit.at}
    unit.add(DemandStep(**marked, **told))
    return unit.add(
        Vacancy(
            id=wanted.enquiry,
            demand=demand,
            places=wanted.people,
            published_on=wanted.on,
            closes_on=wanted.on,
            closed_on=wanted.on,
            state="closed",
            **marked,
        )
    )


def _readers(wanted: ServiceWanted) -> list[str]:
    return [body for body in dict.fromkeys((wanted.client, wanted.through, CONTACT)) if body]
