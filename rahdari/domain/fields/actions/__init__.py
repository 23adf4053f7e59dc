"""The writes of fields: loading the tables, asking for a stop, announcing, deciding, changing and lifting an order."""

from .asking import ask_lift, ask_stop, decline_request, withdraw_request
from .loading import load_reference
from .ordering import announce_order, change_order, decide_order, lift_order, withdraw_order

__all__ = [
    "announce_order",
    "ask_lift",
    "ask_stop",
    "change_order",
    "decide_order",
    "decline_request",
    "lift_order",
    "load_reference",
    "withdraw_order",
    "withdraw_request",
]
