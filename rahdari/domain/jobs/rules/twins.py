"""A demand entered from paper and one the partner told later may be the same: an officer says so, never the program.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

from collections.abc import Mapping

from rahdari.base.refusal import Refusal

SAME, OTHER = "same", "another"
# What both name. The day of filing is not among them: the statement names no such day, only when it was signed.
COMPARED = (
    "employer", "route", "promoter", "kind", "field", "duty", "places", "prefecture", "municipality", "terms_hash", "opens_on",
    "closes_on",
)  # fmt: skip


def differences(entered: Mapping[str, object], told: Mapping[str, object]) -> list[str]:
    """The members in which a paper and the partner's own word differ, in their order."""
    return [name for name in COMPARED if entered[name] != told[name]]


def why_not_compare(*, verdict: str, before: str, reason: str, linked_elsewhere: bool) -> list[Refusal]:
    """Why a word on two demands cannot be given; `before` is the one that counts now, empty where none was given.

    Refuses `said_before`, `reason_missing` where an earlier word is taken back, `linked_elsewhere`.
    """
    against = [Refusal("said_before")] if verdict == before else []
    if before and verdict != before and not reason.strip():
        against.append(Refusal("reason_missing", member="reason"))
    if verdict == SAME and linked_elsewhere:
        against.append(Refusal("linked_elsewhere"))
    return against
