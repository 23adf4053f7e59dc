"""What an officer may decide about a name in a notice and somebody in the registers: the same, another, not to be told yet.

The grounds are those for two organisations of the registers; a like name alone is none of them, and no sanction follows. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rahdari.base.refusal import Refusal
from rahdari.domain.organisations.rules.matching import MATCH_GROUNDS, STATE_OF_MATCH

OUTCOMES = tuple(STATE_OF_MATCH.values())  # in the order in which they are offered
OF_FIRMS_ALONE = frozenset({"same_people", "other_people", "other_business"})
GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType({STATE_OF_MATCH[name]: of for name, of in MATCH_GROUNDS.items()})
OUTCOME_OF: Mapping[str, str] = MappingProxyType({ground: outcome for outcome, of in GROUNDS.items() for ground in of})


def grounds_for(what: str) -> dict[str, tuple[str, ...]]:
    """The grounds for an `organisation` or a `person`, under what each decides."""
    return {
        outcome: tuple(one for one in of if what == "organisation" or one not in OF_FIRMS_ALONE)
        for outcome, of in GROUNDS.items()
    }


def why_not_decide(*, own_draft: bool, recalled: bool) -> list[Refusal]:
    """Why an officer cannot decide about the names of a notice; `own_draft` where it was they who wrote it."""
    against = [Refusal("wrong_state", {"now": "recalled"})] if recalled else []
    return against + ([Refusal("four_eyes")] if own_draft else [])


def why_not_ground(what: str, ground: str) -> list[Refusal]:
    """Why this is no ground to decide on, about an `organisation` or a `person`."""
    known = any(ground in of for of in grounds_for(what).values())
    return [] if known else [Refusal("reason_missing", member="ground")]
