"""The writes of candidates: opening a file, what a person allows, tests passed."""

from .consents import give_consent, withdraw_consent
from .files import open_file
from .qualifications import record_qualification

__all__ = ["give_consent", "open_file", "record_qualification", "withdraw_consent"]
