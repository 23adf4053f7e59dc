"""Writes: admitting staff, and letting them begin anew when they lost every second factor."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from allauth.mfa.models import Authenticator
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


def reset_factors(*, actor: Actor, person_id: UUID, at: dt.datetime) -> Person:
    """For staff who lost every second factor: removes them all and the password, ends every session.

    The way back is a letter to the person's own address, so that whoever resets cannot come in instead.
    Refuses `not_to_oneself` and `not_staff`.
    """
    with unit_of_work("accounts.reset_factors", actor=actor, at=at) as unit:
        unit.permit(PERMITS["reset_factors"])
        person = unit.lock(Person, person_id)
        if person.pk == actor.person:
            unit.refuse([Refusal("not_to_oneself")])
        if not person.staff or not person.is_active or not person.email:
            unit.refuse([Refusal("not_staff")])
        removed = Authenticator.objects.filter(user_id=person.pk).delete()[0]
        person.password = make_password(None)
        unit.save(person)
        told = {"way": "email", "address": str(person.email), "language": person.language}
        values = {"link": link_for(person, person.language)}
        write_letter(unit, to=person.pk, **told, template="accounts/letters/factors_reset", values=values)
        unit.about(person, factors=removed)
    return person
