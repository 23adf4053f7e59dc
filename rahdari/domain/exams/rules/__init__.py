"""The law of exams: opening seats, booking one, recording what the examiner found; pure."""

from .booking import BOOKING_MOVES
from .results import OUTCOMES, RESULT_MOVES
from .sittings import SITTING_MOVES

__all__ = ["BOOKING_MOVES", "OUTCOMES", "RESULT_MOVES", "SITTING_MOVES"]
