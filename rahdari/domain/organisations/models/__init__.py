"""Tables of organisations: the register with the history of each licence, registers handed in as files."""

from .imports import ImportedRow, ImportedSheet, RegisterImport
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
    "ImportedRow",
    "ImportedSheet",
    "LicenceChange",
    "LicenceCheck",
    "Officer",
    "Organisation",
    "OrganisationName",
    "Phone",
    "PowerOfAttorney",
    "RegisterImport",
]
