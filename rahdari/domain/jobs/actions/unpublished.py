"""Places that nobody publishes: on the direct way and from inside Japan the employer tells those it wants where to apply.

Both nodes keep them as one vacancy under the id of its demand, so that an application needs no other word for it. The
portal never lists it; the one who was given its address opens it (`queries.demands.vacancy_for`).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Unit

from ..models import Demand, Vacancy
from ..queries.addresses import vacancy_address
from ..rules.fees import state_fees
from ..rules.line import is_published


def _keep_unpublished(unit: Unit, demand: Demand, told: dict[str, Any]) -> None:
    """With a demand whose route publishes nothing: its places, and what the state itself charges on that route."""
    if is_published(demand.route):
        return
    workers_node = settings.RAHDARI_ADDRESS if unit.actor.node == "pk" else settings.RAHDARI_PARTNER_URL
    marking = {"level": "named_bodies", "bodies": [demand.employer]}
    unit.add(
        Vacancy(
            **(told | marking),
            id=demand.pk,
            demand=demand,
            publisher=demand.employer,
            places=demand.places,
            costs=state_fees(current_book(), demand.route, demand.filed_on),
            published_on=demand.filed_on,
            closes_on=demand.closes_on,
            url=vacancy_address(demand.pk, workers_node),
        )
    )


def _follow_unpublished(unit: Unit, demand: Demand) -> None:
    """After a correction or a withdrawal: its unpublished places are as many and as long as the demand says, or over."""
    if is_published(demand.route):
        return
    vacancy = Vacancy.objects.select_for_update().filter(pk=demand.pk).first()
    if vacancy is None:  # filed before such places were kept
        return
    vacancy.places, vacancy.closes_on = demand.places, demand.closes_on
    if demand.state == "called_off":
        vacancy.state, vacancy.closed_on = "closed", day_at(unit.at, "pk")
    unit.save(vacancy)
