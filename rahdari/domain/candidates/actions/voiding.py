"""A test that no longer counts, and a person barred from tests: pushed down by exams, which hears of them from the examiner."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import File, Qualification


def void_qualification(*, actor: Actor, result: UUID, on: dt.date, at: dt.datetime) -> Qualification | None:
    """Takes a test out of what a file proves, from a day on; called only inside the action that learned of it.

    Leaves the row with its day; None where the file never had it, or has it no more.
    """
    with unit_of_work("candidates.void_qualification", actor=actor, at=at) as unit:
        unit.permit(PERMITS["void_qualification"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        held = Qualification.objects.select_for_update().select_related("file").filter(result=result).first()
        stood = held is not None and held.void_from is None
        if held is not None and stood:
            held.void_from = on
            unit.save(held)
        unit.about(held or Qualification(pk=result), stood=stood)
    return held if stood else None


def bar_file(*, actor: Actor, file_id: UUID, until: dt.date | None, at: dt.datetime) -> File:
    """Bars a person from tests until a day (exclusive), or lifts the bar (`None`).

    Called only inside the action that learned of it. Leaves the day in the file, where booking and nomination ask for it.
    """
    with unit_of_work("candidates.bar_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["bar_file"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        file = unit.lock(File, file_id)
        file.barred_until = until
        unit.save(file)
        unit.about(file, until=until)
    return file
