"""The writes of exams: seats, bookings, the door, results, certificates entered from paper, and what the partner tells."""

from .booking import book_seat, cancel_seat, wait_for_seat
from .certificates import check_certificate, record_certificate
from .door import check_identity
from .files import confirm_key, end_key, enter_key, record_results_file
from .mirroring import mirror_booking, mirror_cancelled, mirror_results, mirror_seats
from .results import correct_result, record_results
from .sittings import open_seats

__all__ = [
    "book_seat",
    "cancel_seat",
    "check_certificate",
    "check_identity",
    "confirm_key",
    "correct_result",
    "end_key",
    "enter_key",
    "mirror_booking",
    "mirror_cancelled",
    "mirror_results",
    "mirror_seats",
    "open_seats",
    "record_certificate",
    "record_results",
    "record_results_file",
    "wait_for_seat",
]
