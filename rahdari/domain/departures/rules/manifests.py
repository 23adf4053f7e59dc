"""Many on one flight: what is told of each of them at once, and why not.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .steps import DEPARTURE_MOVES

MOST_PEOPLE = 200  # told at once
CLEARED = ("cleared", "flight_missed")  # who can be put on a flight
# From the certificate on until somebody is booked: whom the desk of a departure airport looks at.
SOON = (
    "coe_issued", "visa_filed", "visa_issued", "registration_applied", *CLEARED, "clearance_refused", "clearance_revoked",
    "visa_refused", "visa_expired",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody of a manifest who did not fly: why, and the day of the next flight where it is known."""

    case_id: UUID
    code: str
    next_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody of a manifest who arrived, and whether they were met at the airport."""

    case_id: UUID
    picked_up: bool = False


@dataclass(frozen=True, slots=True)
class NotArrived:
    """Somebody of a manifest who did not arrive, and where they were last known to be."""

    case_id: UUID
    last_known: str


def airports_of(book: Book, on: dt.date) -> dict[str, str]:
    """The airport from which the people of each protectorate leave (`protectorate_airports`)."""
    return {row["protectorate"]: row["airport"] for row in book.in_force("protectorate_airports", on)}


def of_one(case_id: UUID, name: str, refusals: Iterable[Refusal]) -> list[Refusal]:
    """Refusals that concern one person of many, told beside the name."""
    return [replace(one, about={**one.about, "person": name}, member=f"cases/{case_id}") for one in refusals]


def why_not_tell_all(named: Sequence[UUID], *, on_it: Mapping[UUID, tuple[str, str]], to: str) -> list[Refusal]:
    """Why it cannot be told of all these people at once; `on_it` are those on the manifest: name, and how far each is."""
    if not named:
        return [Refusal("people_missing")]
    if len(named) > MOST_PEOPLE:
        return [Refusal("too_many_people", {"most": MOST_PEOPLE})]
    against = [Refusal("named_twice", member=f"cases/{one}") for one in sorted({one for one in named if named.count(one) > 1})]
    for case_id in dict.fromkeys(named):
        name, state = on_it.get(case_id, ("", ""))
        why = why_not_move(DEPARTURE_MOVES, state, to) if state else [Refusal("not_on_manifest")]
        against += of_one(case_id, name, why)
    return against
