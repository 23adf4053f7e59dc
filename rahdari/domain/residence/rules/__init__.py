"""The law of residence: the five-year counter (`stay`), duties and deadlines (`deadlines`); pure."""

from .deadlines import DeadlinesFacts, check_deadlines
from .stay import StayFacts, check_stay

__all__ = ["DeadlinesFacts", "StayFacts", "check_deadlines", "check_stay"]
