"""Reads of accounts: who acts in a request, and in which roles a person may act."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from rahdari.base.actor import Actor, stranger
from rahdari.base.clock import now

from .models import Grant, Person

ACTING_AS = "acting_as"


def grants_of(person: Person, at: dt.datetime) -> QuerySet[Grant]:
    """The roles a person may act in at a moment."""
    in_force = Q(begins_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    return Grant.objects.filter(in_force, person=person).select_related("body").order_by("begins_at", "id")


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in a request: the person signed in, in the role chosen for this session; else a stranger."""
    if not request.user.is_authenticated:
        return stranger(settings.RAHDARI_NODE)
    grants = list(grants_of(request.user, now()))
    chosen = request.session.get(ACTING_AS)
    grant = next((one for one in grants if str(one.pk) == chosen), grants[0] if grants else None)
    return actor_for(request.user, grant)


def actor_for(person: Person, grant: Grant | None, channel: str = "web") -> Actor:
    """The actor a person is under a grant; without one a worker acts for themselves and staff may do nothing."""
    if grant is None:
        role, body, office = ("none" if person.staff else "worker"), "", ""
    else:
        role, body, office = grant.role, grant.body_id, grant.office
    return Actor(settings.RAHDARI_NODE, role, body, person.pk, person.name, office, channel)
