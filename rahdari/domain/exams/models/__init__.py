"""Tables of exams: sittings with their bookings, results with what was corrected or made void, keys, signs of fraud."""

from .anomalies import Anomaly, Trace
from .bars import Bar
from .results import ExaminerKey, Result, ResultFile
from .sittings import Booking, Sitting
from .voids import VoidedResult, Voiding

__all__ = ["Anomaly", "Bar", "Booking", "ExaminerKey", "Result", "ResultFile", "Sitting", "Trace", "VoidedResult", "Voiding"]
