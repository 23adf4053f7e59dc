"""Writes: second factors. Each change is told to its owner by mail."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal import auth as passkeys
from django.core.exceptions import ValidationError

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..models import Person
from ..queries.factors import MAIN_KINDS, has_main_factor, passkey_answer


def add_totp(*, actor: Actor, secret: str, code: str, at: dt.datetime) -> Authenticator:
    """Makes an authenticator app a second factor once it has shown its first code; replaces an older one.

    Refuses `code_wrong`. Leaves recovery codes too, if there were none.
    """
    with unit_of_work("accounts.add_totp", actor=actor, at=at) as unit:
        unit.permit(PERMITS["add_totp"])
        person = unit.lock(Person, str(actor.person))
        if not validate_totp_code(secret, code):
            unit.refuse([Refusal("code_wrong", member="code")])
        Authenticator.objects.filter(user_id=person.pk, type="totp").delete()
        factor = TOTP.activate(person, secret).instance
        RecoveryCodes.activate(person)
        _tell(unit, person, "totp", "added")
        unit.about(person, factor="totp")
    return factor


def add_passkey(*, actor: Actor, credential: str, name: str, at: dt.datetime) -> Authenticator:
    """Makes a passkey a second factor that is also a whole sign-in. Refuses `passkey_wrong`."""
    with unit_of_work("accounts.add_passkey", actor=actor, at=at) as unit:
        unit.permit(PERMITS["add_passkey"])
        person = unit.lock(Person, str(actor.person))
        answer = passkey_answer(credential)
        try:
            passkeys.parse_registration_response(answer)
            verified = passkeys.complete_registration(answer).is_user_verified()
        except (ValidationError, ValueError, TypeError, KeyError):
            verified = False
        if not verified:
            unit.refuse([Refusal("passkey_wrong")])
        factor = passkeys.WebAuthn.add(person, name, answer).instance
        RecoveryCodes.activate(person)
        _tell(unit, person, "webauthn", "added")
        unit.about(person, factor="webauthn")
    return factor


def remove_factor(*, actor: Actor, factor_id: int, at: dt.datetime) -> None:
    """Removes one of the actor's second factors; `Missing` for anybody else's, refuses `last_factor`."""
    with unit_of_work("accounts.remove_factor", actor=actor, at=at) as unit:
        unit.permit(PERMITS["remove_factor"])
        person = unit.lock(Person, str(actor.person))
        factor = Authenticator.objects.filter(pk=factor_id, user_id=person.pk, type__in=MAIN_KINDS).first()
        if factor is None:
            raise Missing(f"factor {factor_id}")
        if Authenticator.objects.filter(user_id=person.pk, type__in=MAIN_KINDS).count() == 1:
            unit.refuse([Refusal("last_factor")])
        kind = str(factor.type)
        factor.delete()
        _tell(unit, person, kind, "removed")
        unit.about(person, factor=kind)


def renew_recovery_codes(*, actor: Actor, at: dt.datetime) -> list[str]:
    """Makes new recovery codes and gives them back, the only time they are shown; the old ones count no more.

    Refuses `no_factor_yet`.
    """
    with unit_of_work("accounts.renew_recovery_codes", actor=actor, at=at) as unit:
        unit.permit(PERMITS["renew_recovery_codes"])
        person = unit.lock(Person, str(actor.person))
        if not has_main_factor(person.pk):
            unit.refuse([Refusal("no_factor_yet")])
        Authenticator.objects.filter(user_id=person.pk, type="recovery_codes").delete()
        codes: list[str] = RecoveryCodes.activate(person).generate_codes()
        _tell(unit, person, "recovery_codes", "added")
        unit.about(person, factor="recovery_codes")
    return codes


def _tell(unit: Unit, person: Person, kind: str, done: str) -> None:
    if person.email:
        told = {"way": "email", "address": person.email, "language": person.language}
        template = "accounts/letters/factor_changed"
        write_letter(unit, to=person.pk, **told, template=template, values={"kind": kind, "done": done})
