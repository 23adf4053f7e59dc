"""Writes: standing in for a colleague who is away."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import F

from rahdari.base.actor import Actor
from rahdari.base.work import Missing, unit_of_work

from ..access import PERMITS
from ..models import Grant, Person
from ..queries.actors import grants_of
from ..queries.grants import receiver
from ..rules.grants import why_not_delegate


def delegate_role(*, actor: Actor, to_person: UUID, until: dt.datetime, at: dt.datetime) -> Grant:
    """Lets a colleague of the same body act in the actor's present role until a moment (exclusive).

    Refuses `not_to_oneself`, `not_a_colleague`, `not_delegated_on` (a role held for another),
    `delegation_too_long` (92 days), `not_staff` and `role_conflict`.
    """
    with unit_of_work("accounts.delegate_role", actor=actor, at=at) as unit:
        unit.permit(PERMITS["delegate_role"])
        person = unit.lock(Person, to_person)
        held = grants_of(Person(pk=actor.person), at).filter(role=actor.role, body=actor.body, office=actor.office)
        own = held.order_by(F("for_person").asc(nulls_first=True)).first()
        if own is None:
            raise Missing("the actor's own grant")
        colleague = grants_of(person, at).filter(body=actor.body).exists()
        delegated = own.for_person_id is not None
        unit.refuse(why_not_delegate(receiver(person, at), actor.person, actor.role, colleague, delegated, until, at))
        grant = Grant(
            person=person,
            body_id=actor.body,
            role=actor.role,
            office=actor.office,
            for_person_id=actor.person,
            begins_at=at,
            ends_at=until,
            granted_by=actor.person,
        )
        unit.add(grant)
        unit.about(grant, person=to_person, role=actor.role, body=actor.body, until=until)
    return grant


def end_delegation(*, actor: Actor, grant_id: UUID, at: dt.datetime) -> Grant:
    """Ends a delegation before its time, by either of the two; `Missing` for anybody else's or one that has ended."""
    with unit_of_work("accounts.end_delegation", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_delegation"])
        grant = unit.lock(Grant, grant_id)
        over = grant.ends_at is not None and grant.ends_at <= at
        if over or grant.for_person_id is None or actor.person not in (grant.for_person_id, grant.person_id):
            raise Missing(f"delegation {grant_id}")
        grant.ends_at = at
        unit.save(grant)
        unit.about(grant, person=grant.person_id, role=grant.role, body=grant.body_id)
    return grant
