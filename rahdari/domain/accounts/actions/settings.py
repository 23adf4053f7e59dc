"""Writes: one's own name, language and sessions."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession

from rahdari.base.actor import Actor
from rahdari.base.work import Missing, unit_of_work

from ..access import PERMITS
from ..models import Person


def change_settings(*, actor: Actor, name: str, language: str, at: dt.datetime) -> Person:
    """Changes one's own name and the language of messages to oneself."""
    with unit_of_work("accounts.change_settings", actor=actor, at=at) as unit:
        unit.permit(PERMITS["change_settings"])
        person = unit.lock(Person, str(actor.person))
        changed = [what for what, new in (("name", name), ("language", language)) if getattr(person, what) != new]
        person.name, person.language = name, language
        unit.save(person)
        unit.about(person, changed=changed)
    return person


def end_session(*, actor: Actor, session_id: int, at: dt.datetime) -> None:
    """Ends one of the actor's own sessions at once, on whatever device; `Missing` for anybody else's."""
    with unit_of_work("accounts.end_session", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_session"])
        session = UserSession.objects.filter(pk=session_id, user_id=actor.person).first()
        if session is None:
            raise Missing(f"session {session_id}")
        session.end()
        unit.about(Person(pk=actor.person), session=session_id)
