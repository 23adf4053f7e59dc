"""Who may do what with files: the person themself, and the counter for whoever stands before it."""

from __future__ import annotations

from rahdari.base.access import in_role, on_node, permits, signed_in

worker = (on_node("pk"), signed_in, in_role("worker"))
keeper = (on_node("pk"), signed_in, in_role("worker", "oec_counter"))

PERMITS = permits(
    "candidates",
    {
        "see_file": keeper,
        "open_file": keeper,
        "give_consent": worker,
        "withdraw_consent": worker,
        "record_qualification": (on_node("pk"),),
        "void_qualification": (on_node("pk"),),
        "bar_file": (on_node("pk"),),
    },
)
