"""Writes: one-time codes by which workers sign in."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.secrets import blind, blinds
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import PHONE, Person, SignInCode
from ..queries.people import person_by_phone
from ..rules.codes import DIGITS, LIFETIME, MOST_TRIES, why_not_enter
from ..rules.phones import normal_phone

CODE = "accounts.code"


def ask_code(*, actor: Actor, phone: str, language: str, at: dt.datetime) -> str:
    """Sends a code to a phone, if a worker has it, and gives back the number in its one form.

    The same happens for a phone nobody has, only that no message leaves. An older code counts no more.
    Refuses `phone_not_valid`.
    """
    with unit_of_work("accounts.ask_code", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_code"])
        number = normal_phone(phone, actor.node)
        if number is None:
            raise Refused([Refusal("phone_not_valid", member="phone")])
        person, code = person_by_phone(number), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        SignInCode.objects.filter(phone_index__in=blinds(number, PHONE), closed_at=None).update(closed_at=at)
        row = SignInCode(person=person, phone_index=blind(number, PHONE), made_at=at, expires_at=at + LIFETIME)
        row.code_index = blind(f"{row.pk} {code}", CODE)
        unit.add(row)
        told = {"way": "sms", "address": number if person else "", "language": person.language if person else language}
        minutes = int(LIFETIME.total_seconds() // 60)
        values = {"code": code, "minutes": minutes}
        write_letter(unit, to=person and person.pk, **told, template="accounts/letters/code", values=values)  # type: ignore[arg-type]
        unit.about(row, known=person is not None)
    return number


def enter_code(*, actor: Actor, phone: str, code: str, at: dt.datetime) -> Person | None:
    """The worker whose code this is, or None; a wrong code is counted, and after five the code counts no more.

    A right code is spent. None is the one answer for wrong, old, spent, unknown.
    """
    with unit_of_work("accounts.enter_code", actor=actor, at=at) as unit:
        unit.permit(PERMITS["enter_code"])
        rows = SignInCode.objects.select_for_update().filter(phone_index__in=blinds(phone, PHONE), closed_at=None)
        row = rows.first()
        if row is None:
            unit.about(SignInCode(pk=None), right=False)
            return None
        counts = not why_not_enter(row.closed_at is not None, row.tries, row.expires_at, at)
        right = row.code_index in blinds(f"{row.pk} {code}", CODE)
        row.tries += 1
        person = row.person if counts and right else None
        person = person if person is not None and person.is_active else None
        if person is not None or row.tries >= MOST_TRIES:
            row.closed_at = at
        unit.save(row)
        if person is not None:
            unit.actor = replace(actor, person=person.pk)
        unit.about(row, right=person is not None)
    return person
