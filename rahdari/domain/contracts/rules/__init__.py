"""The law of contracts: what an offer may say, when the worker's yes counts, and what each norm says of the costs.

Pure: no Django, no database, no clock. The tables of the law and the day are arguments.
"""

from .costs import check_costs
from .costs_shape import CostLine, CostsFacts
from .ledger import CostTold, lines_hash
from .offers import OFFER_MOVES
from .remote import MILESTONE_MOVES

__all__ = ["MILESTONE_MOVES", "OFFER_MOVES", "CostLine", "CostTold", "CostsFacts", "check_costs", "lines_hash"]
