"""Tables of organisations: the register with the history of each licence, persons without one, registers handed in as files."""

from .imports import ImportedRow, ImportedSheet, RegisterImport
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
    "ImportedRow",
    "ImportedSheet",
    "Individual",
    "IndividualPhone",
    "LicenceChange",
    "LicenceCheck",
    "Officer",
    "Organisation",
    "OrganisationName",
    "Phone",
    "PowerOfAttorney",
    "RegisterImport",
]
