"""The law of residence: the five-year counter (`stay`), duties and deadlines (`deadlines`), a change of status; pure."""

from .changes import CHANGE_MOVES
from .deadlines import DeadlinesFacts, check_deadlines
from .stay import StayFacts, check_stay

__all__ = ["CHANGE_MOVES", "DeadlinesFacts", "StayFacts", "check_deadlines", "check_stay"]
