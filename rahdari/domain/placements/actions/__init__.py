"""The writes of placements."""

from .steps import record_step

__all__ = ["record_step"]
