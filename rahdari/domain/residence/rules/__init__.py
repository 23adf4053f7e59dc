"""The law of residence: the five-year counter (`stay`), duties and deadlines (`deadlines`); pure."""

from .deadline_facts import DeadlinesFacts
from .deadlines import check_deadlines
from .stay import check_stay
from .stay_shape import StayFacts

__all__ = ["DeadlinesFacts", "StayFacts", "check_deadlines", "check_stay"]
