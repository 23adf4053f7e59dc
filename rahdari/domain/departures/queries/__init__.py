"""Reads of departures: how far a case has come, its papers and windows, its flight, as the actor may see them."""

from .cases import (
    Journey,
    case_here,
    departure_of,
    journey_of,
    paper_in_force,
    windows_of,
)

__all__ = ["Journey", "case_here", "departure_of", "journey_of", "paper_in_force", "windows_of"]
