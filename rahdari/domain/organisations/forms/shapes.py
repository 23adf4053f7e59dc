"""What is asked at each step: an entry with its people, an application, a grant, an order, an appeal."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts
from rahdari.base.money import InWholeUnits
from rahdari.web.step_forms import ScanFacts

from ..rules.entries import AccountEntered, BranchEntered, Entry, OfficerEntered, Paper, SecurityEntered
from ..rules.licences import KINDS, KNOWN_BY, OFFICER_ROLES, Order

Name = Annotated[str, Field(min_length=1, max_length=200)]
Line = Annotated[str, Field(max_length=300)]
Short = Annotated[str, Field(max_length=60)]
Text = Annotated[str, Field(max_length=2000)]
Law = Annotated[str, Field(max_length=200)]
OfficerRole = Literal["owner", "director", "manager", "employee"]
KnownBy = Literal["number", "paper", "person_seen", "name"]
Kind = Literal[
    "OEP", "TRAINING_BODY", "TRAINING_PARTNER", "MATCHING_PARTNER", "ACCEPTING_ORG", "RSO", "JP_PLACEMENT", "EXAM_BODY"
]  # fmt: skip


class OfficerFacts(Facts):
    """A person behind an organisation."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    role: OfficerRole
    identity: Annotated[str, Field(max_length=40)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class AccountFacts(Facts):
    """A bank account."""

    bank: Annotated[str, Field(min_length=1, max_length=120)]
    number: Annotated[str, Field(min_length=1, max_length=60)]


class BranchFacts(Facts):
    """Another place of business."""

    city: Annotated[str, Field(min_length=1, max_length=80)]
    address: Line = ""


class EntryFacts(Facts):
    """An organisation as its papers describe it: names in every script it uses, office, people, accounts, branches."""

    names: Annotated[list[Name], Field(max_length=6)]
    address: Line = ""
    phones: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=10)] = []
    corporate_number: Annotated[str, Field(max_length=40)] = ""
    officers: Annotated[list[OfficerFacts], Field(max_length=60)] = []
    accounts: Annotated[list[AccountFacts], Field(max_length=10)] = []
    branches: Annotated[list[BranchFacts], Field(max_length=60)] = []


class ApplicantFacts(EntryFacts):
    """An organisation that applies: its office must be known."""

    address: Line


class SecurityFacts(Facts):
    """The security lodged; the amount in the smallest unit of the currency."""

    amount: Annotated[int, Field(ge=1, le=2**53 - 1), InWholeUnits("currency")]
    currency: Literal["PKR", "JPY"]
    reference: Annotated[str, Field(min_length=1, max_length=60)]
    lodged_on: Day


class EnterOrganisation(Facts):
    """An entry from the file of the register."""

    kind: Kind
    entry: EntryFacts
    number: Short = ""
    from_on: Day | None = None
    until: Day | None = None
    law: Law = ""
    paper: ScanFacts | None = None


class ApplyLicence(Facts):
    """An application with its papers and the security."""

    entry: ApplicantFacts
    security: SecurityFacts | None = None
    paper: ScanFacts
    paper_2: ScanFacts | None = None


class RegisterSupportOrg(Facts):
    """A registration of a support organisation."""

    entry: EntryFacts
    number: Short
    until: Day | None = None
    law: Law = ""
    paper: ScanFacts | None = None


class GrantLicence(Facts):
    """A licence: its number, its first day without validity, and the law that gives the length."""

    number: Short
    until: Day
    law: Law
    security: SecurityFacts | None = None
    name_cleared: Text = ""
    text: Text = ""


class RefuseLicence(Facts):
    """A refusal with its ground and the way of appeal."""

    ground: Short
    law: Law
    appeal_until: Day
    text: Text = ""


class RenewLicence(Facts):
    """A renewal; the declarations of fees must be there."""

    until: Day
    law: Law
    declarations_filed: bool = False
    text: Text = ""
    paper: ScanFacts | None = None


class CancelLicence(Facts):
    """A cancellation after the hearing."""

    ground: Short
    known_by: KnownBy
    shown_cause_on: Day
    hearing_on: Day
    law: Law
    appeal_until: Day
    text: Text = ""
    paper: ScanFacts | None = None


class SuspendLicence(CancelLicence):
    """A suspension, at once or after the hearing; `until` where it ends by itself."""

    interim: bool = False
    until: Day | None = None


class SurrenderLicence(Facts):
    """A licence given back."""

    ground: Short
    workers_settled: bool = False
    text: Text = ""
    paper: ScanFacts | None = None


class RestoreLicence(Facts):
    """A licence, or the admission of an employer, that holds again."""

    ground: Short
    law: Law = ""
    text: Text = ""
    paper: ScanFacts | None = None


class DisqualifyEmployer(Facts):
    """Barring an employer: ground and article."""

    ground: Short
    law: Law
    known_by: KnownBy
    until: Day | None = None
    text: Text = ""
    paper: ScanFacts | None = None


class DecideOrder(Facts):
    """Nothing is asked to decide what another officer entered."""


class WithdrawOrder(Facts):
    """Nothing is asked to take an order back."""


class AppealLicenceOrder(Facts):
    """What the holder says against the order."""

    text: Text = ""


class DecideAppeal(Facts):
    """The decision on an appeal, with its reasons."""

    outcome: Literal["allowed", "dismissed"]
    text: Text = ""
    law: Law = ""


def entry_of(told: EntryFacts) -> Entry:
    """An entry as the rules take it."""
    return Entry(
        names=tuple(one.strip() for one in told.names if one.strip()),
        address=told.address,
        phones=tuple(told.phones),
        officers=tuple(OfficerEntered(one.name, one.role, one.identity, one.phone) for one in told.officers),
        accounts=tuple(AccountEntered(one.bank, one.number) for one in told.accounts),
        branches=tuple(BranchEntered(one.city, one.address) for one in told.branches),
        corporate_number=told.corporate_number,
    )


def security_of(told: SecurityFacts | None) -> SecurityEntered | None:
    """A security as the rules take it."""
    return None if told is None else SecurityEntered(told.amount, told.currency, told.reference, told.lodged_on)


def papers_of(given: dict[str, Any]) -> tuple[Paper, ...]:
    """The documents handed in, taken out of what was given."""
    scans = [given.pop(name, None) for name in ("paper", "paper_2")]
    return tuple(Paper(one.name, one.content) for one in scans if one is not None)


ORDERED = tuple(Order.__dataclass_fields__)


def order_of(given: dict[str, Any], ground: str = "") -> Order:
    """The order that was typed, taken out of what was given."""
    told = {name: value for name in ORDERED if (value := given.pop(name, None)) is not None}
    return Order(**({"ground": ground} if ground else {}) | told)


assert set(KINDS) == set(Kind.__args__)  # type: ignore[attr-defined]
assert set(KNOWN_BY) == set(KnownBy.__args__)  # type: ignore[attr-defined]  # the shape and the law name the same
assert set(OFFICER_ROLES) == set(OfficerRole.__args__)  # type: ignore[attr-defined]
