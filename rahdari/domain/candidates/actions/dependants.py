"""Spouse and children who come along: recorded in the file of whoever lives in Japan under a status that allows it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Missing, unit_of_work

from ..access import PERMITS
from ..models import Dependant, File
from ..queries.files import file_at_hand
from ..rules.dependants import Told, family_row, plain_passport, why_not_dependant


def record_dependant(
    *, actor: Actor, relation: str, status: str, name: str, birth_date: dt.date, passport_no: str = "",
    file_id: UUID | None = None, at: dt.datetime,
) -> Dependant:  # fmt: skip
    """Records a spouse or child in the file, apart from it: whoever sees the file by consent does not see them.

    Refuses `dependants_not_allowed` where the law lets no family come along with the status (SSW(i)), with its row;
    `name_not_latin`, `date_in_future`, `child_older`, `dependant_passport_wrong`, `spouse_there`, `too_many_dependants`.
    """
    with unit_of_work("candidates.record_dependant", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_dependant"])
        file = unit.lock(File, file_at_hand(actor, file_id, at).pk)
        today = day_at(at, "pk")
        told = Told(relation, status, " ".join(name.split()), birth_date, plain_passport(passport_no))
        held = list(file.dependants.values_list("relation", flat=True))
        row = family_row(status, current_book(), today)
        unit.refuse(why_not_dependant(told, born=file.birth_date, held=held, row=row, today=today))
        one = Dependant(
            file=file, relation=relation, status=status, name=told.name, birth_date=birth_date.isoformat(),
            passport_no=told.passport_no or None, recorded_at=at, recorded_by=actor.person, recorded_role=actor.role,  # type: ignore[misc]
        )  # fmt: skip
        unit.add(one)
        unit.about(one, relation=relation, status=status)
    return one


def remove_dependant(*, actor: Actor, dependant_id: UUID, at: dt.datetime) -> File:
    """Takes a spouse or child out of the file for good; nothing of them stays. `Missing` for one of another file."""
    with unit_of_work("candidates.remove_dependant", actor=actor, at=at) as unit:
        unit.permit(PERMITS["remove_dependant"])
        file = unit.lock(File, file_at_hand(actor, None, at).pk)
        gone, _ = Dependant.objects.filter(pk=dependant_id, file=file).delete()
        if not gone:
            raise Missing(f"Dependant {dependant_id}")
        unit.about(file, removed=gone)
    return file
