"""The package's doors for programs, on one router: the portal, then demands and their steps."""

from . import portal
from .demands import router

__all__ = ["portal", "router"]
