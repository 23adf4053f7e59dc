"""A case that is held: by what, at which stations it stops, and what goes on all the same.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

from collections.abc import Collection

from rahdari.base.refusal import Refusal

from .cases import OVER

LICENCE, FIELD_ORDER, VOID, PERMISSION = "licence", "field_order", "qualification_void", "permission"
CAUSES = (LICENCE, FIELD_ORDER, VOID, PERMISSION)
# Up to which station a cause holds a case. From 14 on a case goes on under a Protector's supervision (licence); from the filing
# of the certificate on the order's own rows decide (departures); a void result stops 7 to 13; without a permission of their
# demand cases wait up to the registration (ER 19).
HOLDS_FROM = {LICENCE: 4, FIELD_ORDER: 4, VOID: 6, PERMISSION: 4}
HOLDS_UNTIL = {LICENCE: 13, FIELD_ORDER: 11, VOID: 13, PERMISSION: 13}
# Steps that take a case further; what ends it, answers, or only tells, is never held.
HELD_STEPS = frozenset(
    {
        "candidate_nominated", "interview_set", "slot_taken", "selected", "reserve", "terms_confirmed", "costs_declared",
        "costs_confirmed", "contract_signed", "guidance_given", "coe_filed", "change_filed", "visa_filed",
    }
)  # fmt: skip
CLOSED_LICENCES = ("suspended", "cancelled", "expired", "surrendered")
OPEN_LICENCES = ("valid", "restored", "renewed")
CERTIFICATE = "coe"  # the kind of application that cases from abroad end in
CLOSED_ORDERS, OPEN_ORDERS = ("decided", "changed"), ("lifted", "withdrawn")


def holds(cause: str, *, state: str, station: int) -> bool:
    """Whether a cause holds a case in this state: `station` is the last one it passed."""
    return state not in OVER and HOLDS_FROM[cause] <= station <= HOLDS_UNTIL[cause]


def why_not_go_on(step: str, causes: Collection[str]) -> list[Refusal]:
    """`case_held`, with every cause, for a step that would take a held case further."""
    return [Refusal("case_held", {"causes": tuple(sorted(set(causes)))})] if causes and step in HELD_STEPS else []
