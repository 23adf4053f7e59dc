"""Station 16 when nobody arrives: the employer says so, or the node when the time to confirm has run out."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Departure
from ..queries.setbacks import confirm_by
from ..rules.setbacks import LAST_KNOWN, why_not_report_no_arrival
from .flights import _passenger
from .papers import _locked_departure, _taken_up

TRACE = "departures.trace_person"
CONTACTS = {"pk": ("CONTACT_PK", "contact_point_pk"), "jp": ("CONTACT_JP", "contact_point_jp")}


def report_no_arrival(*, actor: Actor, case_id: UUID, last_known: str, seen: int | None = None, at: dt.datetime) -> Departure:
    """The employer tells that a person who departed did not arrive, and where they were last known to be.

    Refuses `not_departed`, `eta_not_passed` before the flight was to land, `reason_missing`, `wrong_state`, `stale`. Leaves the
    step `not_arrived` and a working day for the contact point of either side to find the person; a later arrival ends it.
    """
    with unit_of_work("departures.report_no_arrival", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["report_no_arrival"], case_id, seen)
        passenger = _passenger(unit, departure)
        eta = passenger.manifest.eta if passenger is not None else None
        unit.refuse(why_not_report_no_arrival(state=departure.state, last_known=last_known, eta=eta, at=at))
        _report(unit, case, departure, last_known, acting=actor.body)
        unit.about(departure, case=case.pk, last_known=last_known)
    return departure


def miss_arrival(*, actor: Actor, case_id: UUID, at: dt.datetime) -> Departure:
    """The node itself tells it when nobody confirmed an arrival in time; all that is known is that the person departed.

    Refuses `not_departed`, `arrival_awaited` while there is time, `wrong_state`. Leaves what `report_no_arrival` leaves.
    """
    with unit_of_work("departures.miss_arrival", actor=actor, at=at) as unit:
        unit.permit(PERMITS["miss_arrival"])
        case = unit.lock(Case, case_id)
        departure = _locked_departure(unit, case)
        passenger = _passenger(unit, departure)
        eta = passenger.manifest.eta if passenger is not None else None
        unit.refuse(why_not_report_no_arrival(state=departure.state, last_known=LAST_KNOWN[0], eta=eta, at=at))
        due = confirm_by(eta, current_book()) if eta is not None else None
        unit.refuse([Refusal("arrival_awaited", {"until": due})] if due is None or at <= due else [])
        _report(unit, case, departure, LAST_KNOWN[0], acting=CONTACTS[actor.node][0])
        unit.about(departure, case=case.pk, last_known=LAST_KNOWN[0])
    return departure


def _report(unit: Unit, case: Case, departure: Departure, last_known: str, *, acting: str) -> None:
    on = day_at(unit.at, unit.actor.node)
    told = {"details": {"last_known": last_known}, "acting": acting}
    record_step(actor=unit.actor, case_id=case.pk, step="not_arrived", on=on, **told, at=unit.at)  # type: ignore[arg-type]
    departure.state = "not_arrived"
    unit.save(departure)
    _wait_for_trace(unit, case)


def _wait_for_trace(unit: Unit, case: Case) -> None:
    """The contact point of this side finds the person, or asks the other one to (a request of the kind `tracing`)."""
    side = unit.actor.node
    body, role = CONTACTS[side]
    unit.settle(TRACE, case, "replaced")
    unit.wait(
        TRACE,
        case,
        holder_body=body,
        holder_role=role,
        holder_side=side,
        matter={"name": case.name, "field": case.demand.field},
        url_name="departures.see_departure",
        url_args=[str(case.pk)],
        due_at=due_after(TRACE, unit.at, current_book(), side),
    )
