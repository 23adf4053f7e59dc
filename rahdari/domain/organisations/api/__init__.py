"""The package's doors for programs, on one router: the registers, imports, matches, individuals, agreements and numbers."""

from . import agreements, imports, individuals, matches
from .registers import router

__all__ = ["agreements", "imports", "individuals", "matches", "router"]
