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

from ..access import PERMITS, alone
from ..models import PHONE, Person, SignInCode
from ..queries.people import person_by_identity, person_with_phone
from ..rules.opening import proof_holds, why_not_open_account
from ..rules.phones import IDENTITY_KINDS, normal_identity


def open_account(
    *, actor: Actor, code_id: UUID | str, phone: str, name: str, identity: str, language: str, at: dt.datetime
) -> Person:
    """Opens the account of whoever holds this phone, as a worker, on the sending side; one of both that rested is come back into.

    `code_id` names the code that was answered rightly from this phone; it opens once. Refuses `phone_not_shown` where it was
    not, or too long ago; `identity_not_valid`; `card_and_phone_apart` where phone or card is another account's, alike for
    both, so that a number given to somebody new opens nobody's file: the counter's recovery is the way then.
    """
    with unit_of_work("accounts.open_account", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_account"])
        proof = unit.lock(SignInCode, code_id)
        held = proof.phone_index in blinds(phone, PHONE) and proof_holds(proof.proven_at, at)
        card = _card(actor.node, identity)
        of_phone, of_card = person_with_phone(phone), person_by_identity(card or "")
        apart = of_phone != of_card or (of_card is None and not alone.holds(actor, None))
        unit.refuse(why_not_open_account(held=held, name=name, card=card is not None, apart=apart))
        person = of_card if of_card is not None else _new(unit, name, phone, card, language)
        if person.staff or not person.is_active:
            unit.refuse([Refusal("card_and_phone_apart")])
        Person.objects.filter(pk=person.pk).update(phone_shown_at=at)
        proof.proven_at = None
        unit.save(proof)
        unit.actor = replace(actor, person=person.pk, role="worker")
        unit.about(person, new=of_card is None)
    return person


def add_card(*, actor: Actor, identity: str, at: dt.datetime) -> Person:
    """Gives one's own account, which could only watch, the number of one's card, so that one can open a file of one's own.

    Refuses `identity_not_valid`, `card_there`, and `card_and_phone_apart` where the card is another account's.
    """
    with unit_of_work("accounts.add_card", actor=actor, at=at) as unit:
        unit.permit(PERMITS["add_card"])
        person, card = unit.lock(Person, str(actor.person)), _card(actor.node, identity)
        unit.refuse([Refusal("card_there")] if person.identity is not None else [])
        unit.refuse([] if card is not None else [Refusal("identity_not_valid", member="identity")])
        person.identity = card
        try:
            with transaction.atomic():
                unit.save(person)
        except IntegrityError:
            unit.refuse([Refusal("card_and_phone_apart")])
        unit.about(person)
    return person


def _card(node: str, typed: str) -> str | None:
    """The number of the card this node goes by, in its one form."""
    form = next(one for one in current_book().identifiers if one["name"] == IDENTITY_KINDS[node])
    return normal_identity(typed, str(form["regex"]))


def _new(unit: Unit, name: str, phone: str, card: str | None, language: str, code: str = "card_and_phone_apart") -> Person:
    """A new worker; where another comes in the same moment with the same phone or card, refused as if they had been before."""
    person = Person(
        name=" ".join(name.split()), language=language, staff=False, created_at=unit.at, password=make_password(None),
        phone=phone, identity=card, phone_shown_at=unit.at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return unit.add(person)
    except IntegrityError:
        unit.refuse([Refusal(code)])
        raise
