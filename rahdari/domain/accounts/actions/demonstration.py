"""Writes: the invented people of the demonstration, and signing in as one of them. Closed outside demo and test mode."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..models import Body, Person
from ..rules.demonstration import FIRMS, MARK, PASSWORD, STAFF, WORKERS, Invented, totp_secret
from .bodies import name_body, seed_bodies
from .grants import grant_role


def seed_demonstration(*, actor: Actor, at: dt.datetime) -> list[Person]:
    """Makes the invented people of this node, with the bodies they act for; gives back those who are new.

    Can be done again: who is there already stays as they are. Refuses `not_permitted` in production.
    """
    with unit_of_work("accounts.seed_demonstration", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_demonstration"])
        if not (settings.DEMO or settings.TEST):
            unit.refuse([Refusal("not_permitted")])
        seed_bodies(actor=actor, at=at)
        held = set(Body.objects.values_list("pk", flat=True))
        for firm in FIRMS:
            if firm.body not in held:
                told = {"name_en": firm.name_en, "name_ur": firm.name_ur, "name_ja": firm.name_ja}
                name_body(actor=actor, body_id=firm.body, side=firm.body[:2], kind=firm.kind, **told, at=at)
        there = set(Person.objects.filter(invented=True).values_list("email", flat=True))
        password = make_password(PASSWORD)
        made = [_staff(unit, one, password) for one in STAFF[actor.node] if one.email(actor.node) not in there]
        made += _workers(unit)
        unit.about(Body(pk=actor.node), made=len(made))
    return made


def demonstration(*, actor: Actor, person_id: UUID, at: dt.datetime) -> Person:
    """Lets a visitor in as an invented person; `Missing` for anybody real and outside the demonstration."""
    with unit_of_work("accounts.demonstration", actor=actor, at=at) as unit:
        unit.permit(PERMITS["demonstration"])
        person: Person | None = Person.objects.filter(pk=person_id, invented=True, is_active=True).first()
        if person is None or not settings.DEMO:
            raise Missing("invented person")
        unit.actor = replace(actor, person=person.pk)
        unit.about(person)
    return person


def _staff(unit: Unit, one: Invented, password: str) -> Person:
    email = one.email(unit.actor.node)
    person = Person(email=email, name=f"{one.name} {MARK}", password=password, invented=True, created_at=unit.at)
    unit.add(person)
    grant_role(actor=unit.actor, person_id=person.pk, role=one.role, body_id=one.body, office=one.office, at=unit.at)
    Authenticator.objects.filter(user_id=person.pk).delete()
    TOTP.activate(person, totp_secret(email))
    RecoveryCodes.activate(person)
    return person


def _workers(unit: Unit) -> list[Person]:
    made = []
    for name, phone, card, language in WORKERS[unit.actor.node]:
        if Person.objects.filter(invented=True, staff=False, name=f"{name} {MARK}").exists():
            continue
        person = Person(
            name=f"{name} {MARK}",
            phone=phone,
            identity=card,
            language=language,
            staff=False,
            invented=True,
            password=make_password(None),
            created_at=unit.at,
            phone_shown_at=unit.at,
        )
        made.append(unit.add(person))
    return made
