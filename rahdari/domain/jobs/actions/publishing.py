"""Station 4: a vacancy is published by whoever recruits, and closed again; Japan's node takes both up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.disclosure.rules import told_by

from ..access import PERMITS
from ..models import Demand, Vacancy
from ..queries.addresses import vacancy_address
from ..queries.demands import demand_for, places_published
from ..rules.demands import why_not_close, why_not_publish
from ..rules.line import ROUTES
from ..rules.terms_facts import CostFacts
from .licences import check_licences
from .listing import _list, _unlist
from .steps import _add_step, _add_told_step
from .withdrawing import _end

SIDE = "pk"


def publish_vacancy(
    *, actor: Actor, demand_id: UUID, places: int, closes_on: dt.date, costs: Sequence[CostFacts] = (), at: dt.datetime
) -> Vacancy:
    """Whoever recruits publishes places of a permitted demand, with every cost and who pays it.

    Refuses `licence_not_valid`, `no_permission`, `over_permitted_places`, `no_places`, `costs_not_shown`, `closes_before_opens`,
    `not_own_demand`. Leaves the vacancy open to anyone, and the step told.
    """
    with unit_of_work("jobs.publish_vacancy", actor=actor, at=at) as unit:
        unit.permit(PERMITS["publish_vacancy"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id)
        unit.permit(PERMITS["publish_vacancy"], demand)
        today = day_at(at, SIDE)
        check_licences(actor=actor, demand=demand, at=at)
        unit.refuse(
            why_not_publish(
                route=demand.route,
                state=demand.state,
                permitted_until=demand.permitted_until,
                permitted_places=demand.permitted_places if demand.state == "permitted" else demand.places,
                published_places=places_published(demand),
                places=places,
                costs=len(costs),
                closes_on=closes_on,
                today=today,
            )
        )
        vacancy = Vacancy(
            home=actor.node,
            level="public",
            demand=demand,
            publisher=actor.body,
            places=places,
            costs=[one.told() for one in costs],
            published_on=today,
            closes_on=closes_on,
        )
        vacancy.url = vacancy_address(vacancy.pk, settings.RAHDARI_ADDRESS)
        unit.add(vacancy)
        _list(unit, vacancy)
        details = {"vacancy": str(vacancy.pk), "url": vacancy.url, "closes_on": closes_on.isoformat()}
        _add_step(unit, demand, "vacancy_published", today, acting=actor.body, details=details, vacancy=vacancy)
        unit.settle("jobs.publish_vacancy", demand)
        unit.about(vacancy, demand=demand.pk, places=places, closes_on=closes_on)
    return vacancy


def close_vacancy(*, actor: Actor, vacancy_id: UUID, seen: int | None = None, at: dt.datetime) -> Vacancy:
    """Whoever recruits closes a vacancy before its day and tells how many applied.

    Refuses `wrong_state`, `not_own_demand`, `stale`.
    """
    with unit_of_work("jobs.close_vacancy", actor=actor, at=at) as unit:
        unit.permit(PERMITS["close_vacancy"])
        vacancy = unit.lock(Vacancy, vacancy_id, seen=seen)
        unit.permit(PERMITS["close_vacancy"], vacancy.demand)
        unit.refuse(why_not_close(state=vacancy.state))
        _end(unit, vacancy, acting=actor.body)
        unit.about(vacancy, closed_on=vacancy.closed_on)
    return vacancy


def count_applicant(*, actor: Actor, vacancy_id: UUID, at: dt.datetime) -> Vacancy:
    """Counts one more applicant of a vacancy: what lies above (`placements.file_application`) pushes down. Only inside it."""
    with unit_of_work("jobs.count_applicant", actor=actor, at=at) as unit:
        unit.permit(PERMITS["count_applicant"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        vacancy = unit.lock(Vacancy, vacancy_id)
        vacancy.applicants += 1
        unit.save(vacancy)
        unit.about(vacancy, applicants=vacancy.applicants)
    return vacancy


def mirror_vacancy(*, actor: Actor, statement: Statement, at: dt.datetime) -> Vacancy:
    """Japan's node takes up that a vacancy was published: of the demand whose thread the statement belongs to.

    Refuses `no_permission` where the route needs one and none was told, `already_known`; `Missing` for no demand of ours.
    """
    with unit_of_work("jobs.mirror_vacancy", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_vacancy"])
        demand = unit.lock(Demand, statement.thread)
        details = statement.data["details"]
        needs = ROUTES[demand.route][3] == "yes"
        unit.refuse([Refusal("no_permission")] if needs and demand.state != "permitted" else [])
        unit.refuse([Refusal("already_known")] if Vacancy.objects.filter(pk=details["vacancy"]).exists() else [])
        vacancy = Vacancy(
            **told_by(statement),
            id=UUID(details["vacancy"]),
            demand=demand,
            publisher=statement.data["acting"],
            url=details["url"],
            published_on=dt.date.fromisoformat(statement.data["on"]),
            closes_on=dt.date.fromisoformat(details["closes_on"]),
        )
        unit.add(vacancy)
        _list(unit, vacancy)
        _add_told_step(unit, demand, statement, vacancy)
        unit.about(vacancy, demand=demand.pk)
    return vacancy


def mirror_closing(*, actor: Actor, statement: Statement, at: dt.datetime) -> Vacancy:
    """Japan's node takes up that a vacancy was closed, and how many had applied.

    Refuses `wrong_state` for one that is closed already; `Missing` for none that the partner published under this demand.
    """
    with unit_of_work("jobs.mirror_closing", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_closing"])
        vacancy = unit.lock(Vacancy, UUID(statement.data["id"]))
        if vacancy.home != statement.sender or vacancy.demand_id != statement.thread:
            raise Missing(f"Vacancy {vacancy.pk}")
        unit.refuse(why_not_close(state=vacancy.state))
        vacancy.state, vacancy.closed_on = "closed", dt.date.fromisoformat(statement.data["on"])
        vacancy.applicants = statement.data["details"]["applicants"]
        unit.save(vacancy)
        _unlist(vacancy)
        _add_told_step(unit, vacancy.demand, statement, vacancy)
        unit.about(vacancy, closed_on=vacancy.closed_on, applicants=vacancy.applicants)
    return vacancy
