"""Station 14: the registration is applied for with its receipts, and the Protector clears the departure under a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Max

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of, costs_confirmed, offer_of
from rahdari.domain.jobs.actions import check_licences
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.parties import recruiter_of

from ..access import PERMITS
from ..models import Departure, Pass, Registration, SlipBook
from ..queries.cases import windows_of
from ..rules.registration import Receipt, fees_due, why_not_apply
from ..rules.steps import why_not_clear
from ..rules.windows import PERMISSION, why_not_overlap
from .papers import _taken_up, _used, _wait_for
from .passes import _give_pass


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
            actor=actor, demand=case.demand, subject_kind="placements.case", subject_id=str(case.pk), goes_on=True, at=at
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
        held = Registration.objects.select_for_update().filter(departure=departure).first()  # of one refused before
        registration = held or Registration(home=actor.node, departure=departure)
        registration.applied_on, registration.receipts = today, [_kept(one) for one in receipts]
        registration.insurance_no, registration.insured_on = insurance_no.strip(), insured_on
        registration.oriented_on = oriented_on
        unit.add(registration) if held is None else unit.save(registration)
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
    year, the signed pass (where this node has keys), the step `registered`, and the clock of whoever books the flight.
    """
    with unit_of_work("departures.issue_clearance", actor=actor, at=at) as unit:
        today = day_at(at, actor.node)
        case, departure, numbers = _clear(unit, PERMITS["issue_clearance"], case_id, terms_hash=terms_hash, on=today, seen=seen)
        unit.about(departure, case=case.pk, **numbers)
    return departure


def _clear(
    unit: Unit, permit: Permit, case_id: UUID, *, terms_hash: str, on: dt.date, slip: tuple[int, SlipBook] | None = None,
    seen: int | None = None,
) -> tuple[Case, Departure, dict[str, Any]]:  # fmt: skip
    """Clears a departure on a day: today, or the day a blank slip was written on; the rules run on that day."""
    case, departure = _taken_up(unit, permit, case_id, seen)
    actor, book = unit.actor, current_book()
    applied = departure.state == "registration_applied"  # the other states that lead here are those of the partner's copy
    unit.refuse([] if applied else [Refusal("wrong_state", {"now": departure.state, "to": "cleared"})])
    contract, offer = contract_of(case), offer_of(case)
    signed = contract is not None and offer is not None and contract.terms_hash == offer.terms_hash
    unit.refuse(
        why_not_clear(
            state=departure.state,
            terms_hash=terms_hash,
            contract_hash=contract.terms_hash if signed and contract is not None else "",
            costs_confirmed=costs_confirmed(case),
            born=None if case.file is None else case.file.birth_date,
            today=on,
            windows=why_not_overlap(windows_of(departure, book), today=on, book=book),
        )
    )
    registration = unit.lock(Registration, Registration.objects.get(departure=departure).pk)
    _number(unit, registration, actor.office or "PK", on)
    numbers = {"registration_no": registration.registration_no, "clearance_no": registration.clearance_no}
    reason = "outage" if slip is not None else ""
    event = record_step(actor=actor, case_id=case.pk, step="registered", on=on, reason=reason, details=numbers, at=unit.at)
    registration.level, registration.bodies = event.level, event.bodies
    unit.save(registration)
    given = _give_pass(unit, case, departure, registration, begins=on, slip=slip)
    departure.state = "cleared"
    unit.save(departure)
    unit.settle(("departures.issue_clearance", "departures.apply_registration", "departures.appeal_clearance"), case)
    _used(unit, case, PERMISSION)
    _wait_for(unit, "departures.build_manifest", case, body=recruiter_of(case))
    return case, departure, numbers | {"pass": given.serial if given is not None else None}


def _number(unit: Unit, registration: Registration, office: str, on: dt.date) -> None:
    """The next numbers of a protectorate in the calendar year, drawn while nobody else draws one there; none is given twice."""
    unit.alone(f"departures.clearance {office} {on.year}")
    begins = f"C-{office}-{on.year}-"
    kept = Registration.objects.filter(clearance_no__startswith=begins, home=unit.actor.node)
    rows = [kept, Pass.objects.filter(clearance_no__startswith=begins)]
    before = max(str(one.aggregate(most=Max("clearance_no"))["most"] or f"{begins}000000") for one in rows)
    tail = f"{office}-{on.year}-{int(before.removeprefix(begins)) + 1:06}"
    registration.registration_no, registration.clearance_no = f"R-{tail}", f"C-{tail}"
    registration.office, registration.cleared_on, registration.cleared_by = office, on, unit.actor.person
