"""Who waits for whom: the cases of a recruiter or an employer by clock, read along an index, a page at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import offices_of
from rahdari.base.editions import current_book

from ..models import Turn
from ..rules.turns import AFTER, HOLDERS

ROWS = 30
FAR = 9000  # the year from which on a moment says that there is no clock
SIDES = {one.task: one.side for one in AFTER.values()}


@dataclass(frozen=True, slots=True)
class TurnSeen:
    """A case with who holds it and how many working days of their side are left; none where there is no clock."""

    row: Turn
    left: int | None

    @property
    def late(self) -> int:
        """How many working days it is late."""
        return -(self.left or 0)


def turns_of(actor: Actor, holder: str = "", after: str = "") -> QuerySet[Turn]:
    """The open cases of the actor's body by clock, of one holder if named, those that follow a place (`place_of`) if given."""
    if not actor.body:
        return Turn.objects.none()
    own = {"employer": actor.body} if actor.node == "jp" else {"recruiter": actor.body}
    rows = Turn.objects.filter(**own, closed=False)
    if holder in HOLDERS:
        rows = rows.filter(holder=holder)
    place = _read(after)
    if place is not None:
        due_at, turn_id = place
        rows = rows.filter(due_at__gte=due_at).filter(Q(due_at__gt=due_at) | Q(id__gt=turn_id))
    return rows.order_by("due_at", "id").select_related("case__demand")


def page_of(actor: Actor, holder: str, after: str, at: dt.datetime) -> tuple[list[TurnSeen], str]:
    """A page of turns, and the place after which the next begins; nothing where this is the last. Nobody counts them all."""
    rows = list(turns_of(actor, holder, after)[: ROWS + 1])
    more = place_of(rows[ROWS - 1]) if len(rows) > ROWS else ""
    return [TurnSeen(row, left_of(row, at)) for row in rows[:ROWS]], more


def place_of(row: Turn) -> str:
    """A place in the list, for the address of the next page."""
    return f"{row.due_at.isoformat()}_{row.pk}"


def _read(after: str) -> tuple[dt.datetime, UUID] | None:
    due, _, named = after.partition("_")
    try:
        due_at, turn_id = dt.datetime.fromisoformat(due.replace(" ", "+")), UUID(named)
    except ValueError:
        return None
    return (due_at, turn_id) if due_at.utcoffset() is not None else None


def left_of(row: Turn, at: dt.datetime) -> int | None:
    """How many working days of its side are left; None where there is no clock."""
    if row.due_at.year >= FAR:
        return None
    side = SIDES.get(row.task, "pk")
    return offices_of(side.upper(), current_book()).working_days_between(day_at(at, side), day_at(row.due_at, side))
