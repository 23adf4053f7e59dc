"""How the rules of the counter say what they found: a code, and the row of the tables behind it.

No words, no Django.
"""

from __future__ import annotations

from rahdari.base.reference import Row
from rahdari.base.refusal import Reason


def said(code: str, row: Row | None = None, *, confidence: str = "", **about: object) -> Reason:
    """A reason resting on a row; `confidence` replaces that of the row where the row itself is not what is doubtful."""
    if row is None:
        return Reason(code, about)
    return Reason(code, about, row["code"], row["source"], confidence or row["confidence"])
