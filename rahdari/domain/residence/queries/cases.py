"""What residence holds of one case so far, as the actor may see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.domain.departures.models import Passenger
from rahdari.domain.departures.queries import case_here, departure_of
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.placements.models import Case

from ..models import Employment, Guidance, StatusChange
from ..rules.changes import PERMITTED


@dataclass(frozen=True, slots=True)
class Beginning:
    """Guidance, change of status and first day of work of a case; what is not open to the actor is None."""

    case: Case
    guidance: Guidance | None
    change: StatusChange | None
    employment: Employment | None


def beginning_of(actor: Actor, case_id: UUID) -> Beginning:
    """Guidance, newest change of status and employment of a case the actor may see."""
    case = case_here(actor, case_id)

    def seen(rows: Any) -> Any:
        return rows if actor.role == "worker" else visible_to(actor, rows)

    guidance, employment = seen(Guidance.objects.filter(case=case)), seen(Employment.objects.filter(case=case))
    change = seen(StatusChange.objects.filter(case=case).order_by("-id"))
    return Beginning(case, guidance.first(), change.first(), employment.first())


def guidance_of(case: Case) -> Guidance | None:
    """The guidance of a case: for actions and rules."""
    return Guidance.objects.filter(case=case).first()


def change_of(case: Case) -> StatusChange | None:
    """The newest change of status of a case: for actions and rules."""
    return StatusChange.objects.filter(case=case).order_by("-id").first()


def permitted_on(case: Case) -> dt.date | None:
    """The day on which the change of status of a case was permitted, None before it."""
    change = change_of(case)
    return change.decided_on if change is not None and change.state == PERMITTED else None


def employment_of(case: Case) -> Employment | None:
    """The employment of a case: for actions and rules."""
    return Employment.objects.filter(case=case).first()


def landed_on(case: Case) -> dt.date | None:
    """The day of landing of a case, None before it."""
    departure = departure_of(case)
    passenger = Passenger.objects.filter(departure=departure, missed_because="").first() if departure is not None else None
    return None if passenger is None else passenger.arrived_on
