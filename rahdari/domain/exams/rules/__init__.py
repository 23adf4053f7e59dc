"""The law of exams: sittings, bookings, the door, results, signs of fraud, void results. Pure."""

from .anomalies import ANOMALY_MOVES
from .bars import BAR_MOVES
from .booking import BOOKING_MOVES
from .result_files import KEY_MOVES
from .results import RESULT_MOVES
from .sittings import SITTING_MOVES
from .voids import VOID_MOVES

__all__ = ["ANOMALY_MOVES", "BAR_MOVES", "BOOKING_MOVES", "KEY_MOVES", "RESULT_MOVES", "SITTING_MOVES", "VOID_MOVES"]
