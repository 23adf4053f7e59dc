"""What a worker is told of each step of a case, by a message to the phone, or by mail where there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.models import Letter
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.queries.letters import letter_to

from ..access import PERMITS
from ..models import Case, StationEvent
from ..rules.letters import letter_for

STEP_TOLD = "placements.step_taken"


def _announce(unit: Unit, case: Case, event: StationEvent, before: Iterable[StationEvent]) -> None:
    """Lets the message about a step be written after its commit, on the node that has the account of the worker."""
    if case.file_id is not None and _template(event) and not _told_before(event, before):
        unit.tell(STEP_TOLD, taken=event.pk)


def _told_before(event: StationEvent, before: Iterable[StationEvent]) -> bool:
    """Whether this is the word that confirms a paper of the same step, or such a paper: the worker knows it already."""
    word = event.statement or event.pk
    return event.confirmed_by is not None or any(one.step == event.step and one.confirmed_by == word for one in before)


def _template(event: StationEvent) -> str:
    return letter_for(step=event.step, acting=event.acting, reason=event.reason, details=event.details)


def tell_worker(*, actor: Actor, event_id: UUID, at: dt.datetime) -> Letter | None:
    """Writes to the worker of a case about one step of it, in their language; the letter bears the id of the step.

    Gives None where no message is written about such a step, or one was written before: there is never a second. `Missing` for
    a step that is not known here.
    """
    with unit_of_work("placements.tell_worker", actor=actor, at=at) as unit:
        unit.permit(PERMITS["tell_worker"])
        event = unit.lock(StationEvent, event_id, beside=("case__file__person",))
        template, file = _template(event), event.case.file
        letter = None
        if template and file is not None and not Letter.objects.filter(pk=event.pk).exists():
            letter = write_letter(unit, **letter_to(file.person, _told(event)), template=template, letter_id=event.pk)
        unit.about(event, step=event.step, written=letter is not None)
    return letter


def _told(event: StationEvent) -> dict[str, Any]:
    """What the templates say of a step: the number of the application, a time, a flight."""
    starts_at = event.details.get("starts_at") or event.details.get("at")
    at = dt.datetime.fromisoformat(starts_at) if isinstance(starts_at, str) else ""
    return {"number": event.case.number, "at": at, "flight": event.details.get("flight", "")}
