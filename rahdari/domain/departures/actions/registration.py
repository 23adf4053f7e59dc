"""Station 14: the registration is applied for with its receipts, and the Protector clears the departure under a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of, costs_confirmed, offer_of
from rahdari.domain.jobs.actions import check_licences
from rahdari.domain.placements.actions import record_step

from ..access import PERMITS
from ..models import Departure, Registration
from ..queries.cases import windows_of
from ..rules.registration import Receipt, fees_due, why_not_apply
from ..rules.steps import why_not_clear
from ..rules.windows import PERMISSION, why_not_overlap
from .papers import _taken_up, _wait_for


def apply_registration(
    *, actor: Actor, case_id: UUID, receipts: Sequence[Receipt], insurance_no: str, insured_on: dt.date | None = None,
    oriented_on: dt.date | None = None, seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """Whoever recruits, or the worker, applies for the registration with fee receipts of a bank, insurance and orientation.

    Refuses `visa_missing`, `receipt_missing`, `fees_wrong`, `insurance_missing`, `orientation_missing`, `permission_expired`,
    `wrong_state`. Leaves the application and the Protector's clock; nothing crosses.
    """
    with unit_of_work("departures.apply_registration", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["apply_registration"], case_id, seen)
        book, today = current_book(), day_at(at, actor.node)
        check_licences(
            actor=actor, demand_id=case.demand_id, subject_kind="placements.case", subject_id=str(case.pk), goes_on=True, at=at
        )
        permission = next((one for one in windows_of(departure, book) if one.code == PERMISSION), None)
        unit.refuse(
            why_not_apply(
                state=departure.state,
                receipts=receipts,
                due=fees_due(book, case.route, today),
                insurance_no=insurance_no,
                insured_on=insured_on,
                oriented_on=oriented_on,
                permission=permission,
                on=today,
                today=today,
            )
        )
        registration = unit.add(
            Registration(
                home=actor.node,
                departure=departure,
                applied_on=today,
                receipts=[_kept(one) for one in receipts],
                insurance_no=insurance_no.strip(),
                insured_on=insured_on,
                oriented_on=oriented_on,
            )
        )
        departure.state = "registration_applied"
        unit.save(departure)
        unit.settle("departures.apply_registration", case)
        _wait_for(unit, "departures.issue_clearance", case, body="PROTECTOR", role="protector")
        unit.about(departure, case=case.pk, registration=registration.pk, receipts=len(receipts))
    return departure


def _kept(receipt: Receipt) -> dict[str, object]:
    told = asdict(receipt)
    return told | {"paid_on": receipt.paid_on.isoformat() if receipt.paid_on else None}


def issue_clearance(*, actor: Actor, case_id: UUID, terms_hash: str, seen: int | None = None, at: dt.datetime) -> Departure:
    """The Protector registers the worker who appears and clears the departure; `terms_hash` is that of the paper shown.

    Refuses `hash_differs` where it is not the contract's, `costs_not_confirmed`, `under_18`, `windows_do_not_overlap`,
    `permission_expired`, `wrong_state`. Leaves registration and clearance under numbers of the protectorate and the calendar
    year, the step `registered`, and the clock of whoever books the flight.
    """
    with unit_of_work("departures.issue_clearance", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["issue_clearance"], case_id, seen)
        book, today = current_book(), day_at(at, actor.node)
        contract, offer = contract_of(case), offer_of(case)
        signed = contract is not None and offer is not None and contract.terms_hash == offer.terms_hash
        unit.refuse(
            why_not_clear(
                state=departure.state,
                terms_hash=terms_hash,
                contract_hash=contract.terms_hash if signed and contract is not None else "",
                costs_confirmed=costs_confirmed(case),
                born=None if case.file is None else case.file.birth_date,
                today=today,
                windows=why_not_overlap(windows_of(departure, book), today=today, book=book),
            )
        )
        registration = unit.lock(Registration, Registration.objects.get(departure=departure).pk)
        _number(unit, registration, actor.office or "PK", today)
        numbers = {"registration_no": registration.registration_no, "clearance_no": registration.clearance_no}
        event = record_step(actor=actor, case_id=case.pk, step="registered", on=today, details=numbers, at=at)
        registration.level, registration.bodies = event.level, event.bodies
        unit.save(registration)
        departure.state = "cleared"
        unit.save(departure)
        unit.settle("departures.issue_clearance", case)
        _wait_for(unit, "departures.build_manifest", case, body=case.promoter or "WORKER")
        unit.about(departure, case=case.pk, **numbers)
    return departure


def _number(unit: Unit, registration: Registration, office: str, today: dt.date) -> None:
    """The next numbers of a protectorate in the calendar year, drawn while nobody else draws one there."""
    unit.alone(f"departures.clearance {office} {today.year}")
    before = Registration.objects.filter(office=office, cleared_on__year=today.year, home=unit.actor.node).count()
    tail = f"{office}-{today.year}-{before + 1:06}"
    registration.registration_no, registration.clearance_no = f"R-{tail}", f"C-{tail}"
    registration.office, registration.cleared_on, registration.cleared_by = office, today, unit.actor.person
