"""Reads of dashboards: the front page, the line of all cases in figures."""

from .drawing import band_of
from .funnel import line_figures
from .home import fields_today, legs

__all__ = ["band_of", "fields_today", "legs", "line_figures"]
