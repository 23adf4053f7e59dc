"""The law of cooperation: what contact points ask each other, and by when they answer."""

from .requests import REQUEST_MOVES

__all__ = ["REQUEST_MOVES"]
