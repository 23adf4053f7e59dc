"""Writes: an account a person opens alone, with the phone they hold and the number of their card."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blinds
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import PHONE, Person, SignInCode
from ..queries.people import person_by_identity, person_with_phone
from ..rules.opening import proof_holds, why_not_open_account
from ..rules.phones import IDENTITY_KINDS, normal_identity


def open_account(
    *, actor: Actor, code_id: UUID | str, phone: str, name: str, identity: str, language: str, at: dt.datetime
) -> Person:
    """Opens the account of whoever holds this phone, as a worker; an account of both that rested is come back into.

    `code_id` names the code that was answered rightly from this phone; it opens once. Refuses `phone_not_shown` where it was
    not, or too long ago; `identity_not_valid`; `card_and_phone_apart` where phone or card is another account's, alike for
    both, so that a number given to somebody new opens nobody's file: the counter's recovery is the way then.
    """
    with unit_of_work("accounts.open_account", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_account"])
        proof = unit.lock(SignInCode, code_id)
        held = proof.phone_index in blinds(phone, PHONE) and proof_holds(proof.proven_at, at)
        form = next(one for one in current_book().identifiers if one["name"] == IDENTITY_KINDS[actor.node])
        card = normal_identity(identity, str(form["regex"]))
        of_phone, of_card = person_with_phone(phone), person_by_identity(card or "")
        unit.refuse(why_not_open_account(held=held, name=name, card=card is not None, apart=of_phone != of_card))
        person = of_card if of_card is not None else _new(unit, name, phone, card or "", language)
        if person.staff or not person.is_active:
            unit.refuse([Refusal("card_and_phone_apart")])
        Person.objects.filter(pk=person.pk).update(phone_shown_at=at)
        proof.proven_at = None
        unit.save(proof)
        unit.actor = replace(actor, person=person.pk, role="worker")
        unit.about(person, new=of_card is None)
    return person


def _new(unit: Unit, name: str, phone: str, card: str, language: str) -> Person:
    """A new worker; another who comes in the same moment with the same phone or card is refused as if it had been before."""
    person = Person(
        name=" ".join(name.split()), language=language, staff=False, created_at=unit.at, password=make_password(None),
        phone=phone, identity=card,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return unit.add(person)
    except IntegrityError:
        unit.refuse([Refusal("card_and_phone_apart")])
        raise
