"""What a partner's word on terms must be to be taken up. No Django, no database, no clock here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rahdari.base.refusal import Refusal
from rahdari.domain.jobs.rules.terms import hash_holds

# Members of `contract_signed` that say who the worker is: kept closed, and in no other place.
COE_FACTS = ("passport_no", "passport_until", "birth_date", "sex", "birthplace", "health_fit", "passport", "photo")


def why_not_told(terms: Mapping[str, Any]) -> list[Refusal]:
    """`hash_differs` where terms come with a hash that is not theirs: the two nodes would not hold the same."""
    return [] if hash_holds(terms) else [Refusal("hash_differs")]
