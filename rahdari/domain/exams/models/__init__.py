"""Tables of exams: sittings with their bookings, results with what was corrected, keys of examiners."""

from .results import ExaminerKey, Result, ResultFile
from .sittings import Booking, Sitting

__all__ = ["Booking", "ExaminerKey", "Result", "ResultFile", "Sitting"]
