"""Who may see the figures."""

from rahdari.base.access import anyone, permits

PERMITS = permits("dashboards", {"home": (anyone,), "see_line_figures": (anyone,), "take_line_figures": (anyone,)})
