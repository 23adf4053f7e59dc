"""What the partner tells between contract and arrival: each step moves the departure here as it moved it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.jobs.rules.papers import PAPER
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case, StationEvent

from ..access import PERMITS
from ..models import Departure, Manifest, Passenger, Registration
from ..rules.steps import DEPARTURE_MOVES
from ..rules.windows import USE
from .certificates import _wait_for_visa
from .flights import _landed, _off_flight, _passenger
from .no_arrivals import _wait_for_trace
from .papers import _advance, _keep, _locked_departure, _used, _wait_for
from .refusals import _file_again, _paper_ended, _visa_again
from .visas import _wait_for_registration

MISSED_LENGTH = 20  # of the reason as it is kept on the manifest; the step keeps it whole
NOT_KEPT = ("phone",)  # told for the pick-up, kept closed in its own place


def mirror_step(*, actor: Actor, statement: Statement, at: dt.datetime) -> StationEvent:
    """Takes up a step of stations 12 to 16 that the other side took.

    Refuses `contract_missing`, `wrong_state` for a step that cannot come yet, `before_previous_step`. A step entered from
    paper before is confirmed or contested. A step the partner has from paper is kept as such and moves nothing here.
    """
    with unit_of_work("departures.mirror_step", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_step"])
        told = statement.data
        case = unit.lock(Case, told["id"])
        departure = _locked_departure(unit, case)
        event = record_step(
            actor=actor,
            case_id=case.pk,
            step=told["step"],
            on=_on(statement),
            acting=told["acting"],
            reason=told.get("reason") or "",
            details={name: value for name, value in told["details"].items() if name not in NOT_KEPT},
            told=statement,
            at=at,
        )
        if told["source"] != PAPER:
            STEPS[told["step"]](unit, case, departure, statement)
        unit.about(event, case=case.pk, step=told["step"], statement=statement.id)
    return event


def _on(statement: Statement) -> dt.date:
    return dt.date.fromisoformat(statement.data["on"])


def _coe_filed(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "coe_filed")


def _coe_issued(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _keep_told(unit, departure, "coe", statement, number="coe_number")
    before = departure.state
    _advance(unit, departure, "coe_issued")
    if departure.state != before:
        _wait_for_visa(unit, case)


def _visa_filed(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "visa_filed")
    due = due_after("departures.decide_visa", unit.at, current_book(), unit.actor.node, mission=True)
    _wait_for(unit, "departures.decide_visa", case, body="EMB_JP_PK", role="visa_desk", due_at=due)


def _visa_issued(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _keep_told(unit, departure, "visa", statement)
    before = departure.state
    _advance(unit, departure, "visa_issued")
    if departure.state != before:
        unit.settle("departures.record_visa_filed", case, "replaced")
        _wait_for_registration(unit, case)


def _keep_told(unit: Unit, departure: Departure, kind: str, statement: Statement, number: str = "") -> None:
    details = statement.data["details"]
    _keep(
        unit,
        departure,
        kind,
        dated_on=_on(statement),
        until=dt.date.fromisoformat(details["until"]),
        number=details[number] if number else None,
        issuer=statement.data["acting"],
        columns=told_by(statement) | {"source": "system", "paper": None},
    )


def _registered(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "cleared")
    details = statement.data["details"]
    held = Registration.objects.select_for_update().filter(departure=departure).first()
    known = held is not None and held.clearance_no == details["clearance_no"]  # a new clearance follows one that was revoked
    unit.refuse([Refusal("already_known")] if known else [])
    row = held or Registration(departure=departure)
    for name, value in told_by(statement).items():
        setattr(row, name, value)
    row.registration_no, row.clearance_no, row.cleared_on = details["registration_no"], details["clearance_no"], _on(statement)
    unit.add(row) if held is None else unit.save(row)


def _clearance_refused(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "clearance_refused")


def _clearance_revoked(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "clearance_revoked")


def _flight_booked(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "flight_booked")
    details = statement.data["details"]
    eta = dt.datetime.fromisoformat(details["eta"])
    flight = {"home": statement.sender, "flight": details["flight"], "airport": details["airport"], "eta": eta}
    manifest = Manifest.objects.filter(**flight).first()
    if manifest is None:
        columns = told_by(statement) | flight
        manifest = unit.add(Manifest(**columns, leaves_from="", leaves_at=eta, made_by=statement.data["acting"]))
    held = _passenger(unit, departure)
    unit.refuse([Refusal("already_known")] if held is not None and held.manifest_id == manifest.pk else [])
    _off_flight(unit, departure)
    unit.add(Passenger(**told_by(statement), departure=departure, manifest=manifest, phone=details.get("phone")))


def _departed(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "departed")
    passenger, due = _passenger(unit, departure), None
    if passenger is not None:
        passenger.departed_on = _on(statement)
        unit.save(passenger)
        due = due_after("departures.confirm_arrival", passenger.manifest.eta, current_book(), unit.actor.node)
    _used(unit, case, *USE)
    _wait_for(unit, "departures.confirm_arrival", case, body=case.employer, role="employer", due_at=due)


def _arrived(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    before = departure.state
    _advance(unit, departure, "arrived")
    if departure.state != before:
        _landed(unit, case, departure, _passenger(unit, departure), _on(statement), statement.data["details"]["picked_up"])


def _flight_missed(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _advance(unit, departure, "flight_missed")
    _off_flight(unit, departure, because=statement.data["details"]["code"][:MISSED_LENGTH], on=_on(statement))


def _not_arrived(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    if departure.state == "arrived":  # entered here from paper, which the step contests
        return
    _advance(unit, departure, "not_arrived")
    _wait_for_trace(unit, case)


def _overrule(unit: Unit, departure: Departure, entered: str, to: str) -> None:
    """A refusal counts before the grant that was entered here from paper; otherwise it moves the departure as any step."""
    if departure.state != entered:
        return _advance(unit, departure, to)
    departure.state = to
    unit.save(departure)
    return None


def _coe_refused(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _overrule(unit, departure, "coe_issued", "coe_refused")
    _file_again(unit, case, "refused")


def _coe_more_papers(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    """Shown, and nothing else: it is the employer who brings them."""


def _visa_refused(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    _overrule(unit, departure, "visa_issued", "visa_refused")
    _visa_again(unit, case, "refused")


def _paper_expired(unit: Unit, case: Case, departure: Departure, statement: Statement) -> None:
    step = statement.data["step"]
    if step not in DEPARTURE_MOVES[departure.state]:  # whoever is booked or has left meanwhile goes on
        return
    _advance(unit, departure, step)
    _paper_ended(unit, case, departure, step.removesuffix("_expired"))


Handler = Callable[[Unit, Case, Departure, Statement], None]
STEPS: Mapping[str, Handler] = {
    "coe_filed": _coe_filed,
    "coe_issued": _coe_issued,
    "visa_filed": _visa_filed,
    "visa_issued": _visa_issued,
    "registered": _registered,
    "clearance_refused": _clearance_refused,
    "clearance_revoked": _clearance_revoked,
    "flight_booked": _flight_booked,
    "departed": _departed,
    "flight_missed": _flight_missed,
    "arrived": _arrived,
    "coe_refused": _coe_refused,
    "coe_more_papers": _coe_more_papers,
    "coe_expired": _paper_expired,
    "visa_refused": _visa_refused,
    "visa_expired": _paper_expired,
    "not_arrived": _not_arrived,
}
