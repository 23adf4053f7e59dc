"""The law of placements; so far: who is eligible for which kind of work, and what is missing.

Pure: no Django, no database, no clock, no settings may be brought in here.
"""

from .eligibility import check_eligibility
from .eligibility_facts import EligibilityFacts

__all__ = ["EligibilityFacts", "check_eligibility"]
