"""The law of departures: the order from certificate to arrival, what each step needs, and which windows must be open; pure."""

from .steps import DEPARTURE_MOVES
from .windows import closes_on, first_closed

__all__ = ["DEPARTURE_MOVES", "closes_on", "first_closed"]
