"""The words of placements, from every module of this folder: eligibility, cases, timetables."""

from collections.abc import Mapping
from typing import Any

from . import cases, eligibility, events, letters, ranking, rerouting, timetables, turns

MODULES = (eligibility, cases, timetables, turns, ranking, events, rerouting, letters)


def _all(shelf: str) -> Mapping[str, Any]:
    return {code: words for module in MODULES for code, words in getattr(module, shelf, {}).items()}


REASONS = _all("REASONS")
REFUSALS = _all("REFUSALS")
FAULTS = _all("FAULTS")
PERMISSIONS = _all("PERMISSIONS")
STATEMENTS = _all("STATEMENTS")
STATES = _all("STATES")
CODES = _all("CODES")
LABELS = _all("LABELS")
