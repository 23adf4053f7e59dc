"""Who may do what with exams: the examiner opens seats and records results, the sending side books, anyone sees the seats."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, anyone, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor
from rahdari.web.rates import Rate

# A birth date is one of some twenty thousand: who tries them one by one is stopped by the number as well as by the address.
VERIFYING = Rate("verify-certificate", minutes=60, by_address=60, by_account=10)
DRAWING_CERTIFICATES = Rate("draw-certificate", minutes=5, by_address=60, by_account=20)
BOOKS = ("worker", "promoter_clerk", "promoter_manager", "training_desk", "oec_counter", "oec_officer")


def _own_sitting(actor: Actor, sitting: Any) -> bool:
    return bool(actor.body) and sitting.body == actor.body


def _own_file(actor: Actor, file: Any) -> bool:
    """A worker books for themself; an office for whoever handed it their papers (`candidates` says whose file it sees)."""
    return actor.role != "worker" or (actor.person is not None and file.person_id == actor.person)


def _own_booking(actor: Actor, booking: Any) -> bool:
    """A worker gives back what is theirs, whoever booked it; an office what it booked."""
    if actor.role == "worker":
        return booking.file is not None and actor.person is not None and booking.file.person_id == actor.person
    return bool(actor.body) and booking.booked_for == actor.body


own_booking = Clause("of a seat of one's own", _own_booking, "not_own_booking", of_subject=True)
own_sitting = Clause("of one's own sitting", _own_sitting, "not_own_sitting", of_subject=True)


def _own_or_machine(actor: Actor, sitting: Any) -> bool:
    return actor.role == "node" or _own_sitting(actor, sitting)


own_or_machine = Clause("of one's own sitting, or the node itself", _own_or_machine, "not_own_sitting", of_subject=True)
runs_rules = Clause("the examiner, or the node itself", lambda actor, _: actor.role in ("exam_body", "node"))
own_key = Clause("a key of one's own", _own_sitting, "not_own_key", of_subject=True)
own_file = Clause("for oneself", _own_file, "not_own_file", of_subject=True)
examiner = (on_node("jp"), signed_in, in_role("exam_body"))

PERMITS = permits(
    "exams",
    {
        "see_sittings": (anyone,),
        "see_sitting": (anyone,),
        "see_exam_counts": (signed_in, in_role("test_ministry_pk", "field_ministry")),
        "verify_certificate": (anyone,),
        "see_certificate_card": (signed_in, in_role("worker", "exam_body")),
        "see_roster": (*examiner, own_sitting),
        "open_seats": examiner,
        "record_results": (*examiner, own_sitting),
        "book_seat": (on_node("pk"), signed_in, in_role(*BOOKS), own_file),
        "record_certificate": (on_node("pk"), signed_in, in_role("training_desk")),
        "see_certificate": (on_node("pk"), signed_in, in_role("training_desk", "protector")),
        "check_certificate": (on_node("pk"), signed_in, in_role("protector")),
        "follow_booking": (on_node("pk"), in_role("node")),
        "see_door": (*examiner, own_sitting),
        "check_identity": (*examiner, own_sitting),
        "correct_result": (*examiner, own_sitting),
        "record_results_file": (*examiner, own_sitting),
        "see_keys": examiner,
        "see_key": (*examiner, own_key),
        "see_result": (*examiner, own_sitting),
        "see_booking": (on_node("pk"), signed_in, in_role(*BOOKS), own_booking),
        "enter_key": examiner,
        "confirm_key": (*examiner, own_key),
        "end_key": (*examiner, own_key),
        "hand_in_traces": (*examiner, own_sitting),
        "flag_anomaly": (on_node("jp"), runs_rules, own_or_machine),
        "see_signs": examiner,
        "see_anomaly": (*examiner, own_sitting),
        "decide_anomaly": (*examiner, own_sitting),
        "ask_void": (*examiner, own_sitting),
        "see_voiding": (*examiner, own_sitting),
        "record_hearing": (*examiner, own_sitting),
        "void_results": (*examiner, own_sitting),
        "drop_void": (*examiner, own_sitting),
        "decide_appeal": (*examiner, own_sitting),
        "see_own_result": (on_node("pk"), signed_in, in_role("worker"), own_booking),
        "appeal_void": (on_node("pk"), signed_in, in_role("worker"), own_booking),
        "mirror_voided": (on_node("pk"), by_partner),
        "mirror_appeal": (by_partner,),
        "see_bar": (*examiner, own_sitting),
        "ask_bar": (*examiner, own_sitting),
        "bar_person": (*examiner, own_sitting),
        "drop_bar": (*examiner, own_sitting),
        "lift_bar": (*examiner, own_sitting),
        "mirror_bar": (on_node("pk"), by_partner),
        "seed_sittings": (on_node("jp"), in_role("node", "node_operator")),
        "wait_for_seat": (on_node("pk"), signed_in, in_role(*BOOKS), own_file),
        "cancel_seat": (on_node("pk"), signed_in, in_role(*BOOKS), own_booking),
        "mirror_cancelled": (on_node("jp"), by_partner),
        "mirror_seats": (on_node("pk"), by_partner),
        "mirror_booking": (on_node("jp"), by_partner),
        "mirror_results": (on_node("pk"), by_partner),
    },
)
