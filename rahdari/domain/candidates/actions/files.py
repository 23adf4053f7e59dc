"""Opening the one file of a person: by themself, or at the counter for whoever stands before it."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blind, blinds
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries.people import person_by_identity
from rahdari.domain.organisations.rules import entry_of, normalise, why_not

from ..access import PERMITS
from ..models import File
from ..rules.file_facts import FileFacts
from ..rules.files import why_not_open

CNIC, PASSPORT = "candidates.cnic", "candidates.passport"
COUNTER = "oec_counter"


def open_file(*, actor: Actor, told: FileFacts, identity: str = "", at: dt.datetime) -> File:
    """Opens the file of the person who acts, or at a counter of the person with this number of identity card.

    Refuses `identity_missing`, `duplicate_person` where card or passport is in a file already, `passport_wrong`,
    `passport_expired`, `date_in_future`. Leaves the file with the pseudonym under which the partner will know the person.
    """
    with unit_of_work("candidates.open_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_file"])
        unit.alone("candidates.file")
        person = _person(actor, identity)
        card = (person.identity if person is not None else None) or ""
        passport = normalise("pk_passport", told.passport_no) or ""
        unit.refuse(
            [
                *why_not_open(
                    birth_date=told.birth_date,
                    passport_until=told.passport_until,
                    today=day_at(at, "pk"),
                    identity=bool(card),
                    known=_known(person, card, passport),
                ),
                *_why_not_passport(passport),
            ]
        )
        file = File(
            person=person,
            name=" ".join(told.name.split()),
            father_name=" ".join(told.father_name.split()),
            birth_date=told.birth_date,
            sex=told.sex,
            birthplace=told.birthplace.strip(),
            cnic=card,
            cnic_index=blind(card, CNIC),
            passport_no=passport,
            passport_index=blind(passport, PASSPORT),
            passport_until=told.passport_until,
            available_from=told.available_from,
            opened_at=at,
            opened_by=actor.person,  # type: ignore[misc]  # signed in, or refused above
            opened_for=actor.body,
            **told.lists(),
        )
        unit.add(file)
        unit.about(file, at_counter=actor.role == COUNTER)
    return file


def _person(actor: Actor, identity: str) -> Person | None:
    if actor.role == COUNTER:
        return person_by_identity(normalise("cnic", identity) or "") if identity else None
    person: Person | None = Person.objects.filter(pk=actor.person, staff=False).first()
    return person


def _known(person: Person | None, card: str, passport: str) -> bool:
    held = File.objects.filter(cnic_index__in=blinds(card, CNIC)) | File.objects.filter(
        passport_index__in=blinds(passport, PASSPORT)
    )
    return held.exists() or (person is not None and File.objects.filter(person=person).exists())


def _why_not_passport(number: str) -> list[Refusal]:
    book = current_book()
    entry = entry_of("pk_passport", book)
    wrong = entry is None or bool(why_not(entry, number or None, book))
    return [Refusal("passport_wrong", member="told.passport_no")] if wrong else []
