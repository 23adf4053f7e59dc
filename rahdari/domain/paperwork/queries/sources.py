"""Where the value of a field comes from: the name in the table → the row of ours and how it is read from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.money import Money
from rahdari.domain.contracts.rules.costs_lines import WORKER_SIDE
from rahdari.domain.contracts.rules.ledger import CostTold
from rahdari.domain.jobs.queries.seen import body_name, money_of, place_name

from ..rules.filling import Code, Entry, Found, Value
from .gathered import Gathered

Read = Callable[[Gathered], Value | None]


@dataclass(frozen=True, slots=True)
class Entered:
    """Who entered a row and when; `by` is a body, a role or empty."""

    by: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A row values come from: the use case that enters it, who entered it, and where what it lacks is entered later.

    `about` is what the address names: `case`, `demand`, or nothing where it is empty; `later` is the use case of that
    address, empty where nothing can be added any more.
    """

    use_case: str
    about: str
    entered: Callable[[Gathered], Entered | None]
    later: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its origin, how it is read, and whether it is part of a person's identity."""

    origin: str
    read: Read
    identity: bool = False

    def found(self, got: Gathered) -> Found:
        """What it gives of a case or demand."""
        if self.identity and got.actor.node == "pk" and not got.identity_open:
            return Found(closed=got.file is not None)
        return Found(self.read(got))


def _offer(got: Gathered) -> Any:
    return got.terms_and_costs.offer if got.terms_and_costs is not None else None


def _contract(got: Gathered) -> Any:
    return got.terms_and_costs.contract if got.terms_and_costs is not None else None


def _registration(got: Gathered) -> Any:
    return got.journey.registration if got.journey is not None else None


def _passenger(got: Gathered) -> Any:
    return got.journey.passenger if got.journey is not None else None


def _guidance(got: Gathered) -> Any:
    return got.beginning.guidance if got.beginning is not None else None


def _of(row: Callable[[Gathered], Any], name: str) -> Read:
    """A member of a row; None without the row or while it is empty."""
    return lambda got: getattr(held, name) or None if (held := row(got)) is not None else None


def _from_terms(read: Callable[[Mapping[str, Any]], Value | None]) -> Read:
    """Of the terms that were offered."""
    return lambda got: read(offer.terms) if (offer := _offer(got)) is not None else None


def _pay(per: str) -> Callable[[Mapping[str, Any]], Money | None]:
    return lambda terms: money_of(terms["pay_basic"]) if terms["pay_basic"]["per"] == per else None


def _comparable(per: str) -> Callable[[Mapping[str, Any]], Money | None]:
    return lambda terms: money_of(terms["comparable_pay"]) if terms["pay_basic"]["per"] == per else None


def _lines(name: str) -> Callable[[Mapping[str, Any]], list[Entry]]:
    return lambda terms: [Entry(Code(one["code"]), money_of(one["money"]), (one["basis"],)) for one in terms[name]]


def _yes(holds: bool) -> Code:
    return Code("yes" if holds else "no")


def _worker(member: str) -> Read:
    """Of the file on the sending side, of what the contract told on the accepting one."""

    def read(got: Gathered) -> Value | None:
        told = getattr(got.file, member) if got.actor.node == "pk" and got.file is not None else got.told_of_worker.get(member)
        return dt.date.fromisoformat(told) if isinstance(told, str) and member.endswith(("_date", "_until")) else told or None

    return read


def _sex(got: Gathered) -> Value | None:
    return {"M": Code("male"), "F": Code("female")}.get(str(_worker("sex")(got)))


def _paid(got: Gathered, keep: Callable[[CostTold], bool]) -> list[CostTold]:
    return [one for one in got.costs if keep(one)]


def _sums(lines: list[CostTold]) -> list[Money]:
    found: dict[str, Money] = {}
    for one in lines:
        code = one.money.currency
        found[code] = found[code] + one.money if code in found else one.money
    return [found[code] for code in sorted(found)]


def _by_worker(one: CostTold) -> bool:
    return one.payer in WORKER_SIDE


def _to_promoter(one: CostTold) -> bool:
    return one.payee in ("promoter", "oec")


def _costs(read: Callable[[Gathered], Value | None]) -> Read:
    """Of the declared costs; None before anybody declared them, which is not the same as nothing to pay."""
    return lambda got: read(got) if got.terms_and_costs is not None and got.terms_and_costs.declarations else None


def _body(part: str, read: Callable[[Any], Value | None]) -> Read:
    """Of the register's entry of a body of the demand or of the case."""

    def found(got: Gathered) -> Value | None:
        holder = got.case if part == "support_org" else got.demand
        row = got.bodies.get(getattr(holder, part)) if holder is not None else None
        return None if row is None else read(row) or None

    return found


