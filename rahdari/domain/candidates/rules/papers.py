"""Papers in a file: their kinds, and why one is not taken in. No Django, no database here."""

from __future__ import annotations

from rahdari.base.refusal import Refusal

PAPER_KINDS = (
    "identity_front", "identity_back", "passport_page", "photo", "degree", "certificate", "work_proof", "training_proof",
    "other_paper",
)  # fmt: skip
# What whoever recruits may see once the person allowed them the file; cards, passport and face stay with the person.
SHOWN_TO_OTHERS = frozenset({"degree", "certificate", "work_proof", "training_proof"})
MOST_PAPERS = 40
KIND_OF_ENDING = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


def why_not_put_in(kind: str, count: int) -> list[Refusal]:
    """Why no paper of this kind is taken into a file that holds so many."""
    against = [] if kind in PAPER_KINDS else [Refusal("paper_kind_unknown", member="kind")]
    return against + ([Refusal("too_many_papers", {"most": MOST_PAPERS})] if count >= MOST_PAPERS else [])


def why_not_ending(name: str, media_type: str) -> list[Refusal]:
    """`file_ending_lies` where a name says another kind of file than its bytes; a name without an ending says nothing."""
    stem, dot, ending = name.strip().rpartition(".")
    if not dot or not stem or not ending.isalnum() or len(ending) > 5:
        return []
    said = KIND_OF_ENDING.get(ending.lower())
    return [] if said == media_type else [Refusal("file_ending_lies", {"ending": f".{ending.lower()}"}, member="file")]
