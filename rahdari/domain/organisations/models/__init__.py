"""Tables of organisations: the register with the history of each licence, and matches between organisations."""

from .matches import Match
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
    "LicenceChange",
    "LicenceCheck",
    "Match",
    "Officer",
    "Organisation",
    "OrganisationName",
    "Phone",
    "PowerOfAttorney",
]
