"""Writes: accounts of people a training centre lists, and accounts forgotten again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.hashers import make_password

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Person, Recovery
from .proxies import _forget_watches
from .recovery import _forget

AT_ONCE = 2_000


def register_listed(*, actor: Actor, people: Sequence[tuple[str, str, str]], language: str, at: dt.datetime) -> list[Person]:
    """Gives each person of a list (name, card and phone in their one form, the phone may be empty) an account of their own.

    Whoever calls has made sure that no card and no phone is taken: the database refuses a second one. Nobody is told; a person
    signs in with their phone, or gets one at a counter.
    """
    with unit_of_work("accounts.register_listed", actor=actor, at=at) as unit:
        unit.permit(PERMITS["register_listed"])
        made = [_person(name, card, phone, language, at) for name, card, phone in people]
        Person.objects.bulk_create(made, batch_size=AT_ONCE)
        unit.about(made[0] if made else Person(), people=len(made), with_phone=sum(bool(phone) for _, _, phone in people))
    return made


def _person(name: str, card: str, phone: str, language: str, at: dt.datetime) -> Person:
    person = Person(name=name, language=language, staff=False, created_at=at, password=make_password(None))
    person.identity, person.phone = card, phone or None
    return person


def forget_people(*, actor: Actor, people: Sequence[UUID], at: dt.datetime) -> int:
    """Empties and closes accounts of workers; only inside the action that erases what they had. Says how many.

    Their sessions end with the password; recoveries go whole, those that wait too, so that none gives a closed account a phone.
    """
    with unit_of_work("accounts.forget_people", actor=actor, at=at) as unit:
        unit.permit(PERMITS["forget_people"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        empty = {"name": "", "phone": None, "phone_index": None, "identity": None, "identity_index": None}
        gone = 0
        for begin in range(0, len(people), AT_ONCE):
            part = people[begin : begin + AT_ONCE]
            recoveries = Recovery.objects.filter(person__in=part)
            list(recoveries.select_for_update())  # before the accounts, in the order in which a confirmation locks the two
            rows = Person.objects.filter(pk__in=part, staff=False)
            gone += rows.update(**empty, is_active=False, password=make_password(None))
            _forget(unit, recoveries)
            _forget_watches(part)
        unit.about(Person(pk=next(iter(people), None)), people=gone)
    return gone
