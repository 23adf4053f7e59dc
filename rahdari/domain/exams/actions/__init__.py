"""The writes of exams: seats, bookings, results, certificates entered from paper, and what the partner tells."""

from .booking import book_seat
from .certificates import check_certificate, record_certificate
from .following import follow_booking
from .mirroring import mirror_booking, mirror_results, mirror_seats
from .results import record_results
from .sittings import open_seats

__all__ = [
    "book_seat",
    "check_certificate",
    "follow_booking",
    "mirror_booking",
    "mirror_results",
    "mirror_seats",
    "open_seats",
    "record_certificate",
    "record_results",
]
