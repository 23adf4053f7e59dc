"""Who may read the agreement: anyone."""

from rahdari.base.access import anyone, permits

PERMITS = permits("cooperation", {"see_agreement": (anyone,)})
