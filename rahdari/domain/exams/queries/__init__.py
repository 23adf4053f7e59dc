"""Reads of exams: sittings with their free seats, the roster of one's own sitting, results and certificates."""

from .sittings import (
    bookings_visible_to,
    result_for,
    roster_for,
    sitting_for,
    sittings_visible_to,
)

__all__ = ["bookings_visible_to", "result_for", "roster_for", "sitting_for", "sittings_visible_to"]
