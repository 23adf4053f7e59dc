"""Stations 15 and 16 for many at once: who of a manifest flew and who did not, who arrived and who did not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Manifest
from ..queries.manifests import manifest_for, people_on
from ..rules.manifests import Arrived, Missed, NotArrived, why_not_tell_all
from .flights import confirm_arrival, record_departure
from .no_arrivals import report_no_arrival
from .papers import _beside
from .setbacks import record_flight_missed

Act = Callable[[], object]


def record_departures(
    *, actor: Actor, manifest_id: UUID, departed: Sequence[UUID] = (), missed: Sequence[Missed] = (), on: dt.date | None = None,
    at: dt.datetime,
) -> Manifest:  # fmt: skip
    """The airport desk, or the promoter's clerk for its own people, tells who of a manifest left and who missed the flight.

    All of it or nothing; who is not named stays booked. Refuses what `record_departure` and `record_flight_missed` refuse,
    `people_missing`, `too_many_people`, `named_twice`, `not_on_manifest`. Leaves what these leave, for each.
    """
    with unit_of_work("departures.record_departures", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_departures"])
        manifest = manifest_for(actor, manifest_id)
        on_it = people_on(actor, manifest)
        named = [*departed, *(one.case_id for one in missed)]
        unit.refuse(why_not_tell_all(named, on_it=on_it, to="departed"))
        told: dict[str, Any] = {"actor": actor, "on": on, "at": at}
        acts: dict[UUID, Act] = {one: partial(record_departure, case_id=one, **told) for one in departed}
        acts |= {
            one.case_id: partial(record_flight_missed, case_id=one.case_id, code=one.code, next_on=one.next_on, **told)
            for one in missed
        }
        _in_order(acts, {case_id: name for case_id, (name, _state) in on_it.items()})
        unit.about(manifest, departed=len(departed), missed=len(missed))
    return manifest


def confirm_arrivals(
    *, actor: Actor, manifest_id: UUID, arrived: Sequence[Arrived] = (), not_arrived: Sequence[NotArrived] = (),
    on: dt.date | None = None, at: dt.datetime,
) -> Manifest:  # fmt: skip
    """Employer or support organisation tells who of its people on a flight arrived; the employer also who did not.

    All of it or nothing; who is not named is awaited still. Refuses what `confirm_arrival` and `report_no_arrival` refuse,
    `people_missing`, `too_many_people`, `named_twice`, `not_on_manifest`. Leaves what these leave, for each.
    """
    with unit_of_work("departures.confirm_arrivals", actor=actor, at=at) as unit:
        unit.permit(PERMITS["confirm_arrivals"])
        manifest = manifest_for(actor, manifest_id)
        on_it = people_on(actor, manifest)
        named = [*(one.case_id for one in arrived), *(one.case_id for one in not_arrived)]
        unit.refuse(why_not_tell_all(named, on_it=on_it, to="arrived"))
        told: dict[str, Any] = {"actor": actor, "at": at}
        landed = told | {"airport": manifest.airport, "on": on}
        acts: dict[UUID, Act] = {
            one.case_id: partial(confirm_arrival, case_id=one.case_id, picked_up=one.picked_up, **landed) for one in arrived
        }
        acts |= {
            one.case_id: partial(report_no_arrival, case_id=one.case_id, last_known=one.last_known, **told) for one in not_arrived
        }
        _in_order(acts, {case_id: name for case_id, (name, _state) in on_it.items()})
        unit.about(manifest, arrived=len(arrived), not_arrived=len(not_arrived))
    return manifest


def _in_order(acts: dict[UUID, Act], names: dict[UUID, str]) -> None:
    """Each in one order, so that two of them never wait for each other; a refusal is told beside its person."""
    for case_id in sorted(acts):
        with _beside(case_id, names[case_id]):
            acts[case_id]()
