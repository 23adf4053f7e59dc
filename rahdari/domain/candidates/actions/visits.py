"""A person at a counter: their code opens their file to whoever serves them, for half an hour."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.seen import note_look
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.actions import enter_code
from rahdari.domain.accounts.models import Person

from ..access import PERMITS
from ..models import CounterVisit, File
from ..queries.files import AT_COUNTER, file_of, visit_of


def begin_visit(*, actor: Actor, phone: str, code: str, at: dt.datetime) -> CounterVisit | None:
    """Opens the file of a person who stands at the counter and says the code their phone was sent; None for a wrong code.

    None is the one answer for wrong, old, spent and unknown, and each try is counted. Refuses `file_missing` where the person
    has no file yet, `phone_rested` where the phone was not used for so long that its owner must first come in by themself with
    their card. Leaves the visit, which the person sees among those who looked.
    """
    with unit_of_work("candidates.begin_visit", actor=actor, at=at) as unit:
        unit.permit(PERMITS["begin_visit"])
        person = enter_code(actor=actor, phone=phone, code=code, at=at)
        if person is None:
            unit.about(CounterVisit(), right=False)
            return None
        if not isinstance(person, Person):
            raise Refused([Refusal("phone_rested")])
        file = file_of(person.pk)
        unit.refuse([] if file is not None and file.erased_at is None else [Refusal("file_missing")])
        visit = CounterVisit(file=file, body=actor.body, officer=actor.person, begun_at=at, until=at + AT_COUNTER)  # type: ignore[misc]
        unit.add(visit)
        note_look(actor=actor, about=person.pk, purpose="candidates.begin_visit", at=at)
        unit.about(visit, right=True)
    return visit


def end_visit(*, actor: Actor, file_id: UUID, at: dt.datetime) -> File:
    """Closes the file in front of the counter before the half hour is over; the next person cannot see it."""
    with unit_of_work("candidates.end_visit", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_visit"])
        file = unit.lock(File, file_id)
        visit = visit_of(actor, at)
        if visit is None or visit.file_id != file.pk:
            raise Missing(f"File {file_id}")
        visit.until = at
        unit.save(visit)
        unit.about(file)
    return file
