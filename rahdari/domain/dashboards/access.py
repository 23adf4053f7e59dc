"""Who may see the figures."""

from rahdari.base.access import anyone, permits

PERMITS = permits("dashboards", {"home": (anyone,)})
