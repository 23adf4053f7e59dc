"""Stations 15 and 16: the flight with its manifest, the departure, and the arrival the accepting side confirms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import ONE_DAY
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.queries.clocks import LAST_MOMENT
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case
from rahdari.seals.forms import write_moment

from ..access import PERMITS
from ..models import Departure, Manifest, Passenger, Registration
from ..queries.cases import windows_of
from ..rules.flights import why_not_flight
from ..rules.manifests import of_one
from ..rules.setbacks import REBOOKED
from ..rules.steps import why_not_arrive, why_not_depart, why_not_list
from ..rules.windows import LANDING, USE, bounds, closes_on
from .papers import _beside, _paper_asked, _taken_up, _used, _wait_for

ACCEPTING = "jp"
AIRPORT_DESK = "PROTECTOR"
WORK_START = "JP_WORK_START"


def build_manifest(
    *, actor: Actor, case_ids: Sequence[UUID], flight: str, leaves_from: str, airport: str, leaves_at: dt.datetime,
    eta: dt.datetime, at: dt.datetime,
) -> Manifest:  # fmt: skip
    """Puts people who are cleared on one flight; each case's partner side is told flight, airport and time.

    All of them or nobody. Refuses `no_clearance`, `window_closes` (certificate and visa must be open on the day of landing),
    `wrong_state`, of each beside the person where there are several; `flight_missing`, `airport_unknown`, `time_missing`,
    `people_missing`, `too_many_people`. Leaves the manifest, a step `flight_booked` for each case, and the clock of the airport
    desk.
    """
    with unit_of_work("departures.build_manifest", actor=actor, at=at) as unit:
        unit.permit(PERMITS["build_manifest"])
        book = current_book()
        airports = book.codes("departure_airports", "iata")
        told: dict[str, Any] = {
            "flight": flight,
            "leaves_from": leaves_from,
            "airport": airport,
            "leaves_at": leaves_at,
            "eta": eta,
        }
        unit.refuse(why_not_flight(**told, airports=airports, people=len(case_ids), at=at))
        manifest = Manifest(home=actor.node, made_by=actor.body, **told)
        ids = sorted(set(case_ids))  # in one order: two manifests never wait for each other
        people = [_taken_up(unit, PERMITS["build_manifest"], case_id) for case_id in ids]
        unit.refuse(_why_not_listed(people, day_at(eta, ACCEPTING)))
        unit.add(manifest)
        for case, departure in people:
            with _beside(case.pk, case.name if len(people) > 1 else ""):
                _list(unit, manifest, case, departure)
        unit.about(manifest, flight=flight, people=len(case_ids))
    return manifest


def _why_not_listed(people: Sequence[tuple[Case, Departure]], lands_on: dt.date) -> list[Refusal]:
    """Why these cannot land on a day together; of several each refusal is told beside its person."""
    book, found = current_book(), []
    for case, departure in people:
        windows = {one.code: one.until for one in windows_of(departure, book)}
        cleared = Registration.objects.filter(departure=departure).exclude(clearance_no="").exists()
        needed = [(code, windows.get(code)) for code in bounds(book, LANDING, lands_on)]
        why = why_not_list(cleared=cleared, state=departure.state, lands_on=lands_on, bounds=needed)
        found += why if len(people) == 1 else of_one(case.pk, case.name, why)
    return found


def _list(unit: Unit, manifest: Manifest, case: Case, departure: Departure) -> None:
    actor = unit.actor
    phone = case.file.person.phone if case.file is not None else None
    event = record_step(
        actor=actor,
        case_id=case.pk,
        step="flight_booked",
        on=day_at(unit.at, actor.node),
        details={
            "persons": [str(case.person)],
            "flight": manifest.flight,
            "airport": manifest.airport,
            "eta": write_moment(manifest.eta),
        },
        also_told={"phone": phone} if phone else None,
        at=unit.at,
    )
    _off_flight(unit, departure)
    unit.add(Passenger(home=actor.node, level=event.level, bodies=event.bodies, departure=departure, manifest=manifest))
    departure.state = "flight_booked"
    unit.save(departure)
    unit.settle("departures.build_manifest", case)
    _wait_for(unit, "departures.record_departure", case, body=AIRPORT_DESK, role="protector", due_at=manifest.leaves_at)


def record_departure(
    *, actor: Actor, case_id: UUID, on: dt.date | None = None, seen: int | None = None, at: dt.datetime
) -> Departure:
    """The airport desk, or the promoter's clerk, tells that the person left.

    Refuses `not_on_manifest`, `wrong_state`, `before_previous_step`, `date_in_future`. Leaves the step `departed`.
    """
    with unit_of_work("departures.record_departure", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["record_departure"], case_id, seen)
        on = day_at(at, actor.node) if on is None else on
        passenger = _passenger(unit, departure)
        unit.refuse(why_not_depart(state=departure.state, listed=passenger is not None))
        record_step(actor=actor, case_id=case.pk, step="departed", on=on, at=at)
        departure.state = "departed"
        unit.save(departure)
        if passenger is not None:
            passenger.departed_on = on
            unit.save(passenger)
        unit.settle("departures.record_departure", case)
        _used(unit, case, *USE)
        unit.about(departure, case=case.pk, on=on)
    return departure


def _passenger(unit: Unit, departure: Departure) -> Passenger | None:
    held = Passenger.objects.filter(departure=departure, missed_because="").values_list("pk", flat=True).first()
    return None if held is None else unit.lock(Passenger, held)


def _off_flight(unit: Unit, departure: Departure, *, because: str = REBOOKED, on: dt.date | None = None) -> None:
    """Takes a person off the flight they were on, where there is one; the row stays with the reason."""
    passenger = _passenger(unit, departure)
    if passenger is not None:
        passenger.missed_because, passenger.missed_on = because, on or day_at(unit.at, unit.actor.node)
        unit.save(passenger)


def confirm_arrival(
    *, actor: Actor, case_id: UUID, airport: str, picked_up: bool = False, on: dt.date | None = None,
    paper: StepPaper | None = None, seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """Employer or support organisation confirms that the person arrived; on Pakistan's node it is entered from paper.

    Refuses `not_departed`, `airport_unknown`, `before_previous_step`, `wrong_state`, and what a paper lacks. Leaves the step
    `arrived`.
    """
    with unit_of_work("departures.confirm_arrival", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["confirm_arrival"], case_id, seen)
        kept = _paper_asked(unit, "arrived", paper)
        on = day_at(at, actor.node) if on is None else on
        passenger = _passenger(unit, departure)
        booked = {passenger.manifest.airport} if passenger is not None else set()
        unit.refuse(why_not_arrive(state=departure.state, airport=airport, airports=booked))
        details = {"airport": airport, "picked_up": picked_up}
        reason = "worker" if actor.role == "worker" else ""
        record_step(
            actor=actor, case_id=case.pk, step="arrived", on=on, reason=reason, details=details, paper=kept, numbered=False, at=at
        )
        _landed(unit, case, departure, passenger, on, picked_up)
        unit.about(departure, case=case.pk, on=on, airport=airport)
    return departure


def _begin_by(landed_on: dt.date) -> dt.datetime:
    """The last moment of the day before the time to begin work has run out (JP_WORK_START of `windows`)."""
    last = closes_on(current_book(), WORK_START, landed_on) - ONE_DAY
    return dt.datetime.combine(last, LAST_MOMENT, ZONES[ACCEPTING])


def _landed(unit: Unit, case: Case, departure: Departure, passenger: Passenger | None, on: dt.date, picked_up: bool) -> None:
    """What an arrival leaves on either node: the state, the passenger, the clock settled, the event for what follows."""
    departure.state = "arrived"
    unit.save(departure)
    if passenger is not None:
        passenger.arrived_on, passenger.picked_up = on, picked_up
        unit.save(passenger)
    unit.settle("departures.confirm_arrival", case)
    unit.settle("departures.trace_person", case, "arrived")
    if unit.actor.node == ACCEPTING:
        _wait_for(unit, "residence.begin_work", case, body=case.employer, role="employer", due_at=_begin_by(on))
    unit.tell("departures.arrived", case=case.pk, on=on)
