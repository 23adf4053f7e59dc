"""The writes of departures: certificate, visa, registration, flight, arrival, and what the partner tells of them."""

from .certificates import decide_coe, file_coe
from .flights import build_manifest, confirm_arrival, record_departure
from .manifests import confirm_arrivals, record_departures
from .mirroring import mirror_step
from .no_arrivals import miss_arrival, report_no_arrival
from .papers import record_paper
from .passes import end_pass, keep_pass_list, replace_pass
from .refusals import ask_for_papers, expire_paper, refuse_coe, refuse_visa
from .registration import apply_registration, issue_clearance
from .setbacks import record_flight_missed
from .slips import draw_slips, reconcile_slips, void_slips
from .stops import (
    appeal_clearance,
    decide_clearance_appeal,
    drop_revocation,
    propose_revocation,
    refuse_clearance,
    revoke_clearance,
)
from .visas import decide_visa, record_visa_filed
from .windows import renew_permission, warn_of_window

__all__ = [
    "appeal_clearance",
    "apply_registration",
    "ask_for_papers",
    "build_manifest",
    "confirm_arrival",
    "confirm_arrivals",
    "decide_clearance_appeal",
    "decide_coe",
    "decide_visa",
    "draw_slips",
    "drop_revocation",
    "end_pass",
    "expire_paper",
    "file_coe",
    "issue_clearance",
    "keep_pass_list",
    "mirror_step",
    "miss_arrival",
    "propose_revocation",
    "reconcile_slips",
    "record_departure",
    "record_departures",
    "record_flight_missed",
    "record_paper",
    "record_visa_filed",
    "refuse_clearance",
    "refuse_coe",
    "refuse_visa",
    "renew_permission",
    "replace_pass",
    "report_no_arrival",
    "revoke_clearance",
    "void_slips",
    "warn_of_window",
]
