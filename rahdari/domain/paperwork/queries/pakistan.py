"""Sources of the papers a promoter files in Pakistan: demand and permission, identity, receipts, registration, flight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from rahdari.base.days import ONE_DAY
from rahdari.base.money import Money
from rahdari.domain.departures.models import Registration
from rahdari.domain.jobs.models import DemandStep
from rahdari.domain.jobs.queries.seen import money_of
from rahdari.domain.jobs.rules.terms import below_comparable
from rahdari.domain.organisations.rules.standing import LICENSED

from ..rules.filling import Code, Entry, Value
from .gathered import Gathered
from .reading import (
    Read,
    Source,
    country_of,
    from_terms,
    member_of,
    money_lines,
    of_body,
    of_costs,
    of_worker,
    passenger_in,
    phone_shown,
    registration_in,
    yes_or_no,
)  # fmt: skip

CURRENCY = "PKR"
FEES = ("REGISTRATION", "OPF_WELFARE", "STATE_LIFE", "OEC_PROMOTION")


def _demand(member: str) -> Read:
    return lambda got: getattr(got.demand, member) or None


def _demand_terms(read: Callable[[Mapping[str, Any]], Value | None]) -> Read:
    return lambda got: read(got.demand.terms)


def _until(day: dt.date | None) -> dt.date | None:
    """The last day of what is kept as the first day without."""
    return None if day is None else day - ONE_DAY


def _attested(got: Gathered) -> Value:
    return Code("attested" if got.demand.attested_on is not None else "not_attested")


def _extended(got: Gathered) -> dt.date | None:
    steps = DemandStep.objects.filter(demand=got.demand, step="permission_extended").order_by("-at", "-id")
    return steps.values_list("on", flat=True).first()


def _benefits(terms: Mapping[str, Any]) -> list[Entry]:
    """What is given besides the pay: the room, and who pays the way home."""
    housing = terms["housing"]
    room = Entry(Code(housing["code"]), money_of(housing["money"]), (f"{housing['m2']} m2",))
    return [room, Entry(Code("return_travel"), None, (Code(terms["return_travel"]),))]


def _receipt(item: str, read: Callable[[Mapping[str, Any]], Value | None]) -> Read:
    """Of the receipt of a fee as it was handed in at the registration."""

    def found(got: Gathered) -> Value | None:
        held = registration_in(got)
        told = next((one for one in held.receipts if one["item"] == item), None) if held is not None else None
        return None if told is None else read(told)

    return found


def _paid_on(told: Mapping[str, Any]) -> dt.date | None:
    return dt.date.fromisoformat(told["paid_on"]) if told["paid_on"] else None


def _registered(got: Gathered) -> int:
    """How many of the same demand the Protector has registered before."""
    rows = Registration.objects.filter(departure__case__demand=got.demand, cleared_on__isnull=False)
    return rows.exclude(departure__case=got.case).count()


def _submitted(got: Gathered) -> int:
    return Registration.objects.filter(departure__case__demand=got.demand, applied_on__isnull=False).count()


def _balance(got: Gathered) -> int | None:
    allowed = got.demand.permitted_places
    return allowed - _registered(got) if allowed else None


def _visa(read: Callable[[Any], Value | None]) -> Read:
    return lambda got: read(paper) if (paper := got.papers_of_kind("visa")) is not None else None


def _licence_until(row: Any) -> dt.date | None:
    return _until(row.valid_until) if row.state in LICENSED else None


def _flight(member: str) -> Read:
    return lambda got: getattr(held.manifest, member) if (held := passenger_in(got)) is not None else None


PAKISTAN: dict[str, Source] = {
    "worker.father_name": Source("file", of_worker("father_name"), identity=True),
    "worker.birthplace": Source("file", of_worker("birthplace"), identity=True),
    "worker.cnic": Source("file", of_worker("cnic"), identity=True),
    "worker.passport_no": Source("file", of_worker("passport_no"), identity=True),
    "worker.phone": Source("flight", member_of(passenger_in, "phone")),
    "demand.places": Source("demand", _demand("places")),
    "demand.filed_on": Source("demand", _demand("filed_on")),
    "demand.attestation_no": Source("attestation", _demand("attestation_no")),
    "demand.attested_on": Source("attestation", _demand("attested_on")),
    "demand.poa_attested": Source("attestation", _attested),
    "demand.letter_attested": Source("attestation", _attested),
    "demand.poa_from": Source("demand", lambda got: held.poa_from if (held := got.demand_papers) is not None else None),
    "demand.poa_until": Source(
        "demand", lambda got: _until(got.demand_papers.poa_until) if got.demand_papers is not None else None
    ),
    "demand.permission_no": Source("permission", _demand("permission_no")),
    "demand.permitted_on": Source("permission", _demand("permitted_on")),
    "demand.permitted_until": Source("permission", lambda got: _until(got.demand.permitted_until)),
    "demand.permitted_places": Source("permission", _demand("permitted_places")),
    "demand.protectorate": Source("permission", _demand("protectorate")),
    "demand.extended_on": Source("permission", _extended),
    "demand.advertised": Source("demand", lambda got: yes_or_no(got.demand.vacancies.exists())),
    "demand_terms.pay": Source("demand", _demand_terms(lambda terms: money_of(terms["pay_basic"]))),
    "demand_terms.not_below": Source("demand", _demand_terms(lambda terms: yes_or_no(not below_comparable(terms)))),
    "demand_terms.allowances": Source("demand", _demand_terms(money_lines("allowances"))),
    "demand_terms.benefits": Source("demand", _demand_terms(_benefits)),
    "demand_terms.length": Source("demand", _demand_terms(lambda terms: terms["length_months"])),
    "demand_terms.leave": Source("demand", _demand_terms(lambda terms: terms["leave"])),
    "terms.pay": Source("offer", from_terms(lambda terms: money_of(terms["pay_basic"]))),
    "employer.country": Source("demand", country_of("employer")),
    "promoter.licence": Source("demand", _demand("promoter_licence")),
    "promoter.licence_until": Source("promoter", of_body("promoter", _licence_until)),
    "promoter.phone": Source("promoter", of_body("promoter", phone_shown)),
    "costs.lines": Source(
        "costs", of_costs(lambda got: [Entry(Code(one.code), one.money, (Code(one.payer), one.basis)) for one in got.costs])
    ),
    **{f"receipt.{item}": Source("registration", _receipt(item, lambda told: Money(CURRENCY, told["amount"]))) for item in FEES},
    "receipt_no.REGISTRATION": Source("registration", _receipt("REGISTRATION", lambda told: told["number"])),
    "receipt_no.OPF_WELFARE": Source("registration", _receipt("OPF_WELFARE", lambda told: told["number"])),
    "receipt_on.REGISTRATION": Source("registration", _receipt("REGISTRATION", _paid_on)),
    "registration.applied_on": Source("registration", member_of(registration_in, "applied_on")),
    "registration.insurance_no": Source("registration", member_of(registration_in, "insurance_no")),
    "registration.insured_on": Source("registration", member_of(registration_in, "insured_on")),
    "registration.insurance_kind": Source(
        "registration", lambda got: Code("new_case") if registration_in(got) is not None else None
    ),
    "registration.oriented_on": Source("registration", member_of(registration_in, "oriented_on")),
    "registration.registration_no": Source("clearance", member_of(registration_in, "registration_no")),
    "registration.cleared_on": Source("clearance", member_of(registration_in, "cleared_on")),
    "registered.submitted": Source("registration", _submitted),
    "registered.before": Source("clearance", _registered),
    "registered.balance": Source("clearance", _balance),
    "visa.issued_on": Source("visa", _visa(lambda paper: paper.dated_on)),
    "visa.until": Source("visa", _visa(lambda paper: _until(paper.until))),
    "flight.number": Source("flight", _flight("flight")),
    "flight.departed_on": Source("departure", member_of(passenger_in, "departed_on")),
}
