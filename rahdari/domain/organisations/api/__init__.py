"""The package's doors for programs: the registers and every step on them, then agreements and numbers, on one router."""

from . import agreements
from .registers import router

__all__ = ["agreements", "router"]
