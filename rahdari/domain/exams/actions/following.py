"""Seats that follow when two files of one person are made one below, and go back when they are parted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.actions import bar_file
from rahdari.domain.candidates.models import File

from ..access import PERMITS
from ..models import Booking, Result
from ..queries.voided import bar_of


def follow_booking(*, actor: Actor, kept: UUID, gone: UUID, pseudonym: UUID, parted: bool = False, at: dt.datetime) -> int:
    """Seats of the file that ended, and results got in them, belong to the one that goes on; says how many seats.

    A result entered from a certificate stays where it was entered: what it proves went over with the file. Leaves each of the
    two files barred by the results it has now. Can be done again.
    """
    with unit_of_work("exams.follow_booking", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_booking"])
        before, after = (kept, gone) if parted else (gone, kept)
        file = File.objects.get(pk=after)
        seats = Booking.objects.filter(home=actor.node, person=pseudonym, file=before)
        Result.objects.filter(booking__in=seats).update(file=file)
        followed = seats.update(file=file)
        for one in (file, File.objects.get(pk=before)):
            until = bar_of(one.pk)
            if one.barred_until != until:
                bar_file(actor=actor, file_id=one.pk, until=until, at=at)
        unit.about(file, seats=followed, parted=parted)
    return int(followed)
