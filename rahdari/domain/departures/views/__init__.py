"""The pages of departures: one case, its pass and slips, the desk of an airport, manifests."""

from .cases import see_departure, see_pass, see_slip_book, see_slips
from .manifests import confirm_arrivals, record_departures, see_manifest, see_manifest_table, see_manifests
from .ready import build_manifests, see_ready

__all__ = [
    "build_manifests",
    "confirm_arrivals",
    "record_departures",
    "see_departure",
    "see_manifest",
    "see_manifest_table",
    "see_manifests",
    "see_pass",
    "see_ready",
    "see_slip_book",
    "see_slips",
]
