"""Who acts in a request, and in which roles a person may act."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from rahdari.base.actor import Actor, stranger
from rahdari.base.clock import now

from ..access import NEWCOMER
from ..models import ApiToken, Body, Grant, Person
from ..rules.tokens import MARK, token_hash

ACTING_AS = "acting_as"  # session: the grant chosen
SECOND_FACTOR = "second_factor"  # session: when a second factor was shown last (ISO), staff only


def grants_of(person: Person, at: dt.datetime) -> QuerySet[Grant]:
    """The roles a person may act in at a moment."""
    in_force = Q(begins_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    return Grant.objects.filter(in_force, person=person).select_related("body").order_by("begins_at", "id")


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in a request: the person signed in, in the role chosen for this session; else a stranger.

    Staff who showed no second factor in this session are newcomers: they may only set one up.
    """
    if not request.user.is_authenticated:
        return stranger(settings.RAHDARI_NODE)
    person: Person = request.user
    if needs_second_factor(person) and SECOND_FACTOR not in request.session:
        return Actor(settings.RAHDARI_NODE, NEWCOMER, "", person.pk, person.name)
    grants = list(grants_of(person, now())) if person.staff else []
    chosen = request.session.get(ACTING_AS)
    grant = next((one for one in grants if str(one.pk) == chosen), grants[0] if grants else None)
    request.acting_grant = grant.pk if grant else None  # type: ignore[attr-defined]
    return actor_for(person, grant)


def acting_grant(request: HttpRequest) -> UUID | None:
    """The grant under which a request acts, as `actor_of` found it."""
    return getattr(request, "acting_grant", None)


def needs_second_factor(person: Person) -> bool:
    """Staff always do; workers show by the code that they hold their phone."""
    return person.staff


def actor_for(person: Person, grant: Grant | None, channel: str = "web", scopes: frozenset[str] | None = None) -> Actor:
    """The actor a person is under a grant; without one a worker acts for themselves and staff may do nothing."""
    if grant is None:
        role, body, office = ("none" if person.staff else "worker"), "", ""
    else:
        role, body, office = grant.role, grant.body_id, grant.office
    return Actor(settings.RAHDARI_NODE, role, body, person.pk, person.name, office, channel, scopes)


def actor_by_token(secret: str, at: dt.datetime) -> tuple[Actor, ApiToken] | None:
    """The actor of a program's token and the token, None when it is unknown, revoked, expired or its role has ended."""
    if not secret.startswith(MARK):
        return None
    token = ApiToken.objects.filter(hash=token_hash(secret)).select_related("person", "grant").first()
    if token is None or token.revoked_at is not None or token.expires_at <= at or not token.person.is_active:
        return None
    grant = grants_of(token.person, at).filter(pk=token.grant_id).first()
    if grant is None:
        return None
    return actor_for(token.person, grant, "api", frozenset(token.scopes)), token


def kind_of_body(body: Body) -> str:
    """The code by which roles know a body: an authority's own code, or the kind of an organisation."""
    return body.kind if ":" in body.id else body.id
