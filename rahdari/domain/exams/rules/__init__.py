"""The law of exams: sittings, bookings, the door, results. Pure: no Django, no database, no clock, no settings here."""

from .booking import BOOKING_MOVES
from .result_files import KEY_MOVES
from .results import RESULT_MOVES
from .sittings import SITTING_MOVES

__all__ = ["BOOKING_MOVES", "KEY_MOVES", "RESULT_MOVES", "SITTING_MOVES"]