def _named(part: str) -> Read:
    def read(got: Gathered) -> Value | None:
        holder = got.case if part == "support_org" else got.demand
        body = getattr(holder, part, "") if holder is not None else ""
        if part == "employer" and got.demand.employer_name:
            return got.demand.employer_name
        return body_name(body) if body else None

    return read


def _phone(row: Any) -> str | None:
    return next((one.shown for one in row.phones.all() if one.shown), None)


def _hours(got: Gathered) -> Value | None:
    held = _guidance(got)
    return None if held is None else f"{held.minutes // 60}:{held.minutes % 60:02}"


def _work(got: Gathered) -> Value | None:
    return [Code(one) for one in (got.demand.field, got.demand.duty) if one]


def _register(part: str) -> Callable[[Gathered], Entered | None]:
    def entered(got: Gathered) -> Entered | None:
        holder = got.case if part == "support_org" else got.demand
        row = got.bodies.get(getattr(holder, part)) if holder is not None else None
        return None if row is None else Entered(f"register_{row.home}", row.entered_at.date())

    return entered


def _entered(row: Callable[[Gathered], Any], on: str, by: Callable[[Gathered, Any], str]) -> Callable[[Gathered], Entered | None]:
    return lambda got: Entered(by(got, held), getattr(held, on)) if (held := row(got)) is not None else None


def _by_employer(got: Gathered, _row: Any) -> str:
    return got.demand.employer


def _by_recruiter(got: Gathered, _row: Any) -> str:
    return got.demand.promoter


ORIGINS: dict[str, Origin] = {
    "case": Origin("placements.file_application", "", lambda got: Entered("worker", got.case.applied_on) if got.case else None),
    "demand": Origin(
        "jobs.file_demand", "demand", lambda got: Entered(got.demand.employer, got.demand.filed_on), "jobs.correct_demand"
    ),
    "offer": Origin(
        "contracts.offer_employment", "case", _entered(_offer, "offered_on", _by_employer), later="contracts.offer_employment"
    ),
    "terms_confirmed": Origin(
        "contracts.confirm_costs",
        "case",
        _entered(_offer, "costs_confirmed_on", lambda *_: "worker"),
        later="contracts.confirm_costs",
    ),
    "costs": Origin(
        "contracts.declare_costs",
        "case",
        lambda got: (
            next((Entered(one.body, one.declared_on) for one in got.terms_and_costs.declarations), None)
            if got.terms_and_costs
            else None
        ),
        later="contracts.declare_costs",
    ),
    "contract": Origin(
        "contracts.sign_contract", "case", _entered(_contract, "signed_on", lambda *_: "worker"), later="contracts.sign_contract"
    ),
    "file": Origin(
        "candidates.correct_file",
        "",
        lambda got: Entered(got.file.opened_for or "worker", got.file.opened_at.date()) if got.file is not None else None,
        later="candidates.correct_file",
    ),
    "guidance": Origin(
        "residence.record_guidance",
        "case",
        _entered(_guidance, "given_on", lambda _got, row: row.given_by),
        later="residence.record_guidance",
    ),
    "flight": Origin("departures.build_manifest", "case", lambda got: _flight_entered(got), later="departures.build_manifest"),
    "employer": Origin("organisations.enter_organisation", "", _register("employer"), later="organisations.enter_organisation"),
    "promoter": Origin("organisations.enter_organisation", "", _register("promoter"), later="organisations.enter_organisation"),
    "placement": Origin(
        "organisations.enter_organisation", "", _register("placement_business"), later="organisations.enter_organisation"
    ),
    "support": Origin("organisations.enter_organisation", "", _register("support_org"), later="organisations.enter_organisation"),
}


def _flight_entered(got: Gathered) -> Entered | None:
    held = _passenger(got)
    return None if held is None else Entered(held.manifest.made_by, held.manifest.leaves_at.date())


