"""Who may do what with exams: the examiner opens seats and records results, the sending side books, anyone sees the seats."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, anyone, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

BOOKS = ("worker", "promoter_clerk", "promoter_manager", "training_desk", "oec_counter", "oec_officer")


def _own_sitting(actor: Actor, sitting: Any) -> bool:
    return bool(actor.body) and sitting.body == actor.body


def _own_file(actor: Actor, file: Any) -> bool:
    """A worker books for themself; an office for whoever handed it their papers (`candidates` says whose file it sees)."""
    return actor.role != "worker" or (actor.person is not None and file.person_id == actor.person)


own_sitting = Clause("of one's own sitting", _own_sitting, "not_own_sitting", of_subject=True)
own_file = Clause("for oneself", _own_file, "not_own_file", of_subject=True)
examiner = (on_node("jp"), signed_in, in_role("exam_body"))

PERMITS = permits(
    "exams",
    {
        "see_sittings": (anyone,),
        "see_sitting": (anyone,),
        "see_roster": (*examiner, own_sitting),
        "open_seats": examiner,
        "record_results": (*examiner, own_sitting),
        "book_seat": (on_node("pk"), signed_in, in_role(*BOOKS), own_file),
        "record_certificate": (on_node("pk"), signed_in, in_role("training_desk")),
        "see_certificate": (on_node("pk"), signed_in, in_role("training_desk", "protector")),
        "check_certificate": (on_node("pk"), signed_in, in_role("protector")),
        "follow_booking": (on_node("pk"), in_role("node")),
        "mirror_seats": (on_node("pk"), by_partner),
        "mirror_booking": (on_node("jp"), by_partner),
        "mirror_results": (on_node("pk"), by_partner),
    },
)
