"""Tables of organisations: the register with the history of each licence, and the agreements with their figures."""

from .agreements import Agreement, AgreementChange, AgreementFigures, AgreementPartner
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
    "Agreement",
    "AgreementChange",
    "AgreementFigures",
    "AgreementPartner",
    "Branch",
    "Deposit",
    "Identifier",
    "LicenceChange",
    "LicenceCheck",
    "Officer",
    "Organisation",
    "OrganisationName",
    "Phone",
    "PowerOfAttorney",
]
