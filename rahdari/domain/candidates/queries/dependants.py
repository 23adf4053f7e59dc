"""Who comes along: for the person themself and the counter they stand at, and nobody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.reference import Row
from rahdari.base.seen import note_look

from ..models import Dependant, File
from ..rules.dependants import STATUSES, family_row
from .files import file_at_hand


@dataclass(frozen=True, slots=True)
class Family:
    """Who comes along with a person, and what the law says of each status."""

    file: File
    members: list[tuple[Dependant, dt.date]]
    law: list[tuple[str, Row]]


def family_of(actor: Actor, at: dt.datetime) -> Family:
    """The family in one's own file, or in the file in front of the counter; there the person reads who looked."""
    file = file_at_hand(actor, None, at)
    if actor.role != "worker":
        note_look(actor=actor, about=file.person_id, purpose="candidates.see_dependants", at=at)
    members = [(one, dt.date.fromisoformat(one.birth_date)) for one in file.dependants.all()]
    book, today = current_book(), day_at(at, "pk")
    law = [(status, row) for status in STATUSES if (row := family_row(status, book, today)) is not None]
    return Family(file, members, law)
