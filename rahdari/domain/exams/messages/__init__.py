"""The statements of this package: seats told to anyone, results and void ones by number without a name, appeals. Pure.

The booking itself crosses as step `test_booked` of `journey.stage/1` (`jobs.messages`).
"""

from . import results as _results
from . import voids as _voids
from .results import RESULTS, SEATS, Seats, marking_of_results, result_told, results_told, seats_told
from .voids import APPEAL, VOIDED, appeal_told, bar_told, marking_of_appeal, voided_told

SCHEMAS = _results.SCHEMAS | _voids.SCHEMAS
MARKINGS = _results.MARKINGS | _voids.MARKINGS
PERSONALS = _results.PERSONALS | _voids.PERSONALS

__all__ = [
    "APPEAL",
    "MARKINGS",
    "PERSONALS",
    "RESULTS",
    "SCHEMAS",
    "SEATS",
    "VOIDED",
    "Seats",
    "appeal_told",
    "bar_told",
    "marking_of_appeal",
    "marking_of_results",
    "result_told",
    "results_told",
    "seats_told",
    "voided_told",
]
