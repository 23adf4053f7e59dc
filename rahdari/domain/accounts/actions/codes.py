"""Writes: one-time codes by which workers sign in."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, replace
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.secrets import blind, blinds
from rahdari.base.work import unit_of_work

from ..access import PERMITS, alone
from ..models import PHONE, Person, SignInCode
from ..queries.people import person_by_phone
from ..rules.codes import DIGITS, LIFETIME, MOST_TRIES, why_not_enter
from ..rules.opening import may_have_account, phone_rested
from ..rules.phones import normal_phone

CODE = "accounts.code"


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody holds a phone of which more must be told (`open_account`): nobody has an account with it, or it rested too long.

    `code_id` names the code that shows it; `rested` tells the two apart and is not for pages.
    """

    code_id: UUID
    rested: bool


def ask_code(*, actor: Actor, phone: str, language: str, at: dt.datetime) -> str:
    """Sends a code to a phone and gives back the number in its one form; an older code counts no more.

    Where a person can open an account alone, every phone that could have one is sent a code. Elsewhere only one that a worker
    has: the same happens for the others, only that no message leaves. Refuses `phone_not_valid`.
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
        sent = person is not None or (_opens(actor) and may_have_account(number))
        told = {"way": "sms", "address": number if sent else "", "language": person.language if person else language}
        minutes = int(LIFETIME.total_seconds() // 60)
        values = {"code": code, "minutes": minutes}
        write_letter(unit, to=person and person.pk, **told, template="accounts/letters/code", values=values)  # type: ignore[arg-type]
        unit.about(row, known=person is not None)
    return number


def _opens(actor: Actor) -> bool:
    """Whether whoever asks may be about to open an account alone: a stranger, where that is possible."""
    return not actor.known and alone.holds(actor, None)


def enter_code(*, actor: Actor, phone: str, code: str, at: dt.datetime) -> Person | Held | None:
    """The worker whose code this is, or None; a wrong code is counted, and after five the code counts no more.

    A right code is spent. None is the one answer for wrong, old, spent, unknown. `Held` where the code is right and the phone
    alone is not enough: nobody has an account with it and one can be opened, or its account was not come into for too long.
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
        found = _whose(actor, row, at) if counts and right else None
        if found is not None or row.tries >= MOST_TRIES:
            row.closed_at = at
        if isinstance(found, Held):
            row.proven_at = at
        unit.save(row)
        if isinstance(found, Person):
            Person.objects.filter(pk=found.pk).update(phone_shown_at=at)
            unit.actor = replace(actor, person=found.pk)
        unit.about(row, right=found is not None, more_asked=isinstance(found, Held))
    return found


def _whose(actor: Actor, row: SignInCode, at: dt.datetime) -> Person | Held | None:
    """Who comes in by a right code."""
    person = row.person
    if person is None:
        return Held(row.pk, rested=False) if _opens(actor) else None
    if not person.is_active or row.phone_index not in blinds(person.phone or "", PHONE):  # a counter gave it another phone
        return None
    return Held(row.pk, rested=True) if phone_rested(person.phone_shown_at, at) else person
