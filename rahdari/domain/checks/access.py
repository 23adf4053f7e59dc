"""Who may ask the checkers: anyone."""

from rahdari.base.access import anyone, permits

PERMITS = permits("checks", {"see_checks": (anyone,), "ask_check": (anyone,)})
