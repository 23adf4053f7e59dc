"""The writes of candidates: opening a file, what a person allows, tests passed."""

from .consents import give_consent, withdraw_consent
from .files import open_file
from .qualifications import record_qualification
from .voiding import bar_file, void_qualification

__all__ = [
    "bar_file",
    "give_consent",
    "open_file",
    "record_qualification",
    "void_qualification",
    "withdraw_consent",
]
