"""Writes: admitting staff."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Person
from ..queries.passwords import link_for
from .grants import grant_role


def admit_staff(
    *, actor: Actor, email: str, name: str, language: str, role: str, body_id: str, office: str = "", at: dt.datetime
) -> Person:
    """Gives a member of staff an account and their first role, and sends them the way to choose a password.

    Refuses `email_taken` and whatever `grant_role` refuses.
    """
    with unit_of_work("accounts.admit_staff", actor=actor, at=at) as unit:
        unit.permit(PERMITS["admit_staff"])
        email = email.strip().lower()
        if Person.objects.filter(email__iexact=email).exists():
            unit.refuse([Refusal("email_taken", member="email")])
        person = Person(email=email, name=name, language=language, created_at=at, password=make_password(None))
        unit.add(person)
        grant_role(actor=actor, person_id=person.pk, role=role, body_id=body_id, office=office, at=at)
        values = {"name": name, "link": link_for(person, language)}
        write_letter(
            unit, to=person.pk, way="email", address=email, language=language, template="accounts/letters/welcome", values=values
        )
        unit.about(person, role=role, body=body_id)
    return person
