"""The writes of exams: seats, bookings, the door, results, certificates entered from paper, and what the partner tells."""

from .anomalies import decide_anomaly, flag_anomaly, hand_in_traces
from .bars import ask_bar, bar_person, drop_bar, lift_bar, mirror_bar
from .booking import book_seat, cancel_seat, wait_for_seat
from .certificates import check_certificate, record_certificate
from .demonstration import seed_sittings
from .door import check_identity
from .files import confirm_key, end_key, enter_key, record_results_file
from .following import follow_booking
from .mirroring import mirror_booking, mirror_cancelled, mirror_results, mirror_seats
from .results import correct_result, record_results
from .sittings import open_seats
from .voids import ask_void, decide_appeal, drop_void, record_hearing, void_results
from .voids_told import appeal_void, mirror_appeal, mirror_voided

__all__ = [
    "appeal_void",
    "ask_bar",
    "ask_void",
    "bar_person",
    "book_seat",
    "cancel_seat",
    "check_certificate",
    "check_identity",
    "confirm_key",
    "correct_result",
    "decide_anomaly",
    "decide_appeal",
    "drop_bar",
    "drop_void",
    "end_key",
    "enter_key",
    "flag_anomaly",
    "follow_booking",
    "hand_in_traces",
    "lift_bar",
    "mirror_appeal",
    "mirror_bar",
    "mirror_booking",
    "mirror_cancelled",
    "mirror_results",
    "mirror_seats",
    "mirror_voided",
    "open_seats",
    "record_certificate",
    "record_hearing",
    "record_results",
    "record_results_file",
    "seed_sittings",
    "void_results",
    "wait_for_seat",
]
