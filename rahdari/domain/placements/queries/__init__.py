"""Reads of placements: cases, the line of a case, who takes part in it."""

from .cases import case_for, cases_visible_to
from .line import LineStation, StepSeen, line_of, open_before, passed_stations
from .parties import parties_of, partner_of

__all__ = [
    "LineStation",
    "StepSeen",
    "case_for",
    "cases_visible_to",
    "line_of",
    "open_before",
    "parties_of",
    "partner_of",
    "passed_stations",
]
