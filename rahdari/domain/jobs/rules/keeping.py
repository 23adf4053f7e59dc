"""When a search can be kept. Facts in, every refusal out. No Django, no database, no clock here."""

from __future__ import annotations

from rahdari.base.refusal import Refusal

MOST_KEPT = 10


def why_not_keep(*, asked: bool, known: bool, kept: int) -> list[Refusal]:
    """Why a search cannot be kept: it asks for nothing, is kept already, or so many are."""
    if not asked:
        return [Refusal("search_empty")]
    if known:
        return [Refusal("search_kept_already")]
    return [Refusal("too_many_searches", {"most": MOST_KEPT})] if kept >= MOST_KEPT else []
