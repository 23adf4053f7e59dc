"""Reads: one's own account: roles, sessions, tokens, who looked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session as StoredSession
from django.db.models import QuerySet

from rahdari.base.access import known_permits
from rahdari.base.actor import Actor, stranger
from rahdari.base.clock import now
from rahdari.base.models import Letter, Look
from rahdari.base.seen import looks_at

from ..models import ApiToken, Grant, Person
from .actors import grants_of

NOT_FOR_PROGRAMS = ("accounts.", "web.")
DEVICES = (
    (re.compile(r"iPhone|iPad"), "iOS"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X|Macintosh"), "macOS"),
    (re.compile(r"Linux|X11"), "Linux"),
)
BROWSERS = (
    (re.compile(r"Edg"), "Edge"),
    (re.compile(r"Firefox|FxiOS"), "Firefox"),
    (re.compile(r"SamsungBrowser"), "Samsung Internet"),
    (re.compile(r"OPR|Opera"), "Opera"),
    (re.compile(r"Chrom|CriOS"), "Chrome"),
    (re.compile(r"Safari"), "Safari"),
)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a person: the device as far as it says, since when; `here` is the one that asks."""

    id: int
    device: str
    begun_at: dt.datetime
    here: bool


def own_person(actor: Actor) -> Person:
    """The person the actor is."""
    found: Person = Person.objects.get(pk=actor.person)
    return found


def own_grants(actor: Actor, at: dt.datetime) -> QuerySet[Grant]:
    """The roles the actor may act in."""
    return grants_of(Person(pk=actor.person), at)


def delegations_of(actor: Actor, at: dt.datetime) -> QuerySet[Grant]:
    """Who stands in for the actor now."""
    return Grant.objects.filter(for_person=actor.person, ends_at__gt=at).select_related("person", "body").order_by("ends_at")


def colleagues_of(actor: Actor, at: dt.datetime) -> QuerySet[Person]:
    """Active staff who hold a role for the actor's body."""
    if not actor.body:
        return Person.objects.none()
    held = Grant.objects.filter(body=actor.body, begins_at__lte=at).exclude(ends_at__lte=at).values("person")
    return Person.objects.filter(pk__in=held, is_active=True, staff=True).exclude(pk=actor.person).order_by("name", "id")


def sessions_of(actor: Actor, key: str | None) -> list[Session]:
    """The actor's sessions that still live, the newest first; notes of dead ones are forgotten."""
    person = own_person(actor)
    rows = list(UserSession.objects.filter(user=person).order_by("-created_at"))
    live = _live_keys([row.session_key for row in rows], person)
    dead = [row.pk for row in rows if row.session_key not in live]
    if dead:
        UserSession.objects.filter(pk__in=dead).delete()
    return [
        Session(row.pk, device_of(row.user_agent), row.created_at, row.session_key == key)
        for row in rows
        if row.session_key in live
    ]


def _live_keys(keys: list[str], person: Person) -> set[str]:
    """The keys of sessions that have not ended, not run out, and were begun with the present password."""
    stored = StoredSession.objects.filter(session_key__in=keys, expire_date__gt=now())
    proof = person.get_session_auth_hash()
    return {one.session_key for one in stored if one.get_decoded().get(HASH_SESSION_KEY) == proof}


def device_of(user_agent: str) -> str:
    """Browser and system in a few words, as the browser tells them."""
    found = [next((name for mark, name in table if mark.search(user_agent)), "") for table in (BROWSERS, DEVICES)]
    return ", ".join(filter(None, found)) or user_agent[:40]


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's tokens, the newest first."""
    return ApiToken.objects.filter(person=actor.person).select_related("grant__body").order_by("-made_at")


def open_looks(actor: Actor) -> QuerySet[Look]:
    """Who looked at the actor's own file, the newest first."""
    return looks_at(actor)


def scopes_for(actor: Actor) -> list[str]:
    """What a program may do in the actor's role: what the role opens and a stranger may not, accounts apart."""
    public = stranger(actor.node)
    permits = [one for name, one in known_permits().items() if not name.startswith(NOT_FOR_PROGRAMS)]
    return sorted(one.name for one in permits if one.why_not(public) and not one.why_not(actor))


def open_letters(actor: Actor) -> QuerySet[Letter]:
    """The messages sent to the actor, the newest first, without their text; those to nobody known are in nobody's list."""
    if actor.person is None:
        return Letter.objects.none()
    return Letter.objects.filter(to_person=actor.person).order_by("-made_at", "-id")
