"""People as the rules about granting see them."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor

from ..models import Person
from ..rules.grants import Granter, Receiver
from .actors import grants_of


def granter(actor: Actor) -> Granter:
    """The actor as the rules about granting see them."""
    return Granter(actor.person, actor.role, actor.body, actor.node)


def receiver(person: Person, at: dt.datetime) -> Receiver:
    """A person as the rules about granting see them."""
    held = frozenset(grants_of(person, at).values_list("role", flat=True))
    return Receiver(person.pk, person.staff, person.is_active, held)
