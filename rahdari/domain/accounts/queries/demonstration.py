"""Reads: the invented people of the demonstration, with what a visitor needs to sign in as one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now

from ..models import Body, Grant, Person
from ..rules.demonstration import PASSWORD, totp_secret
from ..rules.roles import ROLES
from .factors import code_at


@dataclass(frozen=True, slots=True)
class Ready:
    """One invented person ready to be: role, body, and how they sign in by hand (code of this moment)."""

    person: Person
    role: str
    body: Body | None
    office: str
    email: str
    phone: str
    code: str

    @property
    def email_name(self) -> str:
        return self.email.partition("@")[0]

    @property
    def email_host(self) -> str:
        return self.email.partition("@")[2]


def invented_people(actor: Actor, at: dt.datetime) -> list[Ready]:
    """The invented people of this node in the order of the roles; workers first."""
    order = list(ROLES)
    grants = Grant.objects.filter(person__invented=True, ends_at=None).select_related("person", "body")
    staff = [_of_staff(grant, at) for grant in grants]
    workers = [Ready(one, "worker", None, "", "", one.phone or "", "") for one in _workers()]
    return sorted(workers + staff, key=lambda one: (order.index(one.role), one.email, one.person.name))


def common_password() -> str:
    """The password all invented staff share."""
    return PASSWORD


def _of_staff(grant: Grant, at: dt.datetime) -> Ready:
    email = grant.person.email or ""
    return Ready(grant.person, grant.role, grant.body, grant.office, email, "", code_at(totp_secret(email), at))


def _workers() -> list[Person]:
    return list(Person.objects.filter(invented=True, staff=False))


def demonstration_people() -> list[Ready]:
    """The same for the command line, which lists them when the demonstration starts."""
    return invented_people(machine(settings.RAHDARI_NODE, "command"), now())
