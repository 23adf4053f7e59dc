"""The law of placements: who is eligible for which kind of work and what is missing; the case from application to decision.

Pure: no Django, no database, no clock, no settings may be brought in here.
"""

from .cases import CASE_MOVES
from .eligibility import check_eligibility
from .eligibility_facts import EligibilityFacts
from .events import EVENT_MOVES
from .moves import MOVE_ASKED_MOVES
from .rerouting import MOVE_OF_CASE_MOVES
from .timetable import TIMETABLE_MOVES

__all__ = [
    "CASE_MOVES",
    "EVENT_MOVES",
    "MOVE_ASKED_MOVES",
    "MOVE_OF_CASE_MOVES",
    "TIMETABLE_MOVES",
    "EligibilityFacts",
    "check_eligibility",
]
