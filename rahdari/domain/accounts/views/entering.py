"""The session: how somebody comes in, half or whole, and what it remembers. Nothing else writes it."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import login, logout
from django.http import HttpRequest

from rahdari.base.secrets import CannotOpen, close, open_closed

from ..models import Person
from ..queries.actors import ACTING_AS, SECOND_FACTOR

HALF = "half_signed_in"  # person, since when, and where to: the password was right, the second factor is missing
PHONE = "phone_of_code"  # the phone a code was asked for (closed), and where its owner wanted to go
HELD = "phone_held"  # the same of a phone that was shown to be held, and the code that showed it
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


def asked_for(request: HttpRequest, phone: str, onward: str) -> None:
    """Remembers for which phone a code was asked."""
    request.session[PHONE] = {"phone": _closed(phone), "onward": onward}


def phone_asked(request: HttpRequest) -> dict[str, str] | None:
    """The phone a code was asked for and where its owner wanted to go; None when none was."""
    return _opened(request.session.get(PHONE))


def hold(request: HttpRequest, code_id: UUID, asked: dict[str, str]) -> None:
    """Remembers, in a session with a new key, that this phone was shown to be held; nobody has come in by that."""
    request.session.flush()
    request.session[HELD] = {"code": str(code_id), "phone": _closed(asked["phone"]), "onward": asked["onward"]}


def phone_held(request: HttpRequest) -> dict[str, str] | None:
    """The phone that was shown to be held, the code that showed it, and where its owner wanted to go."""
    return _opened(request.session.get(HELD))


def _closed(phone: str) -> str:
    return base64.b64encode(close(phone, PHONE)).decode()


def _opened(told: dict[str, Any] | None) -> dict[str, str] | None:
    try:
        return told and told | {"phone": open_closed(base64.b64decode(told["phone"]), PHONE)}
    except CannotOpen:  # the keys rolled meanwhile
        return None


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
