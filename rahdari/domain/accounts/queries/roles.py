"""Reads: the roles in prose, and the staff whose roles the actor may give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..models import Body, Grant, Person
from ..rules.roles import ALONE, APART, NODE, OPERATOR, TABLE, Role, roles_on
from ..wording.roles import PROSE, Prose
from .actors import grants_of


@dataclass(frozen=True, slots=True)
class Told:
    """One role for its page; `bodies` are authorities, `against` the pairs named in the table."""

    role: Role
    prose: Prose
    bodies: list[Body]
    against: list[str]

    @property
    def alone(self) -> bool:
        return self.role.code in ALONE


@dataclass(frozen=True, slots=True)
class Staff:
    """One member of staff with the roles they hold now."""

    person: Person
    grants: list[Grant]


def roles_in_prose(actor: Actor) -> list[Told]:
    """Every role of both nodes, in the order of the table."""
    bodies = {body.pk: body for body in Body.objects.all()}
    return [_told(role, bodies) for role in TABLE]


def _told(role: Role, bodies: dict[str, Body]) -> Told:
    against = [one.code for one in TABLE if frozenset((one.code, role.code)) in APART]
    return Told(role, PROSE[role.code], [bodies[code] for code in role.bodies if code in bodies], against)


def roles_to_grant(actor: Actor) -> list[Role]:
    """The roles of this node the actor may give."""
    return [role for role in roles_on(actor.node) if role.held and (actor.role in role.granters or actor.role == NODE)]


def bodies_to_grant(actor: Actor) -> QuerySet[Body]:
    """The bodies the actor may give roles for: the operator for all, others for their own."""
    everything = Body.objects.order_by("side", "name_en")
    return everything if actor.role in (OPERATOR, NODE) else everything.filter(pk=actor.body)


def people_seen_by(actor: Actor, at: dt.datetime) -> list[Staff]:
    """The staff whose roles the actor may give: all for the operator, those of the own body for others."""
    grants = Grant.objects.filter(begins_at__lte=at).exclude(ends_at__lte=at).select_related("person", "body")
    if actor.role not in (OPERATOR, NODE):
        grants = grants.filter(body=actor.body)
    people: dict[UUID, Staff] = {}
    for grant in grants.order_by("person__name", "begins_at"):
        people.setdefault(grant.person_id, Staff(grant.person, [])).grants.append(grant)
    return list(people.values())


def person_seen_by(actor: Actor, person_id: UUID, at: dt.datetime) -> Staff:
    """One of them; `Missing` for anybody else."""
    person = Person.objects.filter(pk=person_id, staff=True).first()
    held = list(grants_of(person, at)) if person else []
    everything = actor.role in (OPERATOR, NODE)
    if person is None or not (everything or any(one.body_id == actor.body for one in held)):
        raise Missing(f"person {person_id}")
    return Staff(person, held if everything else [one for one in held if one.body_id == actor.body])
