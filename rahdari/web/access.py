"""Who may open the pages of the hall."""

from rahdari.base.access import anyone, permits, signed_in

PERMITS = permits("web", {"healthz": (anyone,), "readyz": (anyone,), "worklist": (signed_in,), "see_api": (anyone,)})
