"""Second factors: what a person has, and what an authenticator is asked to sign."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal import auth as passkeys

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused

from ..models import Person

MAIN_KINDS = ("totp", "webauthn")


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor of a person; `left` counts unused recovery codes."""

    id: int
    kind: str
    name: str
    made_at: dt.datetime
    used_at: dt.datetime | None
    left: int = 0


def factors_of(actor: Actor) -> list[Factor]:
    """The actor's own second factors, in the order they were made."""
    return [_factor(one) for one in Authenticator.objects.filter(user_id=actor.person).order_by("pk")]


def _factor(one: Authenticator) -> Factor:
    kind, left, name = str(one.type), 0, ""
    if kind == "webauthn":
        name = one.wrap().name
    elif kind == "recovery_codes":
        left = len(one.wrap().get_unused_codes())
    return Factor(one.pk, kind, name, one.created_at, one.last_used_at, left)


def has_main_factor(person_id: UUID | None) -> bool:
    """Whether a person has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=person_id, type__in=MAIN_KINDS).exists()


def passkeys_possible(host: str) -> bool:
    """Whether the node is reached by a name: a passkey belongs to a name and cannot belong to an IP address."""
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return True
    return False


def passkey_question(person: Person | None) -> dict[str, Any]:
    """What the browser asks an authenticator: one of the person's passkeys, or any that knows its owner."""
    return passkeys.begin_authentication(person)


def new_passkey_question(person: Person) -> dict[str, Any]:
    """What the browser asks an authenticator to make: a passkey that knows its owner and checks who holds it."""
    return passkeys.begin_registration(person, True)


def passkey_answer(credential: str) -> dict[str, Any]:
    """What the browser sent back, as JSON; raises `Refused` with `passkey_wrong`."""
    try:
        answer = json.loads(credential)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Refused([Refusal("passkey_wrong")])
    return answer


def code_at(secret: str, at: dt.datetime) -> str:
    """The code an authenticator app with this secret shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))
