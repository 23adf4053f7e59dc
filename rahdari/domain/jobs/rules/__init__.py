"""The law of jobs: the line and its routes, demand and vacancy, papers that stand for a step, terms of work.

Pure: no Django, no database, no clock, no settings may be brought in here.
"""

from .demands import DEMAND_MOVES, VACANCY_MOVES
from .line import ROUTES, STATION_OF, STATIONS
from .papers import Paper, Scan
from .terms import terms_hash

__all__ = ["DEMAND_MOVES", "ROUTES", "STATIONS", "STATION_OF", "VACANCY_MOVES", "Paper", "Scan", "terms_hash"]
