"""The law of candidates: who may have a file, what a consent covers, which tests a kind of work asks.

Pure: no Django, no database, no clock, no settings may be brought in here.
"""

from .files import CONSENT_PURPOSES, SHOW_FILE, why_not_open
from .likeness import LIKENESS_MOVES, MERGE_MOVES
from .listing.moves import LIST_MOVES
from .training import TRAINEE_MOVES

__all__ = ["CONSENT_PURPOSES", "LIKENESS_MOVES", "LIST_MOVES", "MERGE_MOVES", "SHOW_FILE", "TRAINEE_MOVES", "why_not_open"]
