"""Who may do what with files: the person themself, the counter for whoever stands before it, others by the person's consent."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

READERS = ("promoter_manager", "promoter_clerk", "oec_officer", "training_desk")


def _own_body(actor: Actor, subject: Any) -> bool:
    return bool(actor.body) and subject.body == actor.body


own_list = Clause("of one's own centre", _own_body, "not_own_list", of_subject=True)


def _shows_or_reads(actor: Actor, _: Any) -> bool:
    """On Pakistan's node those who show profiles to firms, on Japan's the firms that read them."""
    roles = {"pk": ("oec_officer", "contact_point_pk"), "jp": ("employer", "placement_business")}
    return actor.role in roles.get(actor.node, ())


shows_or_reads = Clause("shows profiles to firms, or is a firm", _shows_or_reads)
desk = (on_node("pk"), signed_in, in_role("training_desk"))
worker = (on_node("pk"), signed_in, in_role("worker"))
counter = (on_node("pk"), signed_in, in_role("oec_counter"))
judge = (on_node("pk"), signed_in, in_role("protector"))
keeper = (on_node("pk"), signed_in, in_role("worker", "oec_counter"))

PERMITS = permits(
    "candidates",
    {
        "see_file": keeper,
        "see_candidates": (on_node("pk"), signed_in, in_role(*READERS)),
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
        "take_out_paper": keeper,
        "see_file_paper": (on_node("pk"), signed_in, in_role("worker", "oec_counter", *READERS)),
        "record_qualification": (on_node("pk"),),
        "record_degree": keeper,
        "record_internship": keeper,
        "record_practice": keeper,
        "rekey_files": (on_node("pk"), in_role("node", "node_operator")),
        "compare_file": (on_node("pk"), in_role("node")),
        "see_likenesses": judge,
        "see_likeness": judge,
        "judge_likeness": judge,
        "ask_merge": judge,
        "merge_files": judge,
        "refuse_merge": judge,
        "part_files": judge,
        "export_file": worker,
        "erase_file": worker,
        "end_terms": (on_node("pk"), in_role("node")),
        "publish_profile": worker,
        "hide_profile": worker,
        "see_profiles": (on_node("pk"), signed_in, in_role("oec_officer", "contact_point_pk")),
        "seed_candidates": (on_node("pk"), in_role("node", "node_operator")),
        "see_lists": desk,
        "see_list": (*desk, own_list),
        "draft_list": desk,
        "map_list": (*desk, own_list),
        "take_list": (*desk, own_list),
        "withdraw_list": (*desk, own_list),
        "undo_list": (*desk, own_list),
        "see_training": desk,
        "open_course": desk,
        "open_cohort": (*desk, own_list),
        "see_cohort": (*desk, own_list),
        "add_trainees": (*desk, own_list),
        "record_attendance": (*desk, own_list),
        "record_completion": (*desk, own_list),
        "leave_training": (*desk, own_list),
        "void_qualification": (on_node("pk"),),
        "bar_file": (on_node("pk"),),
        "show_profiles": (on_node("pk"), signed_in, in_role("oec_officer")),
        "mirror_profiles": (on_node("jp"), by_partner),
        "see_shown": (signed_in, shows_or_reads),
        "ask_reveal": (on_node("jp"), signed_in, in_role("employer", "placement_business")),
        "mirror_reveal": (on_node("pk"), by_partner),
        "see_reveals": worker,
        "answer_reveal": worker,
        "end_reveal": (on_node("pk"), in_role("node")),
        "mirror_reveal_answer": (on_node("jp"), by_partner),
        "see_dependants": keeper,
        "record_dependant": keeper,
        "remove_dependant": keeper,
    },
)
