"""Cases that follow when two files of one person are made one below, and go back when they are parted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.models import File

from ..access import PERMITS
from ..models import Case


def follow_file(*, actor: Actor, kept: UUID, gone: UUID, pseudonym: UUID, parted: bool = False, at: dt.datetime) -> int:
    """Cases of the file that ended belong to the one that goes on; says how many. The partner knows them as before.

    Which cases they were is told by the pseudonym, so that parting finds them again. Can be done again.
    """
    with unit_of_work("placements.follow_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_file"])
        before, after = (kept, gone) if parted else (gone, kept)
        file = File.objects.get(pk=after)
        cases = Case.objects.filter(home=actor.node, person=pseudonym, file=before)
        followed: int = cases.update(file=file, worker=file.person_id)
        unit.about(file, cases=followed, parted=parted)
    return followed
