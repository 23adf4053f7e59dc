"""The interview timetable: which seats there are, one way to fill them, what it costs, and what is wrong with any filling.

Whoever makes a timetable, by hand, by the greedy rule or by a solver, is held to the same `faults_of`. Pure.
"""

from .asked import TIMETABLE_MOVES, HoursAsked, hours_of, places_of, why_not_chosen, why_not_hours_asked
from .check import faults_of
from .cost import bound_of, cost_of, left_out
from .greedy import make_greedily
from .seats import Seats, seats_of
from .told import Candidate, Hours, Meeting, Place, Plan, Span, Taken

__all__ = [
    "TIMETABLE_MOVES",
    "Candidate",
    "Hours",
    "HoursAsked",
    "Meeting",
    "Place",
    "Plan",
    "Seats",
    "Span",
    "Taken",
    "bound_of",
    "cost_of",
    "faults_of",
    "hours_of",
    "left_out",
    "make_greedily",
    "places_of",
    "seats_of",
    "why_not_chosen",
    "why_not_hours_asked",
]
