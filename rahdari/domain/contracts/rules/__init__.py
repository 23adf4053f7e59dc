"""The law of contracts. So far: what each norm says of the costs of one recruitment.

Pure: no Django, no database, no clock. The tables of the law and the day are arguments.
"""

from .costs import check_costs
from .costs_shape import CostLine, CostsFacts

__all__ = ["CostLine", "CostsFacts", "check_costs"]