SOURCES: dict[str, Source] = {
    "worker.name": Source("case", lambda got: got.case.name if got.case else None),
    "worker.birth_date": Source("file", _worker("birth_date"), identity=True),
    "worker.sex": Source("file", _sex, identity=True),
    "demand.field": Source("demand", lambda got: Code(got.demand.field)),
    "demand.duty": Source("demand", lambda got: Code(got.demand.duty) if got.demand.duty else None),
    "demand.work": Source("demand", _work),
    "demand.place": Source("demand", lambda got: place_name(got.demand)),
    "demand.employment": Source("demand", lambda got: Code("dispatch" if got.demand.dispatch else "direct")),
    "terms.length_months": Source("offer", _from_terms(lambda terms: terms["length_months"])),
    "terms.pay_monthly": Source("offer", _from_terms(_pay("month"))),
    "terms.pay_hourly": Source("offer", _from_terms(_pay("hour"))),
    "terms.comparable_monthly": Source("offer", _from_terms(_comparable("month"))),
    "terms.comparable_hourly": Source("offer", _from_terms(_comparable("hour"))),
    "terms.allowances": Source("offer", _from_terms(_lines("allowances"))),
    "terms.deductions": Source("offer", _from_terms(_lines("deductions"))),
    "terms.deducted": Source("offer", _from_terms(lambda terms: _yes(bool(terms["deductions"])))),
    "terms.hours_week": Source("offer", _from_terms(lambda terms: terms["hours_week"])),
    "terms.days_year": Source("offer", _from_terms(lambda terms: terms["days_year"])),
    "terms.overtime": Source("offer", _from_terms(lambda terms: _yes(terms["overtime"] != "none"))),
    "terms.leave": Source("offer", _from_terms(lambda terms: terms["leave"])),
    "terms.place_change": Source(
        "offer", _from_terms(lambda terms: Code("no_change" if terms["work_place"] == "fixed" else "may_change"))
    ),
    "terms.return_travel": Source("offer", _from_terms(lambda terms: Code(terms["return_travel"]))),
    "terms.housing": Source("offer", _from_terms(lambda terms: Code(terms["housing"]["code"]))),
    "terms.housing_m2": Source("offer", _from_terms(lambda terms: terms["housing"]["m2"])),
    "terms.housing_cost": Source("offer", _from_terms(lambda terms: money_of(terms["housing"]["money"]))),
    "offer.employer_signed_on": Source("offer", _of(_offer, "employer_signed_on")),
    "offer.costs_confirmed_on": Source("terms_confirmed", _of(_offer, "costs_confirmed_on")),
    "contract.signed_on": Source("contract", _of(_contract, "signed_on")),
    "contract.lands_on": Source("contract", _of(_contract, "lands_on")),
    "costs.worker_paid": Source(
        "costs", _costs(lambda got: [Entry(Code(one.code), one.money, (Code(one.payee),)) for one in _paid(got, _by_worker)])
    ),
    "costs.worker_total": Source("costs", _costs(lambda got: _sums(_paid(got, _by_worker)) or [Money("PKR", 0)])),
    "costs.worker_to_promoter": Source(
        "costs", _costs(lambda got: _sums(_paid(got, lambda one: _by_worker(one) and _to_promoter(one))) or [Money("PKR", 0)])
    ),
    "costs.worker_to_promoter_for": Source(
        "costs", _costs(lambda got: [Code(one.code) for one in _paid(got, lambda one: _by_worker(one) and _to_promoter(one))])
    ),
    "costs.employer_to_promoter": Source(
        "costs",
        _costs(lambda got: _sums(_paid(got, lambda one: one.payer == "employer" and _to_promoter(one))) or [Money("PKR", 0)]),
    ),
    "guidance.given": Source(
        "guidance", lambda got: _yes(bool(held.confirmed)) if (held := _guidance(got)) is not None else None
    ),
    "guidance.given_on": Source("guidance", _of(_guidance, "given_on")),
    "guidance.hours": Source("guidance", _hours),
    "guidance.language": Source("guidance", lambda got: Code(held.language) if (held := _guidance(got)) else None),
    "flight.airport": Source("flight", lambda got: held.manifest.airport if (held := _passenger(got)) is not None else None),
    "employer.name": Source("demand", _named("employer")),
    "employer.address": Source("employer", _body("employer", lambda row: row.address)),
    "employer.phone": Source("employer", _body("employer", _phone)),
    "placement.used": Source("demand", lambda got: _yes(bool(got.demand.placement_business))),
    "placement.name": Source("demand", _named("placement_business")),
    "placement.number": Source("placement", _body("placement_business", lambda row: row.number)),
    "promoter.used": Source("demand", lambda got: _yes(bool(got.demand.promoter))),
    "promoter.name": Source("demand", _named("promoter")),
    "promoter.country": Source("promoter", _body("promoter", lambda row: Code(f"country_{row.home}"))),
    "promoter.address": Source("promoter", _body("promoter", lambda row: row.address)),
    "support.name": Source("case", _named("support_org")),
    "support.number": Source("support", _body("support_org", lambda row: row.number)),
    "support.address": Source("support", _body("support_org", lambda row: row.address)),
}
