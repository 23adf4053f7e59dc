"""Writes: tokens of programs."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import ApiToken, Person
from ..queries.account import scopes_for
from ..queries.actors import grants_of
from ..rules.tokens import MARK, shown_prefix, token_hash, why_not_make


def make_token(*, actor: Actor, name: str, scopes: list[str], expires_at: dt.datetime, at: dt.datetime) -> tuple[ApiToken, str]:
    """Makes a token that acts in the actor's present role for the permissions named; gives back the row and the secret.

    The secret is shown this once; only its hash is kept. Changing accounts is no matter for programs.
    Refuses `scopes_missing`, `scope_unknown`, `token_life_too_long`, `too_many_tokens`, `no_role_for_token`,
    and any token made with a token.
    """
    with unit_of_work("accounts.make_token", actor=actor, at=at) as unit:
        unit.permit(PERMITS["make_token"])
        unit.lock(Person, str(actor.person))
        grants = grants_of(Person(pk=actor.person), at).filter(role=actor.role, body=actor.body, office=actor.office)
        grant = grants.first()
        held = ApiToken.objects.filter(person_id=actor.person, revoked_at=None, expires_at__gt=at).count()  # type: ignore[misc]
        unit.refuse(why_not_make(scopes, scopes_for(actor), expires_at, held, grant.role if grant else "", at))
        secret = MARK + secrets.token_urlsafe(32)
        token = ApiToken(  # type: ignore[misc]
            person_id=actor.person,
            grant=grant,
            name=name,
            prefix=shown_prefix(secret),
            hash=token_hash(secret),
            scopes=sorted(scopes),
            made_at=at,
            expires_at=expires_at,
        )
        unit.add(token)
        unit.about(token, scopes=token.scopes, expires_at=expires_at)
    return token, secret


def revoke_token(*, actor: Actor, token_id: UUID, at: dt.datetime) -> ApiToken:
    """Ends one of the actor's own tokens now; refuses `not_permitted` for anybody else's. Doing it twice changes nothing."""
    with unit_of_work("accounts.revoke_token", actor=actor, at=at) as unit:
        token = unit.lock(ApiToken, token_id)
        unit.permit(PERMITS["revoke_token"], token)
        token.revoked_at = token.revoked_at or at
        unit.save(token)
        unit.about(token)
    return token


def note_token_use(*, actor: Actor, token_id: UUID, at: dt.datetime) -> None:
    """Notes that a token was used on this day of the node; called once a day and token, by the doorman."""
    with unit_of_work("accounts.note_token_use", actor=actor, at=at) as unit:
        token = unit.lock(ApiToken, token_id)
        token.last_used_on = day_at(at, actor.node)
        unit.save(token)
        unit.about(token, day=token.last_used_on)
