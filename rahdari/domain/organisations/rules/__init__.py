"""The law of organisations: identifiers, licences with their dated history, names. Pure: no Django, no clock here."""

from .identifiers import CHECKS, STEPS, IdentifiersFacts, check_digit, check_identifiers, entry_of, normalise, why_not
from .importing.moves import IMPORT_MOVES
from .individuals import INDIVIDUAL_MOVES
from .licences import LICENCE_MOVES
from .matching import MATCH_MOVES
from .standing import Change, Standing, standing_on

__all__ = [
    "CHECKS",
    "IMPORT_MOVES",
    "INDIVIDUAL_MOVES",
    "LICENCE_MOVES",
    "MATCH_MOVES",
    "STEPS",
    "Change",
    "IdentifiersFacts",
    "Standing",
    "check_digit",
    "check_identifiers",
    "entry_of",
    "normalise",
    "standing_on",
    "why_not",
]
