"""What goes wrong on the way to the arrival: a flight missed, after which the person is put on another one."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.parties import recruiter_of

from ..access import PERMITS
from ..models import Departure
from ..rules.setbacks import why_not_miss_flight
from .flights import _off_flight, _passenger
from .papers import _taken_up, _wait_for


def record_flight_missed(
    *, actor: Actor, case_id: UUID, code: str, next_on: dt.date | None = None, on: dt.date | None = None,
    seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """The airport desk, or the promoter's clerk, tells that the person did not fly, why, and when the next flight is.

    Refuses `not_on_manifest`, `reason_missing`, `next_flight_before`, `wrong_state`, `before_previous_step`, `date_in_future`,
    `stale`. Leaves the step `flight_missed`, the reason on the manifest, and the clock of whoever books the next flight; the
    clearance and its pass hold.
    """
    with unit_of_work("departures.record_flight_missed", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["record_flight_missed"], case_id, seen)
        on = day_at(at, actor.node) if on is None else on
        listed = _passenger(unit, departure) is not None
        unit.refuse(why_not_miss_flight(state=departure.state, listed=listed, code=code, on=on, next_on=next_on))
        details: dict[str, Any] = {"code": code} | ({"next": next_on.isoformat()} if next_on is not None else {})
        record_step(actor=actor, case_id=case.pk, step="flight_missed", on=on, details=details, at=at)
        _off_flight(unit, departure, because=code, on=on)
        departure.state = "flight_missed"
        unit.save(departure)
        _wait_for_flight(unit, case)
        unit.about(departure, case=case.pk, code=code, on=on)
    return departure


def _wait_for_flight(unit: Unit, case: Case) -> None:
    """Nobody waits at the airport any more; whoever recruits books another flight."""
    unit.settle("departures.record_departure", case, "missed")
    _wait_for(unit, "departures.build_manifest", case, body=recruiter_of(case))
