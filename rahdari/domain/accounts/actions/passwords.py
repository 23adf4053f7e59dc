"""Writes: passwords of staff."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..models import Person
from ..queries.passwords import link_for, person_by_link
from ..queries.people import person_by_password


def ask_new_password(*, actor: Actor, email: str, language: str, at: dt.datetime) -> None:
    """Sends a link to choose a password, if the address belongs to active staff; says nothing about whether it does.

    Leaves an audit entry either way, without the address.
    """
    with unit_of_work("accounts.ask_new_password", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_new_password"])
        person = Person.objects.filter(email__iexact=email.strip(), staff=True, is_active=True).first()
        to = person or Person(email="", language=language)
        told = {"way": "email", "address": to.email or "", "language": to.language}
        values = {"link": link_for(to, to.language)}
        write_letter(unit, to=person and person.pk, **told, template="accounts/letters/new_password", values=values)
        unit.about(to, known=person is not None)


def choose_password(*, actor: Actor, person_id: UUID, token: str, password: str, at: dt.datetime) -> Person:
    """Sets a password by a link; the link is spent by it, and every session of the person ends.

    Refuses `link_not_valid` and `password_too_weak`.
    """
    with unit_of_work("accounts.choose_password", actor=actor, at=at) as unit:
        unit.permit(PERMITS["choose_password"])
        try:
            person = unit.lock(Person, person_id)
        except Missing:
            person = Person(pk=person_id)
        if person_by_link(person_id, token) is None:
            unit.refuse([Refusal("link_not_valid")])
        _set(unit, person, password)
        unit.about(person, by="link")
    return person


def change_password(*, actor: Actor, old: str, new: str, at: dt.datetime) -> Person:
    """Changes one's own password; every other session ends. Refuses `sign_in_wrong` for the old one and `password_too_weak`."""
    with unit_of_work("accounts.change_password", actor=actor, at=at) as unit:
        unit.permit(PERMITS["change_password"])
        person = unit.lock(Person, str(actor.person))
        if person_by_password(person.email or "", old) is None:
            unit.refuse([Refusal("sign_in_wrong", member="old")])
        _set(unit, person, new)
        unit.about(person, by="old password")
    return person


def _set(unit: Unit, person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        unit.refuse(Refusal("password_too_weak", {"why": why}, member="password") for why in weak.messages)
    person.password = make_password(password)
    unit.save(person)
