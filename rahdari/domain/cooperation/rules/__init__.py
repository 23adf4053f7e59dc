"""The law of cooperation: what contact points ask each other and by when they answer, and what firms enquire."""

from .enquiries import ENQUIRY_MOVES
from .requests import REQUEST_MOVES

__all__ = ["ENQUIRY_MOVES", "REQUEST_MOVES"]
