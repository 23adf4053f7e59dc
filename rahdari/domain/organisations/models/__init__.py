"""Tables of organisations: the register, imports of registers, matches, persons without a licence, agreements with figures."""

from .agreements import Agreement, AgreementChange, AgreementFigures, AgreementPartner
from .imports import ImportedRow, ImportedSheet, RegisterImport
from .individuals import Individual, IndividualPhone
from .matches import Match
from .purposes import ACCOUNT, IDENTITY, NAME, NAME_KEY, PHONE
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
    "ACCOUNT",
    "IDENTITY",
    "NAME",
    "NAME_KEY",
    "PHONE",
    "Account",
    "Agreement",
    "AgreementChange",
    "AgreementFigures",
    "AgreementPartner",
    "Branch",
    "Deposit",
    "Identifier",
    "ImportedRow",
    "ImportedSheet",
    "Individual",
    "IndividualPhone",
    "LicenceChange",
    "LicenceCheck",
    "Match",
    "Officer",
    "Organisation",
    "OrganisationName",
    "Phone",
    "PowerOfAttorney",
    "RegisterImport",
]
