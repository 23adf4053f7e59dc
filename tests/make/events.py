"""Expo and interview days, announced by those who may, and what belongs to another at each address that names one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.test import Client, override_settings

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.domain.placements.actions import plan_event
from rahdari.domain.placements.models import Event
from tests.make import jobs
from tests.make.people import actor, sign_in, sign_in_as, worker
from tests.make.placements import applied


def event(by: Actor, *, firm: str = jobs.EMPLOYER, at: dt.datetime, **told: Any) -> Event:
    """A day of one firm, three weeks ahead."""
    begins_at = (at + dt.timedelta(days=21)).replace(hour=5, minute=0, second=0, microsecond=0)
    whole = {"kind": "interview_day", "place": "Islamabad, hall 1 (invented)", "zone": "Asia/Karachi", "begins_at": begins_at}
    return plan_event(actor=by, **whole | {"ends_at": begins_at + dt.timedelta(hours=2), "firms": [firm]} | told, at=at)


def event_of_another(client: Client) -> Any:
    """A day another employer announced, asked for on its node."""
    sign_in(client, "employer", "jp:org:other", node="jp")
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        jobs.demand(at=now())
        return event(jobs.employer(), at=now()).pk


def slot_of_another(client: Client) -> Any:
    """The case of another worker, and a day of its employer."""
    sign_in_as(client, worker())
    with override_settings(RAHDARI_NODE="pk", RAHDARI_PARTNER="jp"):
        case = applied(jobs.vacancy(at=now()), at=now())[1]
        return [case.pk, event(actor("oec_officer", "OEC"), at=now()).pk]


def days(_client: Client) -> tuple[Callable[[], Any], list[Any]]:
    """Days of one firm, one more at each call."""
    jobs.vacancy(at=now())
    who = actor("oec_officer", "OEC")
    return (lambda: event(who, at=now())), []
