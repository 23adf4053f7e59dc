"""Tables of organisations: the register with the history of each licence, persons without one, agreements with their figures."""

from .agreements import Agreement, AgreementChange, AgreementFigures, AgreementPartner
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
    "Agreement",
    "AgreementChange",
    "AgreementFigures",
    "AgreementPartner",
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
