"""How values are read from the rows of a case or demand, and who entered those rows: the hands of the sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.money import Money
from rahdari.domain.contracts.rules.costs_lines import WORKER_SIDE
from rahdari.domain.contracts.rules.ledger import CostTold
from rahdari.domain.jobs.queries.seen import money_of

from ..rules.filling import Body, Code, Entry, Found, Place, Value
from .gathered import Gathered

# What the law itself takes from the pay (Labour Standards Act, art. 24).
BY_LAW = ("tax", "social_insurance", "employment_insurance")
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
    address where it is another one, empty where nothing can be added any more.
    """

    use_case: str
    about: str
    entered: Callable[[Gathered], Entered | None]
    later: str | None = None

    @property
    def leads_to(self) -> str:
        """Where what is lacking is entered."""
        return self.use_case if self.later is None else self.later


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


def offer_in(got: Gathered) -> Any:
    """The offer, as far as it is open."""
    return got.terms_and_costs.offer if got.terms_and_costs is not None else None


def contract_in(got: Gathered) -> Any:
    """The contract, as far as it is open."""
    return got.terms_and_costs.contract if got.terms_and_costs is not None else None


def registration_in(got: Gathered) -> Any:
    """The registration with the Protector, as far as it is open."""
    return got.journey.registration if got.journey is not None else None


def passenger_in(got: Gathered) -> Any:
    """The person on a flight, as far as it is open."""
    return got.journey.passenger if got.journey is not None else None


def guidance_in(got: Gathered) -> Any:
    """The guidance before arrival, as far as it is open."""
    return got.beginning.guidance if got.beginning is not None else None


def member_of(row: Callable[[Gathered], Any], name: str) -> Read:
    """A member of a row; None without the row or while it is empty."""
    return lambda got: getattr(held, name) or None if (held := row(got)) is not None else None


def from_terms(read: Callable[[Mapping[str, Any]], Value | None]) -> Read:
    """Of the terms that were offered."""
    return lambda got: read(offer.terms) if (offer := offer_in(got)) is not None else None


def pay_per(per: str) -> Callable[[Mapping[str, Any]], Money | None]:
    """The basic pay of terms, where it is counted by this."""
    return lambda terms: money_of(terms["pay_basic"]) if terms["pay_basic"]["per"] == per else None


def comparable_per(per: str) -> Callable[[Mapping[str, Any]], Money | None]:
    """The pay of a comparable worker, where pay is counted by this."""
    return lambda terms: money_of(terms["comparable_pay"]) if terms["pay_basic"]["per"] == per else None


def money_lines(name: str) -> Callable[[Mapping[str, Any]], list[Entry]]:
    """Allowances or deductions of terms, each with its amount and basis."""
    return lambda terms: [Entry(Code(one["code"]), money_of(one["money"]), (one["basis"],)) for one in terms[name]]


def yes_or_no(holds: bool) -> Code:
    """The choice that says whether something holds."""
    return Code("yes" if holds else "no")


def of_worker(member: str) -> Read:
    """Of the file on the sending side, of what the contract told on the accepting one."""

    def read(got: Gathered) -> Value | None:
        told = getattr(got.file, member) if got.actor.node == "pk" and got.file is not None else got.told_of_worker.get(member)
        return dt.date.fromisoformat(told) if isinstance(told, str) and member.endswith(("_date", "_until")) else told or None

    return read


def sex_of(got: Gathered) -> Value | None:
    """The sex of the worker as a choice."""
    return {"M": Code("male"), "F": Code("female")}.get(str(of_worker("sex")(got)))


def costs_that(got: Gathered, keep: Callable[[CostTold], bool]) -> list[CostTold]:
    """The declared lines of cost that are kept."""
    return [one for one in got.costs if keep(one)]


def sums_of(lines: list[CostTold]) -> list[Money]:
    """A sum for each currency."""
    found: dict[str, Money] = {}
    for one in lines:
        code = one.money.currency
        found[code] = found[code] + one.money if code in found else one.money
    return [found[code] for code in sorted(found)]


def by_worker(one: CostTold) -> bool:
    """Whether it falls on the worker or the family."""
    return one.payer in WORKER_SIDE


def to_promoter(one: CostTold) -> bool:
    """Whether whoever recruits is paid."""
    return one.payee in ("promoter", "oec")


def of_costs(read: Callable[[Gathered], Value | None]) -> Read:
    """Of the declared costs; None before anybody declared them, which is not the same as nothing to pay."""
    return lambda got: read(got) if got.terms_and_costs is not None and got.terms_and_costs.declarations else None


def of_body(part: str, read: Callable[[Any], Value | None]) -> Read:
    """Of the register's entry of a body of the demand or of the case."""

    def found(got: Gathered) -> Value | None:
        holder = got.case if part == "support_org" else got.demand
        row = got.bodies.get(getattr(holder, part)) if holder is not None else None
        return None if row is None else read(row) or None

    return found


def named(part: str) -> Read:
    """The name of a party: of the employer as the demand says it, of others as the register does."""

    def read(got: Gathered) -> Value | None:
        holder = got.case if part == "support_org" else got.demand
        body = getattr(holder, part, "") if holder is not None else ""
        if part == "employer" and got.demand.employer_name:
            return got.demand.employer_name
        return Body(body) if body else None

    return read


def phone_shown(row: Any) -> str | None:
    """The telephone of an office that anyone may see."""
    return next((one.shown for one in row.phones.all() if one.shown), None)


def hours_of(got: Gathered) -> Value | None:
    """How long the guidance took, in hours and minutes."""
    held = guidance_in(got)
    return None if held is None else f"{held.minutes // 60}:{held.minutes % 60:02}"


def work_of(got: Gathered) -> Value | None:
    """Field and work category of the demand."""
    return [Code(one) for one in (got.demand.field, got.demand.duty) if one]


def paid(keep: Callable[[CostTold], bool]) -> Read:
    """The sums of the declared costs that are kept; nothing paid is said as nothing, not left empty."""
    return of_costs(lambda got: sums_of(costs_that(got, keep)) or [Money("PKR", 0)])


def by_worker_to_promoter(one: CostTold) -> bool:
    """Whether the worker's side pays it to whoever recruits."""
    return by_worker(one) and to_promoter(one)


def by_employer_to_promoter(one: CostTold) -> bool:
    """Whether the employer pays it to whoever recruits."""
    return one.payer == "employer" and to_promoter(one)


def paid_lines(got: Gathered) -> list[Entry]:
    """Each cost of the worker's side with whom it is paid to."""
    return [Entry(Code(one.code), one.money, (Code(one.payee),)) for one in costs_that(got, by_worker)]


def place_of_work(got: Gathered) -> Place:
    """Where the work is."""
    return Place("/".join(filter(None, (got.demand.prefecture, got.demand.municipality))))


def country_of(part: str) -> Read:
    """The country of a party, as its id in the registers says it."""

    def found(got: Gathered) -> Value | None:
        side = getattr(got.demand, part).partition(":")[0]
        return Code(f"country_{side}") if side in ("pk", "jp") else None

    return found


def deducted_by_agreement(terms: Mapping[str, Any]) -> Code:
    """Whether something is taken from the pay that no law asks for, and an agreement with the workers must allow."""
    return yes_or_no(any(one["code"] not in BY_LAW for one in terms["deductions"]))
