"""The writes of departures: certificate, visa, registration, flight, arrival, and what the partner tells of them."""

from .certificates import decide_coe, file_coe
from .flights import build_manifest, confirm_arrival, record_departure
from .mirroring import mirror_step
from .papers import record_paper
from .registration import apply_registration, issue_clearance
from .visas import decide_visa, record_visa_filed

__all__ = [
    "apply_registration",
    "build_manifest",
    "confirm_arrival",
    "decide_coe",
    "decide_visa",
    "file_coe",
    "issue_clearance",
    "mirror_step",
    "record_departure",
    "record_paper",
    "record_visa_filed",
]
