"""What a firm is shown of a talent profile, and how many at once. No Django, no database, no clock here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from rahdari.base.refusal import Refusal

# All that leaves: no number of the profile, no day of its publishing, nothing of the file behind it.
TOLD = ("text", "isco", "years", "district", "skills", "languages")
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Party:
    """The firm that enquires: its registry id and name, and the placement business through which it does."""

    firm: str
    firm_name: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks about a profile, as the statement said: the enquiry it was shown in, the firm's number, and through whom."""

    home: str
    enquiry: UUID
    firm_number: str
    through_name: str


def why_not_show(numbers: Sequence[str], held: Collection[str]) -> list[Refusal]:
    """Why these profiles cannot be shown: one of them does not hold, or they are too many."""
    against = [Refusal("profile_not_there", {"number": one}, member="profiles") for one in numbers if one not in held]
    if len(numbers) > MOST_AT_ONCE:
        against.append(Refusal("too_many_profiles", {"most": MOST_AT_ONCE}, member="profiles"))
    return against
