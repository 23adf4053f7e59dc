"""The law of placements: who is eligible for which kind of work and what is missing; the case from application to decision.

Pure: no Django, no database, no clock, no settings may be brought in here.
"""

from .cases import CASE_MOVES
from .eligibility import check_eligibility
from .eligibility_facts import EligibilityFacts
from .moves import MOVE_ASKED_MOVES
from .timetable import TIMETABLE_MOVES

__all__ = ["CASE_MOVES", "MOVE_ASKED_MOVES", "TIMETABLE_MOVES", "EligibilityFacts", "check_eligibility"]
