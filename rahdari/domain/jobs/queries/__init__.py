"""Reads of jobs: the line, the clocks of its steps."""

from .clocks import due_after
from .line import station_names, steps_of, steps_visible_to

__all__ = ["due_after", "station_names", "steps_of", "steps_visible_to"]
