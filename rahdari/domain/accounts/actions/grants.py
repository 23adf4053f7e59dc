"""Writes: roles given and taken."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, unit_of_work

from ..access import PERMITS
from ..models import ApiToken, Body, Grant, Person
from ..queries.actors import grants_of, kind_of_body
from ..queries.grants import granter, receiver
from ..rules.grants import why_not_end, why_not_grant


def grant_role(*, actor: Actor, person_id: UUID, role: str, body_id: str, office: str = "", at: dt.datetime) -> Grant:
    """Lets a member of staff act for a body in a role from now on.

    Refuses `role_not_granted`, `wrong_node`, `body_does_not_fit`, `not_permitted`, `not_own_body`,
    `not_to_oneself`, `not_staff`, `role_conflict` (filing beside deciding, and the pairs of the table)
    and `role_held_already`. Leaves a grant without end.
    """
    with unit_of_work("accounts.grant_role", actor=actor, at=at) as unit:
        unit.permit(PERMITS["grant_role"])
        person = unit.lock(Person, person_id)
        body = Body.objects.filter(pk=body_id).first()
        if body is None:
            raise Missing(f"body {body_id}")
        unit.refuse(why_not_grant(granter(actor), receiver(person, at), role, body_id, kind_of_body(body)))
        if grants_of(person, at).filter(role=role, body=body, office=office, for_person=None).exists():
            unit.refuse([Refusal("role_held_already")])
        grant = unit.add(Grant(person=person, body=body, role=role, office=office, begins_at=at, granted_by=actor.person))
        unit.about(grant, person=person.pk, role=role, body=body_id, office=office)
    return grant


def end_role(*, actor: Actor, grant_id: UUID, at: dt.datetime) -> Grant:
    """Ends a role now; its delegations and tokens end with it. Anybody may lay down their own.

    Refuses `wrong_state` (ended already) and `not_permitted`.
    """
    with unit_of_work("accounts.end_role", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_role"])
        grant = unit.lock(Grant, grant_id)
        ended = grant.ends_at is not None and grant.ends_at <= at
        unit.refuse(why_not_end(granter(actor), grant.person_id, grant.role, grant.body_id, ended))
        grant.ends_at = at
        unit.save(grant)
        others = Grant.objects.filter(for_person=grant.person_id, role=grant.role, body=grant.body_id, ends_at__gt=at)
        delegations = others.update(ends_at=at)
        tokens = ApiToken.objects.filter(grant=grant, revoked_at=None).update(revoked_at=at)
        facts = {"person": grant.person_id, "role": grant.role, "body": grant.body_id}
        unit.about(grant, **facts, delegations=delegations, tokens=tokens)
    return grant
