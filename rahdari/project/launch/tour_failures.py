"""What does not pass at stations 1 to 9, for the tour: every failing try over HTTP, and what the other side sees of it.

Each room tells one part of it as a table of steps; they stand on each other in this order.
"""

from __future__ import annotations

from rahdari.project.launch.tour_failures_case import applications, nominations, returned_and_taken_back
from rahdari.project.launch.tour_failures_demand import demand_failures
from rahdari.project.launch.tour_failures_exam import failed_and_not_present, passed_again, seats_and_bookings
from rahdari.project.launch.tour_failures_file import file_failures
from rahdari.project.launch.tour_failures_interview import decided, nobody_came, times_moved
from rahdari.project.launch.tour_failures_stop import field_stopped, licence_suspended, permission_lost
from rahdari.project.launch.tour_failures_void import appeals, result_void, signs_of_fraud
from rahdari.project.launch.tour_step import Step, sign_in, sign_in_worker, under

PEOPLE = {
    "pk": ("protector_2", "bureau_officer", "bureau_officer_2", "oec_counter"),
    "jp": ("exam_body_2", "exam_body_3", "mhlw_fields"),
}
# Who applies: each meets with something else on the way.
WORKERS = {f"worker_{number}": f"+92300000010{number}" for number in range(3, 10)}


def _entering() -> tuple[Step, ...]:
    staff = [step for node, names in PEOPLE.items() for who in names for step in sign_in(node, who, who.replace("_", "-"))]
    return (*staff, *(step for who, phone in WORKERS.items() for step in sign_in_worker("pk", who, phone)))


def failures() -> tuple[Step, ...]:
    """All of it, in order."""
    return (
        *under("What does not pass: who acts in it", *_entering()),
        *file_failures(),
        *demand_failures(),
        *seats_and_bookings(),
        *applications(),
        *failed_and_not_present(),
        *permission_lost(),
        *passed_again(),
        *signs_of_fraud(),
        *nominations(),
        *licence_suspended(),
        *field_stopped(),
        *returned_and_taken_back(),
        *times_moved(),
        *nobody_came(),
        *decided(),
        *result_void(),
        *appeals(),
    )
