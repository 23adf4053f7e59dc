"""Writes at a counter: workers registered there, and accounts given a new phone by two officers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Person, Recovery
from ..queries.people import person_by_identity, person_with_phone, phone_taken
from ..rules.opening import phone_rested
from ..rules.phones import IDENTITY_KINDS, normal_identity, normal_phone
from ..rules.recovery import RECOVERY_MOVES, WAITING_TIME, why_not_confirm
from .proxies import _end_watches

TASK = "accounts.confirm_recovery"


def register_at_counter(*, actor: Actor, name: str, identity: str, phone: str, language: str, at: dt.datetime) -> Person:
    """Gives a worker at the counter an account, with a phone or without one.

    Refuses `identity_not_valid`, `phone_not_valid`, `identity_taken`, `phone_taken`. Without a phone the
    worker acts at counters only, until a recovery gives the account one.
    """
    with unit_of_work("accounts.register_at_counter", actor=actor, at=at) as unit:
        unit.permit(PERMITS["register_at_counter"])
        card = _identity(actor.node, identity)
        number = _phone(actor.node, phone) if phone.strip() else None
        taken = [Refusal("identity_taken", member="identity")] if person_by_identity(card) else []
        taken += [Refusal("phone_taken", member="phone")] if number and phone_taken(number) else []
        unit.refuse(taken)
        person = Person(name=name, language=language, staff=False, created_at=at, password=make_password(None))
        person.identity = card
        if number:
            person.phone, person.phone_shown_at = number, at
        unit.add(person)
        unit.about(person, with_phone=number is not None)
    return person


def begin_recovery(*, actor: Actor, identity: str, phone: str, at: dt.datetime) -> Recovery:
    """Begins giving a worker's account a new phone; a second officer confirms it after a waiting day.

    The old phone is told at once, so that its owner can object; so is a number that another account has and did not show for
    so long that a network may have given it away: who comes in with it until the confirmation keeps it. Refuses
    `identity_not_valid`, `phone_not_valid`, `person_not_found`, `phone_taken`, `recovery_open`. Leaves a row of what waits.
    """
    with unit_of_work("accounts.begin_recovery", actor=actor, at=at) as unit:
        unit.permit(PERMITS["begin_recovery"])
        found = person_by_identity(_identity(actor.node, identity))
        number = _phone(actor.node, phone)
        if found is None or found.staff or not found.is_active:
            raise Refused([Refusal("person_not_found", member="identity")])
        person = _open_account(unit, found.pk)
        before = _had_before(unit, person, number)
        if Recovery.objects.filter(person=person, state="recovery_begun").exists():
            unit.refuse([Refusal("recovery_open", member="identity")])
        recovery = Recovery(  # type: ignore[misc]
            person=person,
            body_id=actor.body,
            phone=number,
            state="recovery_begun",
            begun_by=actor.person,
            begun_at=at,
            ready_at=at + WAITING_TIME,
        )
        unit.add(recovery)
        place = {"holder_body": actor.body, "holder_side": actor.node, "url_name": TASK, "url_args": [str(recovery.pk)]}
        unit.wait(TASK, recovery, **place, matter={"task": TASK}, due_at=recovery.ready_at + WAITING_TIME)
        _tell(unit, person, person.phone, "accounts/letters/recovery_begun")
        _tell(unit, before, number, "accounts/letters/number_asked")
        unit.about(recovery, person=person.pk)
    return recovery


def confirm_recovery(*, actor: Actor, recovery_id: UUID, at: dt.datetime) -> Recovery:
    """Gives the account its new phone, ends every session and every watch it allowed, and tells both phones.

    A number of an account that rested is taken off that account.
    Refuses `four_eyes` for the officer who began it, `waiting_day_not_over`, `wrong_state`, `phone_taken`,
    `person_not_found` for an account closed meanwhile, and officers of another body.
    """
    with unit_of_work("accounts.confirm_recovery", actor=actor, at=at) as unit:
        recovery = unit.lock(Recovery, recovery_id)
        unit.permit(PERMITS["confirm_recovery"], recovery)
        unit.refuse(why_not_confirm(recovery.state, recovery.begun_by, actor.person, recovery.ready_at, at))
        person = _open_account(unit, recovery.person_id)
        before = _had_before(unit, person, recovery.phone)
        if before is not None:
            _take_number_off(unit, before)
        old, person.phone, person.phone_shown_at = person.phone, recovery.phone, at
        person.password = make_password(None)  # every session rests on it
        unit.save(person)
        _close(unit, recovery, "recovery_confirmed")
        ended = _end_sessions(person)
        _end_watches(Q(worker=person), at)  # whoever had the old phone may have allowed them
        for phone in (old, person.phone):
            _tell(unit, person, phone, "accounts/letters/recovery_confirmed")
        unit.about(recovery, person=person.pk, sessions_ended=ended, number_of=before and before.pk)
    return recovery


def cancel_recovery(*, actor: Actor, recovery_id: UUID, at: dt.datetime) -> Recovery:
    """Stops a recovery: by the worker, signed in with the old phone, or by an officer of the body. Refuses `wrong_state`."""
    with unit_of_work("accounts.cancel_recovery", actor=actor, at=at) as unit:
        recovery = unit.lock(Recovery, recovery_id)
        unit.permit(PERMITS["cancel_recovery"], recovery)
        unit.refuse(why_not_move(RECOVERY_MOVES, recovery.state, "recovery_cancelled"))
        _close(unit, recovery, "recovery_cancelled")
        unit.about(recovery, person=recovery.person_id)
    return recovery


def _open_account(unit: Unit, person_id: UUID) -> Person:
    """The account, locked; one that was closed before the lock was had is no account any more."""
    person = unit.lock(Person, person_id)
    unit.refuse([] if person.is_active else [Refusal("person_not_found", member="identity")])
    return person


def _had_before(unit: Unit, person: Person, number: str) -> Person | None:
    """The account, locked, that has a number a network may have given to somebody else; None where nobody has it.

    Refuses `phone_taken` where it was shown to be its owner's lately.
    """
    found = person_with_phone(number)
    if found is None:
        return None
    before = unit.lock(Person, found.pk)
    taken = before == person or before.staff or not phone_rested(before.phone_shown_at, unit.at)
    unit.refuse([Refusal("phone_taken", member="phone")] if taken else [])
    return before


def _take_number_off(unit: Unit, before: Person) -> None:
    """The account goes on without a phone; one that had no card held nothing but watches, and nobody can come in to them."""
    before.phone = before.phone_shown_at = None
    unit.save(before)
    if before.identity is None:
        _end_watches(Q(person=before), unit.at)


def _forget(unit: Unit, recoveries: QuerySet[Recovery]) -> None:
    """Settles what waits for these recoveries and deletes them: the phone of each is closed text that must be there."""
    for recovery in recoveries.filter(state="recovery_begun"):
        unit.settle(TASK, recovery, "recovery_cancelled")
    recoveries.delete()


def _close(unit: Unit, recovery: Recovery, state: str) -> None:
    recovery.state, recovery.ended_by, recovery.ended_at = state, unit.actor.person, unit.at
    unit.save(recovery)
    unit.settle(TASK, recovery, state)


def _end_sessions(person: Person) -> int:
    sessions = list(UserSession.objects.filter(user_id=person.pk))
    for session in sessions:
        session.end()
    return len(sessions)


def _identity(node: str, typed: str) -> str:
    form = next(one for one in current_book().identifiers if one["name"] == IDENTITY_KINDS[node])
    card = normal_identity(typed, str(form["regex"]))
    if card is None:
        raise Refused([Refusal("identity_not_valid", member="identity")])
    return card


def _phone(node: str, typed: str) -> str:
    number = normal_phone(typed, node)
    if number is None:
        raise Refused([Refusal("phone_not_valid", member="phone")])
    return number


def _tell(unit: Unit, person: Person | None, phone: str | None, template: str) -> None:
    if person is not None and phone:
        write_letter(unit, to=person.pk, way="sms", address=phone, language=person.language, template=template, values={})
