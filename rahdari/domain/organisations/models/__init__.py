"""Tables of organisations: the register with the history of each licence, and persons without one."""

from .individuals import Individual, IndividualPhone
from .register import (
    Account,
    Branch,
    Deposit,
    Identifier,
    LicenceChange,
    LicenceCheck,
    Officer,
    Organisation,
    OrganisationName,
    Phone,
    PowerOfAttorney,
)

__all__ = [
    "Account",
    "Branch",
    "Deposit",
    "Identifier",
    "Individual",
    "IndividualPhone",
    "LicenceChange",
    "LicenceCheck",
    "Officer",
    "Organisation",
    "OrganisationName",
    "Phone",
    "PowerOfAttorney",
]
