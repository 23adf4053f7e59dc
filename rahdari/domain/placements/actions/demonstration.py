"""The invented expo and interview day of the demonstration, announced by its invented officer of the corporation."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Grant
from rahdari.domain.accounts.queries import actor_for

from ..access import PERMITS
from ..models import Event
from ..queries.events import employers_with_work
from .events import plan_event

# Kind, place, days from now, begin and end by the clock of Pakistan, minutes, tables, most firms.
DAYS = (
    ("expo", "Islamabad, hall A (invented)", 27, 9, 17, 20, 3, 12),
    ("interview_day", "Lahore, office of the corporation (invented)", 20, 10, 15, 30, 1, 1),
)


def seed_events(*, actor: Actor, at: dt.datetime) -> int:
    """Announces the invented days of this node; says how many were new.

    Can be done again: where a day was ever announced, none is. Needs the invented people and vacancies. Refuses
    `not_permitted` in production.
    """
    with unit_of_work("placements.seed_events", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_events"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        grants = Grant.objects.filter(role="oec_officer", ends_at=None, person__invented=True).select_related("person")
        officer = grants.order_by("person__created_at", "id").first()
        firms = list(employers_with_work(actor, day_at(at, "pk")))
        new = DAYS if officer is not None and firms and not Event.objects.exists() else ()
        for kind, place, days, begin, end, minutes, tables, most in new:
            assert officer is not None
            on = day_at(at, "pk") + dt.timedelta(days=days)
            begins_at, ends_at = (dt.datetime.combine(on, dt.time(hour), ZONES["pk"]).astimezone(dt.UTC) for hour in (begin, end))
            told = {"begins_at": begins_at, "ends_at": ends_at, "minutes": minutes, "tables": tables, "firms": firms[:most]}
            zone = str(ZONES["pk"])
            plan_event(actor=actor_for(officer.person, officer), kind=kind, place=place, zone=zone, **told, at=at)  # type: ignore[arg-type]
        unit.about(Event(), made=len(new))
    return len(new)
