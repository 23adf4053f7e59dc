"""What an examiner sees of its own: the door of a sitting, results with what they replaced, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..models import Booking, ExaminerKey, Result
from ..rules.door import CHECKED, TURNED_AWAY
from .sittings import roster_for

EXAMINER = "exam_body"


@dataclass(frozen=True, slots=True)
class DoorSeen:
    """The door of a sitting: who was looked for, and how many came in, were turned away, are still awaited."""

    rows: Sequence[Booking]
    checked: int
    turned_away: int
    awaited: int


def door_seen(actor: Actor, sitting_id: UUID, looked_for: str = "") -> DoorSeen:
    """The roster of the actor's own sitting as its door has it, narrowed to a number, a name or a passport."""
    roster = roster_for(actor, sitting_id)
    word = "".join(looked_for.upper().split())
    shown = [one for one in roster if not word or any(word in _bare(text) for text in (one.number, one.name, one.passport_no))]
    counted = [one.door for one in roster]
    # who is still awaited comes first: the door looks for them
    shown.sort(key=lambda one: (bool(one.door), one.number))
    checked, away = counted.count(CHECKED), counted.count(TURNED_AWAY)
    return DoorSeen(shown, checked, away, len(counted) - checked - away)


def _bare(text: str | None) -> str:
    return "".join((text or "").upper().split())


def own_result(actor: Actor, result_id: UUID) -> Result:
    """A result of the examiner's own sitting; `Missing` to everybody else."""
    found: Result | None = None
    if actor.role == EXAMINER and actor.body:
        rows = Result.objects.select_related("booking__sitting", "replaces")
        found = rows.filter(pk=result_id, booking__sitting__body=actor.body, booking__sitting__home=actor.node).first()
    if found is None:
        raise Missing(f"Result {result_id}")
    return found


def results_before(result: Result) -> list[Result]:
    """What a result took the place of, the newest first."""
    rows = {one.pk: one for one in Result.objects.filter(booking=result.booking_id)}
    found, now = [], result
    while now.replaces_id is not None and now.replaces_id in rows:
        now = rows[now.replaces_id]
        found.append(now)
    return found


def keys_of(actor: Actor) -> QuerySet[ExaminerKey]:
    """The keys of the actor's exam body, the newest first."""
    keys = ExaminerKey.objects.order_by("-entered_at", "-id")
    return keys.filter(body=actor.body) if actor.role == EXAMINER and actor.body else keys.none()


def key_for(actor: Actor, key_id: UUID) -> ExaminerKey:
    """One key of the actor's exam body; `Missing` for any other."""
    found = keys_of(actor).filter(pk=key_id).first()
    if found is None:
        raise Missing(f"ExaminerKey {key_id}")
    return found
