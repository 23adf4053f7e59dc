"""What is entered of an organisation: names, office, phones, the people and accounts behind it, branches, security. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType

# By which kind of number the persons behind an organisation are known on a side, where it has a form.
OFFICER_IDENTITY = MappingProxyType({"pk": "cnic"})
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class OfficerEntered:
    """A person behind an organisation, as named on its papers."""

    name: str
    role: str
    identity: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AccountEntered:
    """A bank account."""

    bank: str
    number: str


@dataclass(frozen=True, slots=True)
class BranchEntered:
    """Another place of business."""

    city: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class SecurityEntered:
    """The security lodged with the state; the amount in the smallest unit of the currency."""

    amount: int
    currency: str
    reference: str
    lodged_on: dt.date


@dataclass(frozen=True, slots=True)
class Paper:
    """A document handed in: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation as its papers describe it; `corporate_number` where it has one beside its licence."""

    names: tuple[str, ...] = ()
    address: str = ""
    phones: tuple[str, ...] = ()
    officers: tuple[OfficerEntered, ...] = ()
    accounts: tuple[AccountEntered, ...] = ()
    branches: tuple[BranchEntered, ...] = ()
    corporate_number: str = ""
