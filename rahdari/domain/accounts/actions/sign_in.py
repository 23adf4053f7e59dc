"""Writes: signing in and out. The session itself is made by the view; here the proof is judged and the entry left."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal import auth as passkeys
from django.core.cache import cache
from django.core.exceptions import ValidationError

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Person
from ..queries.factors import has_main_factor, passkey_answer
from ..queries.people import person_by_password, person_for_sign_in

SPENT_FOR = 120  # seconds: longer than a code can count (three steps of 30)


def sign_in(*, actor: Actor, email: str, password: str, at: dt.datetime) -> Person:
    """The first step of staff: address and password. The second factor, or its set-up, must follow.

    Refuses `sign_in_wrong` for everything alike: unknown, wrong, worker, inactive.
    """
    with unit_of_work("accounts.sign_in", actor=actor, at=at) as unit:
        unit.permit(PERMITS["sign_in"])
        person = person_by_password(email, password)
        if person is None:
            raise Refused([Refusal("sign_in_wrong")])
        unit.actor = replace(actor, person=person.pk)
        unit.about(person, second_factor="asked" if has_main_factor(person.pk) else "to be set up")
    return person


def enter_second_factor(*, actor: Actor, person_id: UUID | str, code: str = "", credential: str = "", at: dt.datetime) -> Person:
    """The second step of staff: a code of the app, a recovery code, or a passkey. Refuses `code_wrong` and `passkey_wrong`."""
    with unit_of_work("accounts.enter_second_factor", actor=actor, at=at) as unit:
        unit.permit(PERMITS["enter_second_factor"])
        person = person_for_sign_in(person_id)
        if person is None:
            raise Refused([Refusal("code_wrong", member="code")])
        kind = "webauthn" if credential and _owner_of_passkey(person, credential) else _accept_code(person, code)
        unit.actor = replace(actor, person=person.pk)
        unit.about(person, factor=kind)
    return person


def sign_in_by_passkey(*, actor: Actor, credential: str, at: dt.datetime) -> Person:
    """Both steps at once: a passkey that checked its holder. Refuses `passkey_wrong` for everything alike."""
    with unit_of_work("accounts.sign_in_by_passkey", actor=actor, at=at) as unit:
        unit.permit(PERMITS["sign_in_by_passkey"])
        person = _owner_of_passkey(None, credential)
        if not person.is_active:
            raise Refused([Refusal("passkey_wrong")])
        unit.actor = replace(actor, person=person.pk)
        unit.about(person, factor="webauthn")
    return person


def sign_out(*, actor: Actor, at: dt.datetime) -> None:
    """Leaves the entry of a sign-out; the view ends the session."""
    with unit_of_work("accounts.sign_out", actor=actor, at=at) as unit:
        unit.permit(PERMITS["sign_out"])
        unit.about(Person(pk=actor.person))


def prove_again(*, actor: Actor, code: str = "", credential: str = "", at: dt.datetime) -> None:
    """Shows a second factor once more before a change. Refuses `code_wrong` and `passkey_wrong`."""
    with unit_of_work("accounts.prove_again", actor=actor, at=at) as unit:
        unit.permit(PERMITS["prove_again"])
        person = unit.lock(Person, str(actor.person))
        kind = "webauthn" if credential and _owner_of_passkey(person, credential) else _accept_code(person, code)
        unit.about(person, factor=kind)


def _accept_code(person: Person, code: str) -> str:
    """The kind of factor a typed code belongs to; the code is spent. Raises `Refused` with `code_wrong`."""
    for factor in Authenticator.objects.filter(user_id=person.pk, type__in=("totp", "recovery_codes")).order_by("type"):
        right = _totp_right(factor, code) if factor.type == "totp" else factor.wrap().validate_code(code)
        if code and right:
            factor.record_usage()
            return str(factor.type)
    raise Refused([Refusal("code_wrong", member="code")])


def _owner_of_passkey(person: Person | None, credential: str) -> Person:
    """Whose passkey answered: the person's own, or whoever the passkey names. Raises `Refused` with `passkey_wrong`."""
    answer = passkey_answer(credential)
    try:
        passkeys.parse_authentication_response(answer)
        owner: Person = person or passkeys.extract_user_from_response(answer)
        factor = passkeys.complete_authentication(owner, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise Refused([Refusal("passkey_wrong")]) from None
    factor.record_usage()
    return owner


def _totp_right(factor: Authenticator, code: str) -> bool:
    """A code counts once: allauth forgets a spent one after 30 seconds, but accepts its neighbours in time for 90."""
    return TOTP(factor).validate_code(code) and cache.add(f"totp-spent:{factor.user_id}:{code}", 1, timeout=SPENT_FOR)
