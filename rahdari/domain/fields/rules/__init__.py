"""The law of the fields: ceilings, suspension orders and their states, the shape of the reference tables."""

from .orders import ORDER_MOVES, REQUEST_MOVES

__all__ = ["ORDER_MOVES", "REQUEST_MOVES"]
