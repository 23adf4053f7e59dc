"""Who may do what with files: the person themself, the counter for whoever stands before it, others by the person's consent."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

READERS = ("promoter_manager", "promoter_clerk", "oec_officer", "training_desk")


def _own_or_counter(actor: Actor, paper: Any) -> bool:
    """One's own paper, or one this counter put in itself."""
    return paper.file.person_id == actor.person or (actor.role == "oec_counter" and paper.put_in_by == actor.person)


own_paper = Clause("in one's own file, or put in by oneself", _own_or_counter, "not_own_file", of_subject=True)
worker = (on_node("pk"), signed_in, in_role("worker"))
counter = (on_node("pk"), signed_in, in_role("oec_counter"))
judge = (on_node("pk"), signed_in, in_role("protector"))
keeper = (on_node("pk"), signed_in, in_role("worker", "oec_counter"))

PERMITS = permits(
    "candidates",
    {
        "see_file": keeper,
        "see_candidate": (on_node("pk"), signed_in, in_role(*READERS)),
        "open_file": keeper,
        "keep_draft": worker,
        "correct_file": keeper,
        "confirm_file": worker,
        "begin_visit": counter,
        "end_visit": counter,
        "give_consent": worker,
        "withdraw_consent": worker,
        "put_in_paper": keeper,
        "take_out_paper": (*keeper, own_paper),
        "see_file_paper": (on_node("pk"), signed_in, in_role("worker", "oec_counter", *READERS)),
        "record_qualification": (on_node("pk"),),
        "record_degree": keeper,
        "record_practice": keeper,
        "compare_file": (on_node("pk"), in_role("node")),
        "see_likenesses": judge,
        "see_likeness": judge,
        "judge_likeness": judge,
        "ask_merge": judge,
        "merge_files": judge,
        "refuse_merge": judge,
        "part_files": judge,
    },
)
