"""The session: how somebody comes in, half or whole, and what it remembers. Nothing else writes it."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.auth import login, logout
from django.http import HttpRequest

from ..models import Person
from ..queries.actors import ACTING_AS, SECOND_FACTOR

HALF = "half_signed_in"  # person, since when, and where to: the password was right, the second factor is missing
PHONE = "phone_of_code"
BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_LIVES = dt.timedelta(minutes=10)
FRESH_FOR = dt.timedelta(minutes=15)


def come_half_in(request: HttpRequest, person: Person, onward: str, at: dt.datetime) -> None:
    """Remembers that the password was right, in a session with a new key and nothing of the old one."""
    request.session.flush()
    request.session[HALF] = {"person": str(person.pk), "at": at.isoformat(), "onward": onward}


def half_in(request: HttpRequest, at: dt.datetime) -> tuple[str, str] | None:
    """Who is half in and where they wanted to go; None when nobody is, or it was too long ago."""
    half = request.session.get(HALF)
    if not half or at - dt.datetime.fromisoformat(half["at"]) > HALF_LIVES:
        return None
    return half["person"], half["onward"]


def come_in(request: HttpRequest, person: Person, at: dt.datetime, *, second_factor: bool) -> None:
    """Makes the whole session: a new key, nothing of the old one, and the moment of the second factor."""
    request.session.flush()
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    if second_factor:
        request.session[SECOND_FACTOR] = at.isoformat()


def refresh(request: HttpRequest, at: dt.datetime) -> None:
    """Notes that the second factor was shown just now."""
    request.session[SECOND_FACTOR] = at.isoformat()


def fresh(request: HttpRequest, at: dt.datetime) -> bool:
    """Whether a second factor was shown lately enough for a change of credentials; workers came in by their phone."""
    if isinstance(request.user, Person) and not request.user.staff:
        return True
    shown = request.session.get(SECOND_FACTOR)
    return isinstance(shown, str) and at - dt.datetime.fromisoformat(shown) <= FRESH_FOR


def go_out(request: HttpRequest) -> None:
    """Ends the session."""
    logout(request)


def act_under(request: HttpRequest, grant_id: str) -> None:
    """Chooses the role acted in, for this session."""
    request.session[ACTING_AS] = grant_id
